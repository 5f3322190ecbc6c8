import { expect, type Locator, type Page } from '@playwright/test'

/** Who reached which machine. */
export class AccessPage {
  readonly page: Page
  readonly grid: Locator
  /** The row that the keys act on. */
  readonly present: Locator
  readonly filter: Locator
  readonly pane: Locator
  readonly entries: Locator
  readonly toTimeline: Locator
  readonly time: Locator
  readonly foot: Locator
  readonly export: Locator

  constructor(page: Page) {
    this.page = page
    this.grid = page.getByRole('grid', { name: 'Who reached what' })
    this.present = this.grid.getByRole('row', { selected: true })
    this.filter = page.getByRole('searchbox', { name: 'Filter accesses' })
    this.pane = page.getByRole('complementary', { name: 'Accesses' })
    this.entries = this.pane.getByRole('region', { name: 'Accesses, newest first' }).locator('.ac-entries > li')
    this.toTimeline = this.pane.getByRole('link', { name: 'Show on the timeline' })
    this.time = page.getByRole('combobox', { name: 'Time' })
    this.foot = page.locator('.list-foot')
    this.export = page.getByTitle('Export these rows')
  }

  heading(): Locator {
    return this.page.getByRole('heading', { level: 1, name: 'Access', exact: true })
  }

  row(text: RegExp): Locator {
    return this.grid.getByRole('row').filter({ hasText: text })
  }

  /** What a row is marked with. */
  mark(kind: 'production' | 'privileged' | 'first' | 'own'): Locator {
    return this.page.locator(`.ac-mark[data-kind="${kind}"]`)
  }

  /** Waits until the rows are those that were asked for last. */
  async expectRead(): Promise<void> {
    await expect(this.page.locator('.list-main[data-stale]')).toHaveCount(0)
    await expect(this.grid.locator('[aria-busy]')).toHaveCount(0)
  }

  /** Counted without the header. */
  async rows(): Promise<number> {
    return Number(await this.grid.getAttribute('aria-rowcount')) - 1
  }

  column(title: RegExp): Locator {
    return this.grid.getByRole('columnheader').filter({ hasText: title })
  }

  check(name: string): Locator {
    return this.page.getByRole('checkbox', { name })
  }
}
