import type { Locator, Page } from '@playwright/test'

/** Sessions, or those of one's own accounts, as a list or as lanes. */
export class SessionsPage {
  readonly page: Page
  readonly grid: Locator
  /** The row that the keys act on. */
  readonly present: Locator
  readonly lanes: Locator
  /** The session that the keys act on, as it is told. */
  readonly presentOnLanes: Locator
  readonly filter: Locator
  readonly recorded: Locator
  readonly search: Locator
  readonly found: Locator

  constructor(page: Page) {
    this.page = page
    this.grid = page.getByRole('grid', { name: 'Sessions' })
    this.present = this.grid.getByRole('row', { selected: true })
    this.lanes = page.getByRole('listbox', { name: 'Sessions on one time axis' })
    this.presentOnLanes = this.lanes.getByRole('option', { selected: true })
    this.recorded = page.getByRole('checkbox', { name: 'Recorded only' })
    this.filter = page.getByRole('searchbox', { name: 'Filter sessions' })
    this.search = page.getByRole('searchbox', { name: 'Search in recordings' })
    this.found = page.getByRole('complementary', { name: 'Found in recordings' })
  }

  heading(name: 'Sessions' | 'My sessions'): Locator {
    return this.page.getByRole('heading', { level: 1, name, exact: true })
  }

  shape(name: 'List' | 'Lanes'): Locator {
    return this.page.getByRole('group', { name: 'Show as' }).getByRole('button', { name })
  }

  /** A row by its place in the list, from 0; only rows in view exist. */
  row(at: number): Locator {
    return this.grid.locator(`[role=row][aria-rowindex="${at + 2}"]`)
  }

  /** A place in a recording that the search found, by its time and line. */
  hit(text: RegExp): Locator {
    return this.found.getByRole('link').filter({ hasText: text })
  }

  async searchRecordings(words: string): Promise<void> {
    await this.search.fill(words)
    await this.search.press('Enter')
  }
}

/** The page of one session. */
export class SessionPage {
  readonly journey: Locator
  readonly recordings: Locator
  readonly events: Locator
  readonly replay: Locator
  readonly fetch: Locator

  constructor(page: Page) {
    this.journey = page.getByRole('list', { name: 'How the session went' })
    this.recordings = page.getByRole('list', { name: 'Recordings' })
    this.events = page.getByRole('grid', { name: 'Events of the session' })
    this.fetch = this.recordings.getByRole('button', { name: 'Fetch the recording' })
    this.replay = this.recordings.getByRole('button', { name: 'Replay' })
  }

  step(title: string): Locator {
    return this.journey.getByRole('listitem').filter({ hasText: title })
  }
}
