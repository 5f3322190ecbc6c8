import { Terminal } from '@xterm/headless'
import { CsiClamp, feed, harden, REPLAY_OPTIONS, type Attempt } from '../../src/terminal'

export type Size = { cols: number; rows: number }
export const USUAL: Size = { cols: 80, rows: 24 }

/** xterm as it comes, but silent. */
export function plainTerminal(size: Size = USUAL): Terminal {
  return new Terminal({ ...size, logLevel: 'off', allowProposedApi: true })
}

export function written(terminal: Terminal, data: string | Uint8Array): Promise<void> {
  return new Promise((done) => {
    terminal.write(data, done)
  })
}

export type Hardened = { terminal: Terminal; attempts: Attempt[]; answers: string[]; clamp: CsiClamp }

/** xterm as recordings see it. */
export function hardenedTerminal(size: Size = USUAL, options: object = {}): Hardened {
  const terminal = new Terminal({ ...REPLAY_OPTIONS, ...size, allowProposedApi: true, ...options })
  const attempts: Attempt[] = []
  const answers: string[] = []
  harden(terminal, (attempt) => attempts.push(attempt))
  terminal.onData((data) => answers.push(data))
  return { terminal, attempts, answers, clamp: new CsiClamp(size.cols, size.rows) }
}

export function fed({ terminal, clamp }: Hardened, bytes: Uint8Array): Promise<void> {
  return new Promise((done) => feed(terminal, { clamp, bytes }, done))
}

export function bytesOf(text: string): Uint8Array {
  return new TextEncoder().encode(text)
}
