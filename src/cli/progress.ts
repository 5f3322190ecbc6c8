import { shownText } from '../domain'
import type { Io } from './io'
import { fitted } from './text-width'

/** Milliseconds between two lines, on a terminal and elsewhere. */
const EVERY = { terminal: 100, elsewhere: 2000 }

const CLEAR = '\r\u001b[2K'

export type ProgressLine<P> = { tell: (progress: P) => void; end: () => void }

/** Tells on standard error how far something is: one line that changes on a terminal, else a line now and then. */
export function progressLine<P>({ stderr, now }: Io, lineOf: (progress: P) => string): ProgressLine<P> {
  const isTerminal = stderr.isTTY === true
  const every = isTerminal ? EVERY.terminal : EVERY.elsewhere
  let told = now()
  let shown = false
  return {
    tell(progress) {
      if (now() - told < every) return
      told = now()
      const line = shownText(lineOf(progress))
      stderr.write(isTerminal ? CLEAR + fitted(line, (stderr.columns ?? 80) - 1).trimEnd() : `${line}\n`)
      shown = true
    },
    end() {
      if (isTerminal && shown) stderr.write(CLEAR)
    },
  }
}
