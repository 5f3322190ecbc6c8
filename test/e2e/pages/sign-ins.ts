import type { Locator, Page } from '@playwright/test'

/** Who tried to sign in, from where and how it ended. */
export class SignInsPage {
  readonly page: Page
  readonly overTime: Locator
  readonly brush: Locator
  readonly range: Locator
  readonly unzoom: Locator
  readonly week: Locator
  readonly firstSeen: Locator
  readonly lists: Locator
  readonly notTold: Locator

  constructor(page: Page) {
    this.page = page
    this.overTime = page.getByRole('region', { name: /^Failed sign-ins per / })
    this.brush = page.getByRole('slider', { name: 'Range of the chart' })
    this.range = page.getByRole('button', { name: /^Time looked at/ })
    this.unzoom = page.getByRole('button', { name: 'Undo zoom' })
    this.week = page.getByRole('grid', { name: 'Failed sign-ins by hour of the week' })
    this.firstSeen = page.getByRole('region', { name: /^First-seen sources/ })
    this.lists = page.getByRole('region', { name: 'Where sign-ins are told' })
    this.notTold = page.getByRole('list', { name: 'Sources that do not tell of all failed sign-ins' })
  }

  heading(): Locator {
    return this.page.getByRole('heading', { level: 1, name: 'Sign-ins', exact: true })
  }

  /** How many failed and succeeded, and when. */
  head(): Locator {
    return this.page.getByTitle(/ failed, .* · /)
  }

  card(title: string): Locator {
    return this.page.getByRole('listitem').filter({ has: this.page.getByRole('heading', { level: 3, name: title }) })
  }

  chart(title: string): Locator {
    return this.page.getByRole('region', { name: title })
  }

  /** Shows the table of a chart in its place, or the chart again. */
  async turn(chart: Locator): Promise<void> {
    await chart.getByRole('button', { name: /^Table of/ }).click()
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
