import { AxeBuilder } from '@axe-core/playwright'
import { expect, type Locator, type Page } from '@playwright/test'

const MOST_STOPS = 120

/** Presses Tab, forwards or back, until an element has the focus. */
export async function tabTo(page: Page, target: Locator, key: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<void> {
  for (let stop = 0; stop < MOST_STOPS; stop++) {
    if (await target.evaluate((element) => element === document.activeElement)) return
    await page.keyboard.press(key)
  }
  throw new Error(`not reached with ${MOST_STOPS} presses of Tab: ${target.toString()}`)
}

/** Stops of Tab that do not show that they have the focus. */
export async function hiddenStops(page: Page): Promise<string[]> {
  const first = page.locator('a[href], button').first()
  const hidden = new Set<string>()
  await first.focus()
  for (let stop = 0; stop < MOST_STOPS; stop++) {
    await page.keyboard.press('Tab')
    const found = await page.evaluate(hiddenFocus)
    if (found !== null) hidden.add(found.slice(0, 80))
    // Round the page, or out of it.
    if (await first.evaluate((start) => [start, document.body].includes(document.activeElement as HTMLElement))) break
  }
  return [...hidden]
}

/** The element that has the focus and does not show it; null where all is well. */
function hiddenFocus(): string | null {
  const holder = document.activeElement
  if (!holder || holder === document.body) return null
  // A table shows it on the cell that the keys act on.
  const element = document.querySelector(`[id="${holder.getAttribute('aria-activedescendant')}"]`) ?? holder
  // An editor or field may show it on the box around itself.
  for (let at: Element | null = element, up = 0; at && up < 5; at = at.parentElement, up++) {
    const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(at)
    if (outlineStyle !== 'none' && parseFloat(outlineWidth) >= 1) return null
    if (boxShadow !== 'none') return null
  }
  return element.outerHTML.slice(0, 200)
}

/** Looks at a page; each shows whole what the edge of a scrolling box cut in the one before. */
const MOST_LOOKS = 5

/** Checks what is on the page by the rules of WCAG 2.2 A and AA that a program can check, and that tables stand in columns. */
export async function expectAccessible(page: Page, where: string): Promise<void> {
  const broken = new Map<string, string>()
  for (let look = 1; look <= MOST_LOOKS; look++) {
    let cut: Locator | null = null
    for (const { rule, selector, text } of await brokenRules(page)) {
      const element = page.locator(selector)
      // Half a button is too small a target; whether it is whole shows when it is scrolled to.
      if (rule === 'target-size' && look < MOST_LOOKS && (await element.evaluate(isCut))) cut ??= element
      else broken.set(selector, text)
    }
    if (cut === null) break
    await cut.evaluate((element) => element.scrollIntoView({ block: 'center' }))
  }
  expect([...broken.values()], where).toEqual([])
  expect(await page.evaluate(raggedCells), `${where}: cells that do not stand under their titles`).toEqual([])
}

type Broken = { rule: string; selector: string; text: string }

async function brokenRules(page: Page): Promise<Broken[]> {
  const { violations } = await new AxeBuilder({ page })
    // The other way opens a window, which a desktop application refuses.
    .setLegacyMode(true)
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'])
    .analyze()
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, html, failureSummary = '' }) => {
      return { rule: id, selector: target.flat().join(' '), text: `${id}: ${html.slice(0, 150)} ${failureSummary}` }
    }),
  )
}

/** Whether a box that scrolls shows the element in part only, be it for a head that stays at its upper edge. */
function isCut(element: Element): boolean {
  const { top, bottom } = element.getBoundingClientRect()
  for (let box = element.parentElement; box; box = box.parentElement) {
    if (getComputedStyle(box).overflowY === 'visible') continue
    const edge = box.getBoundingClientRect()
    const heads = [...box.children].filter((child) => getComputedStyle(child).position === 'sticky' && !child.contains(element))
    const upper = Math.max(edge.top, ...heads.map((head) => head.getBoundingClientRect().bottom))
    if (top < upper || bottom > edge.bottom) return true
  }
  return false
}

/** In every table, the cells of its first full row that begin elsewhere than their titles. */
function raggedCells(): string[] {
  const shown = (selector: string, within: Element) => [...within.querySelectorAll(selector)].filter((one) => one.getClientRects().length > 0)
  return [...document.querySelectorAll('[role=grid]')].flatMap((grid) => {
    const titles = shown('[role=columnheader]', grid)
    const row = shown('[role=row]:not([aria-busy=true])', grid).find((one) => one.querySelector('[role=gridcell]'))
    if (!row || titles.length === 0) return []
    const cells = shown('[role=gridcell]', row)
    return titles.flatMap((title, at) => {
      const [head, cell] = [title.getBoundingClientRect(), cells[at]?.getBoundingClientRect()]
      const isUnder = cell && Math.abs(head.left - cell.left) < 1 && Math.abs(head.right - cell.right) < 1 && cell.top >= head.bottom - 1
      return isUnder ? [] : [`${grid.getAttribute('aria-label')}: ${title.textContent}`]
    })
  })
}
