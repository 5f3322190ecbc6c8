import type { Locator, Page } from '@playwright/test'

/** The screen of reports. */
export class ReportsPage {
  readonly preview: Locator
  readonly make: Locator
  readonly saved: Locator
  readonly #page: Page

  constructor(page: Page) {
    this.#page = page
    this.preview = page.getByRole('region', { name: 'Preview' })
    this.make = page.getByRole('button', { name: 'Make the report' })
    this.saved = page.getByText(/^Saved recount-/)
  }

  kind(name: RegExp): Locator {
    return this.#page.getByRole('radio', { name })
  }

  choose(field: 'Format' | 'Classification' | 'Period', label: string): Promise<string[]> {
    return this.#page.getByRole('combobox', { name: field }).selectOption({ label })
  }

  tab(name: string): Locator {
    return this.#page.getByRole('navigation', { name: 'Parts of this screen' }).getByRole('link', { name })
  }
}
