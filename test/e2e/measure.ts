import { test, type Page } from '@playwright/test'

/** The event that starts the clock, and CSS selectors: what must be there and what must be gone at the end. */
export type Span = { from: string; ready: string; gone?: string }

/**
 * Milliseconds from an event in the page, by its own time stamp, to the first paint of a state; measured in the page.
 * Nothing is asserted about it.
 */
export async function timeToPaint(page: Page, span: Span, act: () => Promise<void>): Promise<number> {
  const measuring = await page.evaluateHandle(
    ([kind, ready, gone]) => {
      const isThere = (selector: string) => selector !== '' && document.querySelector(selector) !== null
      const reached = () => isThere(ready) && !isThere(gone)
      const measured = new Promise<number>((resolve) => {
        const begin = ({ timeStamp }: Event) => {
          const observer = new MutationObserver(look)
          observer.observe(document.body, { subtree: true, childList: true, attributes: true, characterData: true })
          function look() {
            if (!reached()) return
            observer.disconnect()
            // A message sent while a frame is made arrives when it has been.
            requestAnimationFrame(() => {
              const { port1, port2 } = new MessageChannel()
              port1.onmessage = () => resolve(performance.now() - timeStamp)
              port2.postMessage(null)
            })
          }
        }
        addEventListener(kind, begin, { capture: true, once: true })
      })
      // Not the promise itself, which would be waited for here.
      return { measured }
    },
    [span.from, span.ready, span.gone ?? ''] as const,
  )
  await act()
  const took = await measuring.evaluate(({ measured }) => measured)
  await measuring.dispose()
  return took
}

/** Tells a figure in the list of results and beside the test. */
export function tell(what: string, figure: string): void {
  test.info().annotations.push({ type: what, description: figure })
  console.log(`    ${test.info().project.name}: ${what}: ${figure}`)
}

export function milliseconds(times: number[]): string {
  const sorted = times.toSorted((a, b) => a - b)
  const middle = (sorted[Math.floor((sorted.length - 1) / 2)] ?? 0).toFixed(0)
  const last = (sorted.at(-1) ?? 0).toFixed(0)
  return sorted.length === 1 ? `${last} ms` : `median ${middle} ms, longest ${last} ms of ${sorted.length}`
}
