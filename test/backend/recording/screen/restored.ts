import { Terminal } from '@xterm/headless'
import type { Screen } from '../../../../src/backend/recording/screen/screen'
import { shortText, wholeText } from '../../../../src/backend/recording/screen/snapshot'
import { CsiClamp, feed, harden, REPLAY_OPTIONS } from '../../../../src/terminal'
import type { Step } from './sessions'
import { differences, modesOf, shown, wrappedRows } from './shown'

export type Restored = { terminal: Terminal; clamp: CsiClamp }

/** A terminal as the page has it: drawn from a keyframe, hardened and clamped, without a tracker; with its history or without. */
export async function restored(screen: Screen, form: 'whole' | 'short' = 'whole'): Promise<Restored> {
  const { cols, rows } = screen.terminal
  const drawing = screen.snapshot()
  const scrollback = REPLAY_OPTIONS.scrollback - (form === 'short' ? drawing.depth : 0)
  const terminal = new Terminal({ ...REPLAY_OPTIONS, scrollback, cols, rows, allowProposedApi: true })
  harden(terminal, () => {})
  await new Promise<void>((done) => {
    terminal.write(form === 'short' ? shortText(drawing) : wholeText(drawing), done)
  })
  return { terminal, clamp: new CsiClamp(cols, rows) }
}

export async function play({ terminal, clamp }: Restored, step: Step): Promise<void> {
  if ('bytes' in step) return new Promise((done) => feed(terminal, { clamp, bytes: step.bytes }, done))
  terminal.resize(step.cols, step.rows)
  clamp.resize(step.cols, step.rows)
}

/** What differs between two terminals, in words: cells, cursor, buffer, continued rows, modes. */
export function compared(one: Terminal, other: Terminal): string[] {
  const facts = (terminal: Terminal): string[] => [
    ...shown(terminal),
    JSON.stringify(wrappedRows(terminal)),
    JSON.stringify(modesOf(terminal)),
  ]
  return differences(facts(one), facts(other))
}
