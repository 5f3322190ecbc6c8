import { expect, type Locator, type Page } from '@playwright/test'

type TabName = 'Hits' | 'Commands' | 'Transcript' | 'Facts' | 'Bytes'

/** A recording that plays. */
export class ReplayPage {
  readonly page: Page
  readonly screen: Locator
  readonly rows: Locator
  readonly marks: Locator
  readonly track: Locator
  readonly play: Locator
  readonly pause: Locator
  readonly clock: Locator
  readonly wallClock: Locator
  readonly said: Locator
  readonly search: Locator
  readonly panel: Locator
  readonly commands: Locator
  readonly presentCommand: Locator
  readonly revealInput: Locator
  readonly typed: Locator
  readonly reveal: Locator
  readonly session: Locator

  constructor(page: Page) {
    this.page = page
    this.screen = page.getByRole('region', { name: 'Screen of the recording' })
    // The terminal draws rows of spans that have no roles.
    this.rows = this.screen.locator('.xterm-rows')
    this.marks = page.locator('.rp-hits-layer span')
    this.track = page.getByRole('slider', { name: 'Moment of the recording' })
    this.play = page.getByRole('button', { name: 'Play', exact: true })
    this.pause = page.getByRole('button', { name: 'Pause', exact: true })
    this.clock = page.getByTitle('Recorded time')
    this.wallClock = page.getByTitle(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d /)
    this.said = page.locator('.rp-said')
    this.search = page.getByRole('textbox', { name: 'Find text in the recording' })
    this.panel = page.getByRole('complementary', { name: 'Beside the recording' })
    this.commands = this.panel.getByRole('list', { name: 'Commands' })
    this.presentCommand = this.commands.locator('[aria-current]')
    this.revealInput = page.getByRole('button', { name: 'Reveal typed input…' })
    this.typed = page.locator('.rp-typed')
    this.session = page.getByTitle('Show the whole session')
    this.reveal = page.getByRole('dialog', { name: 'Reveal typed input' })
  }

  tab(name: TabName): Locator {
    return this.panel.getByRole('tab', { name: new RegExp(`^${name}`) })
  }

  command(text: string): Locator {
    return this.commands.getByRole('button', { name: text })
  }

  /** Clicks where something stands on the screen; the terminal lies over what it draws. */
  async clickAt(drawn: Locator): Promise<void> {
    const box = await drawn.boundingBox()
    if (!box) throw new Error(`not on the screen: ${drawn.toString()}`)
    await this.page.mouse.click(box.x + box.width / 2, box.y + box.height / 2)
  }

  /** Puts a text on the clipboard as a person does: types it where text is searched for, and copies it. */
  async copy(text: string): Promise<void> {
    await this.search.fill(text)
    await this.search.press('ControlOrMeta+A')
    await this.search.press('ControlOrMeta+C')
    await this.search.press('Escape')
    await this.search.press('Escape')
  }

  /** What is on the clipboard, pasted where text is searched for and taken back. */
  async pasted(): Promise<string> {
    const { keyboard } = this.page
    await this.search.fill('')
    await keyboard.press('ControlOrMeta+V')
    await expect(this.search).not.toHaveValue('')
    const text = await this.search.inputValue()
    await keyboard.press('Escape')
    await keyboard.press('Escape')
    return text
  }

  /** What was noticed, of one kind: `title`, `link` ... */
  fact(kind: string): Locator {
    return this.panel.getByRole('button', { name: kind })
  }

  /** Waits until it can be played to its end. */
  async expectRead(): Promise<void> {
    await expect(this.track).toBeVisible()
    await expect(this.page.getByRole('progressbar', { name: 'Reading the recording' })).toBeHidden()
  }
}
