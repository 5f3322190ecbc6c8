import type { Locator, Page } from '@playwright/test'

export class SourcesPage {
  readonly page: Page
  /** The range that was picked. */
  readonly range: Locator
  readonly details: Locator

  constructor(page: Page) {
    this.page = page
    this.details = page.getByRole('complementary', { name: 'Details' })
    this.range = this.details.getByRole('region', { name: 'Range' })
  }

  source(name: string): Locator {
    return this.page.getByRole('region', { name: `Source ${name}` })
  }

  /** How far a sync is, at its source. */
  progress(name: string): Locator {
    return this.source(name).getByRole('progressbar', { name: `Sync of ${name}` })
  }

  /** A sync under way, with its numbers and its end. */
  sync(name: string): Locator {
    return this.details.getByRole('region', { name: `Sync of ${name}` })
  }

  /** What is known of one list, part by part. */
  bar(name: string, list: string): Locator {
    return this.source(name).getByRole('listbox', { name: `Coverage of ${list}`, exact: true })
  }

  /** The end of a list's row: what is held, and of how many. */
  count(name: string, list: string): Locator {
    return this.bar(name, list).locator('xpath=following-sibling::*[1]')
  }

  async startSync(name: string): Promise<void> {
    await this.source(name).getByRole('button', { name: 'Sync', exact: true }).click()
  }

  async menu(name: string, item: string): Promise<void> {
    await this.source(name).getByRole('button', { name: `More for ${name}` }).click()
    await this.page.getByRole('menuitem', { name: item }).click()
  }
}
