import type { Locator, Page } from '@playwright/test'

type Tab = 'Patterns' | 'Requests' | 'Sessions without approval' | 'Activity log'

/** Requests and decisions, and what is unusual about them. */
export class ApprovalsPage {
  readonly page: Page
  readonly heading: Locator
  readonly sums: Locator
  readonly patterns: Locator
  readonly charts: Locator
  readonly range: Locator
  readonly export: Locator
  readonly requests: Locator
  /** The request that the keys act on. */
  readonly present: Locator
  readonly filter: Locator
  readonly pane: Locator
  readonly foot: Locator

  constructor(page: Page) {
    this.page = page
    this.heading = page.getByRole('heading', { level: 1, name: 'Approvals', exact: true })
    this.sums = page.getByRole('list', { name: 'Sums' })
    this.patterns = page.getByRole('list', { name: 'Patterns' })
    this.charts = page.getByRole('complementary', { name: 'Charts' })
    this.range = page.getByRole('button', { name: /^Time looked at/ })
    this.export = page.getByRole('button', { name: 'Export' })
    this.requests = page.getByRole('grid', { name: 'Requests' })
    this.present = this.requests.getByRole('row', { selected: true })
    this.filter = page.getByRole('searchbox', { name: 'Filter requests' })
    this.pane = page.getByRole('complementary', { name: 'Request' })
    this.foot = page.locator('main footer').filter({ hasText: 'visible to' })
  }

  tab(name: Tab): Locator {
    return this.page.getByRole('navigation', { name: 'Parts of this screen' }).getByRole('link', { name })
  }

  /** The card of a pattern, by its title. */
  card(title: RegExp): Locator {
    return this.patterns.locator(':scope > li').filter({ has: this.page.getByRole('heading', { level: 3, name: title }) })
  }

  /** The way from a card to its events. */
  evidence(card: Locator): Locator {
    return card.getByRole('link', { name: /^[\d,]+ events?/ })
  }

  /** The line from a request to its outcome. */
  chain(within: Locator): Locator {
    return within.getByRole('list', { name: 'From the request to its outcome' })
  }

  sum(name: string): Locator {
    return this.sums.getByRole('listitem').filter({ hasText: name })
  }

  request(text: RegExp): Locator {
    return this.requests.getByRole('row').filter({ hasText: text })
  }
}
