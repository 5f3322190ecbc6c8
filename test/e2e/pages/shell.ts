import { expect, type Locator, type Page } from '@playwright/test'

type ScreenName = 'Timeline' | 'Sessions' | 'My sessions' | 'Approvals' | 'Access' | 'Sign-ins' | 'Detections' | 'Notebooks' | 'Reports' | 'Sources & coverage' | 'Custody log' | 'Settings'

/** What stands around every screen, and the start of an empty workspace. */
export class ShellPage {
  readonly page: Page
  readonly statusBar: Locator
  readonly zoneButton: Locator
  readonly imports: Locator
  readonly dialog: Locator
  readonly sampleDoor: Locator
  readonly connectDoor: Locator
  readonly importDoor: Locator
  readonly syncState: Locator

  constructor(page: Page) {
    this.page = page
    this.statusBar = page.getByRole('contentinfo').filter({ hasText: 'times in' })
    this.zoneButton = this.statusBar.getByRole('button', { name: /^times in / })
    this.imports = page.getByRole('region', { name: 'Imports' })
    this.dialog = page.getByRole('dialog')
    this.sampleDoor = page.getByRole('button', { name: /^Explore the sample workspace/ })
    this.connectDoor = page.getByRole('button', { name: /^Connect a server/ })
    this.importDoor = page.getByRole('button', { name: /^Import files/ })
    this.syncState = this.statusBar.getByTitle('Opens Sources & coverage')
  }

  /** Waits for the end of a sync, which a busy machine may take long for. */
  async expectSynced(): Promise<void> {
    await expect(this.syncState).toHaveText(/^Synced/, { timeout: 90_000 })
  }

  /** Goes to a screen by the list at the left. */
  async goTo(screen: ScreenName): Promise<void> {
    await this.entry(screen).click()
  }

  entry(screen: ScreenName): Locator {
    return this.page.getByRole('navigation', { name: 'Screens' }).getByRole('link', { name: new RegExp(`^${screen}`) })
  }

  /** The end of the only import, as its panel tells it: `Added`, `Duplicates` ... */
  summary(name: 'Added' | 'Companions' | 'Duplicates' | 'Skipped'): Locator {
    const term = this.imports.getByRole('term').filter({ hasText: name })
    return term.locator('xpath=following-sibling::dd[1]')
  }

  /** Closes the ends of imports; they also go by themselves after a while. */
  async closeImports(): Promise<void> {
    const close = this.imports.getByRole('button', { name: 'Close' })
    if (await close.isVisible()) await close.click()
    await expect(this.imports).toBeHidden()
  }
}
