import { Notification } from 'electron'
import { FINDING_LEVELS, foundWords } from '../contract'
import type { PageMessages } from './page-messages'

/** Milliseconds between two; a page that asks more often is not heard. */
const APART = 5000

/** Shows that rules found something, in words of this program: the page gives a number and a level, never a text. */
export function answerFound(messages: PageMessages, showWindow: () => void): void {
  let last = Number.NEGATIVE_INFINITY
  messages.on('detection:found', (_event, [count, word]) => {
    const level = FINDING_LEVELS.find((one) => one === word)
    const isCount = typeof count === 'number' && Number.isSafeInteger(count) && count > 0
    const now = performance.now()
    if (!level || !isCount || now - last < APART || !Notification.isSupported()) return
    last = now
    const notice = new Notification({ title: 'Recount', body: foundWords({ count, level }) })
    notice.on('click', showWindow)
    notice.show()
  })
}
