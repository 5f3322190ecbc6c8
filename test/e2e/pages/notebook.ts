import { expect, type Locator, type Page } from '@playwright/test'
import type { App } from '../app'

type Kind = 'Text' | 'Query' | 'Chart' | 'Events' | 'Replay clip' | 'Finding' | 'Negative finding'

/** A bundle, and the beginning of its root as the screen says it. */
export type Sealed = { path: string; shortRoot: string }

/** The list of notebooks, and one of them. */
export class NotebookPage {
  readonly page: Page
  readonly dialog: Locator
  readonly side: Locator
  readonly incident: Locator
  readonly saved: Locator

  constructor(page: Page) {
    this.page = page
    this.dialog = page.getByRole('dialog')
    this.side = page.getByRole('complementary', { name: 'About the notebook' })
    this.incident = this.side.locator('ol').getByRole('listitem')
    this.saved = page.getByText(/^saved \d+ (s|min) ago$/)
  }

  title(name: string): Locator {
    return this.page.getByRole('heading', { level: 1, name })
  }

  cell(kind: Kind, number: number): Locator {
    return this.page.getByRole('region', { name: `${kind}, cell ${number}`, exact: true })
  }

  cells(kind: Kind): Locator {
    return this.page.getByRole('region', { name: new RegExp(`^${kind}, cell`) })
  }

  /** Makes a notebook by the keyboard alone. */
  async create(title: string): Promise<void> {
    await this.page.keyboard.press('n')
    await expect(this.dialog.getByLabel('Title')).toBeFocused()
    await this.page.keyboard.type(title)
    await this.page.keyboard.press('Enter')
    await expect(this.title(title)).toBeVisible()
  }

  /** Adds a cell at the end. */
  async add(kind: Kind): Promise<void> {
    await this.page.getByRole('group', { name: 'Add at the end' }).getByRole('button', { name: kind, exact: true }).click()
  }

  /** Fills the form of a cell that looks at a query. */
  async look(query: string, title?: string): Promise<void> {
    const field = (name: string) => this.page.getByRole('textbox', { name, exact: true })
    if (title !== undefined) await field('Title').fill(title)
    await field('Query').fill(query)
    await field('Query').press('Enter')
  }

  /** Adds a finding that cites the first event of a query. */
  async find(claim: string, query: string): Promise<void> {
    await this.add('Finding')
    await this.page.keyboard.type(claim)
    await this.page.keyboard.press('Escape')
    const finding = this.cells('Finding').filter({ hasText: claim })
    await finding.getByRole('button', { name: 'Cite events' }).click()
    await this.dialog.getByRole('textbox', { name: 'Query' }).fill(query)
    const choices = this.dialog.getByRole('list', { name: 'Events' })
    await expect(choices.getByRole('listitem').first()).toContainText('203.0.113.44')
    await choices.getByRole('checkbox').first().check()
    await this.dialog.getByRole('button', { name: 'Cite', exact: true }).click()
    await expect(this.dialog).toBeHidden()
    await expect(finding).toContainText('cites 1 event')
  }

  /** Seals the notebook; `cites` is what the dialog has to say of it. */
  async seal(app: Pick<App, 'save'>, cites: string): Promise<Sealed> {
    await this.page.getByRole('button', { name: 'Seal evidence' }).click()
    const dialog = this.page.getByRole('dialog', { name: 'Seal evidence' })
    await expect(dialog).toContainText(cites)
    const path = await app.save(() => dialog.getByRole('button', { name: 'Seal and save' }).click())
    const done = this.page.getByRole('dialog', { name: 'Sealed' })
    const shortRoot = (await done.getByText(/^[0-9a-f]{4}( [0-9a-f]{4}){3}$/).textContent()) ?? ''
    await done.getByRole('button', { name: 'Close' }).last().click()
    return { path, shortRoot }
  }
}
