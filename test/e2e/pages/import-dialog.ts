import type { Locator, Page } from '@playwright/test'

/** The dialog between choosing files and importing them. */
export class ImportDialogPage {
  readonly dialog: Locator
  readonly files: Locator
  readonly firstEvents: Locator
  readonly name: Locator
  readonly year: Locator
  readonly zone: Locator
  readonly replaces: Locator
  readonly start: Locator

  constructor(page: Page) {
    this.dialog = page.getByRole('dialog', { name: /^Import/ })
    this.files = this.dialog.getByRole('table').first()
    this.firstEvents = this.dialog.getByRole('region', { name: 'First events' })
    this.name = this.dialog.getByRole('textbox', { name: 'Name' })
    this.year = this.dialog.getByRole('textbox', { name: 'Year of the first event' })
    this.zone = this.dialog.getByRole('combobox', { name: 'Zone of the log' })
    this.replaces = this.dialog.getByRole('combobox', { name: 'Replaces' })
    this.start = this.dialog.getByRole('button', { name: /^(Import|Replace with) \d+ files?$/ })
  }

  file(name: string): Locator {
    return this.files.getByRole('row').filter({ hasText: name })
  }
}
