import type { Locator, Page } from '@playwright/test'

export class SourcesPage {
  readonly page: Page

  constructor(page: Page) {
    this.page = page
  }

  source(name: string): Locator {
    return this.page.getByRole('region', { name: `Source ${name}` })
  }
}
