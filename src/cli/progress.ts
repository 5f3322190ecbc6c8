import type { Progress } from '../backend/sync'
import type { Io } from './io'

/** Milliseconds between two lines, on a terminal and elsewhere. */
const EVERY = { terminal: 100, elsewhere: 2000 }

const NAMES = { surveying: 'Looking through', importing: 'Importing' } as const

const CLEAR = '\r\u001b[2K'

/** Tells on standard error how far an import is: one line that changes on a terminal, else a line now and then. */
export function progressLine({ stderr, now }: Io, bytesTotal: number): { tell: (progress: Progress) => void; end: () => void } {
  const isTerminal = stderr.isTTY === true
  const every = isTerminal ? EVERY.terminal : EVERY.elsewhere
  let told = now()
  let shown = false
  return {
    tell({ state, bytesDone, recordsDone }) {
      if (now() - told < every) return
      told = now()
      const percent = bytesTotal === 0 ? 100 : Math.floor((bytesDone / bytesTotal) * 100)
      const records = recordsDone === 0 ? '' : `, ${recordsDone} records`
      const line = `${NAMES[state]}: ${percent}% of ${megabytes(bytesTotal)}${records}`
      stderr.write(isTerminal ? CLEAR + line : `${line}\n`)
      shown = true
    },
    end() {
      if (isTerminal && shown) stderr.write(CLEAR)
    },
  }
}

function megabytes(bytes: number): string {
  return `${(bytes / 1_000_000).toFixed(1)} MB`
}
