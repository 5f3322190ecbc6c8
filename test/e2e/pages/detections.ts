import type { Locator, Page } from '@playwright/test'

/** What the rules found. */
export class DetectionsPage {
  readonly page: Page
  readonly grid: Locator
  /** The row that the keys act on. */
  readonly present: Locator
  readonly filter: Locator
  readonly rules: Locator
  readonly pane: Locator
  readonly toTimeline: Locator
  readonly suppress: Locator
  readonly dialog: Locator
  readonly suppressions: Locator
  readonly foot: Locator

  constructor(page: Page) {
    this.page = page
    this.grid = page.getByRole('grid', { name: 'Findings' })
    this.present = this.grid.getByRole('row', { selected: true })
    this.filter = page.getByRole('searchbox', { name: 'Filter findings' })
    this.rules = page.getByRole('region', { name: 'Rules' })
    this.pane = page.getByRole('complementary', { name: 'Finding' })
    this.toTimeline = this.pane.getByRole('link', { name: 'Show on the timeline' })
    this.suppress = this.pane.getByRole('button', { name: 'Suppress' })
    this.dialog = page.getByRole('dialog')
    this.suppressions = page.getByRole('button', { name: /^Suppressions/ })
    this.foot = page.getByRole('contentinfo').filter({ hasText: 'finding' })
  }

  heading(): Locator {
    return this.page.getByRole('heading', { level: 1, name: 'Detections', exact: true })
  }

  rule(title: string): Locator {
    return this.rules.getByRole('button', { name: title })
  }

  row(text: RegExp): Locator {
    return this.grid.getByRole('row').filter({ hasText: text })
  }

  fact(name: string): Locator {
    const term = this.pane.getByRole('term').filter({ hasText: new RegExp(`^${name}$`) })
    return term.locator('xpath=following-sibling::dd[1]')
  }

  /** First and last events of the finding. */
  events(): Locator {
    return this.pane.getByRole('listitem').getByRole('link')
  }
}
