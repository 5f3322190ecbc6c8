import type { Locator, Page } from '@playwright/test'

/** The custody log and the reviews. */
export class CustodyPage {
  readonly page: Page
  readonly grid: Locator
  /** What the whole chain is, in the head of the screen. */
  readonly state: Locator
  readonly filter: Locator
  readonly entry: Locator
  readonly broken: Locator
  readonly export: Locator
  readonly reviews: Locator

  constructor(page: Page) {
    this.page = page
    this.grid = page.getByRole('grid', { name: 'Entries of the custody log' })
    this.state = page.locator('.screen-head')
    this.filter = page.getByRole('searchbox', { name: 'Filter entries' })
    this.entry = page.getByRole('complementary', { name: 'Entry' })
    this.broken = page.getByRole('alert', { name: 'The chain is broken' })
    this.export = page.getByTitle('Export these entries')
    this.reviews = page.getByRole('list', { name: 'Reviews' })
  }

  row(text: RegExp): Locator {
    return this.grid.getByRole('row').filter({ hasText: text })
  }

  tab(name: 'Entries' | 'Reviews'): Locator {
    return this.page.getByRole('group', { name: 'What is shown' }).getByRole('button', { name: new RegExp(`^${name}`) })
  }

  async sign({ name, note }: { name: string; note: string }): Promise<void> {
    await this.page.getByRole('button', { name: 'New review' }).click()
    await this.page.getByLabel('Name').fill(name)
    await this.page.getByLabel('What was found').fill(note)
    await this.page.getByRole('button', { name: 'Sign', exact: true }).click()
  }
}
