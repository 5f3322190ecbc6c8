import type { Locator, Page } from '@playwright/test'

/** The dialog between an address and a connection. */
export class ConnectDialogPage {
  readonly dialog: Locator
  readonly address: Locator
  readonly email: Locator
  readonly password: Locator
  readonly token: Locator
  readonly code: Locator
  readonly name: Locator
  readonly problem: Locator
  readonly streams: Locator
  readonly signIn: Locator
  readonly next: Locator
  readonly connect: Locator

  constructor(page: Page) {
    this.dialog = page.getByRole('dialog', { name: /^(Connect a server|Sign in again)/ })
    this.address = this.dialog.getByRole('textbox', { name: 'Address' })
    this.email = this.dialog.getByRole('textbox', { name: 'E-mail' })
    // A field that hides what is typed has no role.
    this.password = this.dialog.getByLabel('Password', { exact: true })
    this.token = this.dialog.locator('input[type=password]')
    this.code = this.dialog.getByRole('textbox', { name: 'One-time code' })
    this.name = this.dialog.getByRole('textbox', { name: 'Name' })
    this.problem = this.dialog.getByRole('alert')
    this.streams = this.dialog.getByRole('region', { name: 'What this account can see' })
    this.signIn = this.dialog.getByRole('button', { name: 'Sign in', exact: true })
    this.next = this.dialog.getByRole('button', { name: 'Continue' })
    this.connect = this.dialog.getByRole('button', { name: 'Connect', exact: true })
  }

  /** What stands behind a word of the last step: `Signed in as`, `Role` ... */
  fact(name: string): Locator {
    return this.dialog.getByRole('term').filter({ hasText: name }).locator('xpath=following-sibling::dd[1]')
  }

  async useToken(token: string): Promise<void> {
    await this.dialog.getByRole('radio', { name: 'Access token' }).check()
    await this.token.fill(token)
    await this.signIn.click()
  }
}
