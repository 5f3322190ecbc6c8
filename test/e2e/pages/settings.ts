import type { Locator, Page } from '@playwright/test'

export class SettingsPage {
  readonly appearance: Locator
  readonly zone: Locator
  readonly zoneSearch: Locator

  constructor(page: Page) {
    this.appearance = page.getByRole('radiogroup', { name: 'Appearance' })
    this.zone = page.getByRole('radiogroup', { name: 'Zone of times' })
    this.zoneSearch = page.getByRole('combobox', { name: 'Fixed zone' })
  }
}
