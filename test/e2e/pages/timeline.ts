import { expect, type Locator, type Page } from '@playwright/test'

export type ColumnName = 'category' | 'time' | 'user' | 'place' | 'what' | 'outcome'
const COLUMNS: readonly ColumnName[] = ['category', 'time', 'user', 'place', 'what', 'outcome']

export class TimelinePage {
  readonly page: Page
  readonly grid: Locator
  readonly cursorRow: Locator
  readonly query: Locator
  readonly queryCount: Locator
  readonly queryProblem: Locator
  readonly totals: Locator
  readonly brush: Locator
  readonly chart: Locator
  /** What the bar under the pointer says. */
  readonly tip: Locator
  readonly pin: Locator
  readonly facets: Locator
  readonly export: Locator
  readonly detail: Locator

  constructor(page: Page) {
    this.page = page
    this.grid = page.getByRole('grid', { name: 'Events' })
    this.cursorRow = this.grid.getByRole('row', { selected: true })
    this.query = page.getByRole('textbox', { name: 'Query' })
    this.queryCount = page.getByRole('status').filter({ hasText: /(event|row)s? · |Enter applies/ })
    this.queryProblem = page.getByRole('alert')
    this.totals = page.getByRole('status').filter({ hasText: / of [\d,]+ events/ })
    this.chart = page.getByRole('region', { name: 'Events over time' })
    this.brush = page.getByRole('slider', { name: 'Range of the chart' })
    this.tip = this.brush.locator('.tl-tip')
    this.pin = page.getByRole('button', { name: /^All time|→/ })
    this.facets = page.getByRole('navigation', { name: 'Facets' })
    this.export = page.getByRole('button', { name: 'Export', exact: false }).and(page.getByTitle('Export this view'))
    this.detail = page.getByRole('complementary', { name: 'Event' })
  }

  /** A row by its place in the view, from 0; only rows in view exist. */
  row(at: number): Locator {
    return this.grid.locator(`[role=row][aria-rowindex="${at + 2}"]`)
  }

  /** A cell of a row by its column. */
  cell(row: Locator, column: ColumnName): Locator {
    return row.getByRole('gridcell').nth(COLUMNS.indexOf(column))
  }

  /** What people put on a row, told in words. */
  marks(row: Locator): Locator {
    return this.cell(row, 'what').getByRole('img')
  }

  async expectRows(rows: number): Promise<void> {
    await expect(this.grid).toHaveAttribute('aria-rowcount', String(rows + 1))
    await expect(this.grid).toHaveAttribute('aria-busy', 'false')
  }

  /** Clicks a row where nothing else can be hit. */
  async open(row: Locator): Promise<void> {
    await this.cell(row, 'time').click()
    await expect(this.detail).toBeVisible()
  }

  /** Types a query in place of the applied one, and applies it. */
  async apply(query: string): Promise<void> {
    await this.type(query)
    await this.page.keyboard.press('Enter')
    // What stands in an empty field is its hint.
    await expect(this.query).toHaveText(query === '' ? /^Type a query/ : query)
    await expect(this.queryCount).toHaveText(/ · \d/)
  }

  async type(query: string): Promise<void> {
    await this.query.click()
    await this.page.keyboard.press('ControlOrMeta+A')
    await this.page.keyboard.press('Delete')
    await this.page.keyboard.type(query)
  }

  /** Moves to an offer of the completion; one that came this very moment takes no keys yet and is asked for again. */
  async markOffer(): Promise<void> {
    const offers = this.page.getByRole('listbox', { name: 'Completions' })
    await expect(async () => {
      if (await offers.isHidden()) await this.page.keyboard.press('Control+Space')
      await expect(offers).toBeVisible({ timeout: 500 })
      await this.page.keyboard.press('ArrowDown')
      await expect(offers.getByRole('option', { selected: true })).toBeVisible({ timeout: 100 })
    }).toPass()
  }

  facet(value: string): Locator {
    return this.facets.getByRole('button', { name: `${value}, ` })
  }

  /** The value shown for a field of the event in the detail pane. */
  field(label: string): Locator {
    const term = this.detail.getByRole('term').filter({ hasText: new RegExp(`^${label}$`) })
    return term.locator('xpath=following-sibling::dd[1]')
  }

  card(title: string): Locator {
    return this.detail.locator('section').filter({ has: this.page.getByRole('heading', { name: title }) })
  }

  raw(): Locator {
    return this.detail.getByRole('region', { name: 'Raw record' })
  }

  /** Moment of the pin as the address has it. */
  async addressPin(): Promise<{ from: string; to: string } | null> {
    const hash = new URLSearchParams(new URL(this.page.url()).hash.split('?')[1] ?? '')
    const from = hash.get('from')
    const to = hash.get('to')
    return from === null || to === null ? null : { from, to }
  }

  addressQuery(): string {
    return new URLSearchParams(new URL(this.page.url()).hash.split('?')[1] ?? '').get('q') ?? ''
  }

  /** Drags over the chart, from and to as shares of its width. */
  async drag(from: number, to: number): Promise<void> {
    const box = await this.brush.boundingBox()
    if (!box) throw new Error('the chart is not shown')
    const y = box.y + box.height / 2
    await this.page.mouse.move(box.x + box.width * from, y)
    await this.page.mouse.down()
    await this.page.mouse.move(box.x + box.width * ((from + to) / 2), y)
    await this.page.mouse.move(box.x + box.width * to - 1, y)
    await this.page.mouse.up()
  }
}
