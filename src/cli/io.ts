import { shownText, type Instant } from '../domain'
import { linesOf } from './lines'

export type Sink = NodeJS.WritableStream & { isTTY?: boolean; columns?: number }

/** What the command line needs from the process it runs in. */
export type Io = {
  stdout: Sink
  stderr: Sink
  env: NodeJS.ProcessEnv
  platform: NodeJS.Platform
  cwd: string
  now: () => Instant
  /** Called at SIGINT and its like, which then end nothing by themselves. Returns its own undo. */
  onInterrupt: (listener: () => void) => () => void
  /** Called at Enter on a terminal; never where standard input is none. Returns its own undo. */
  onEnter: (listener: () => void) => () => void
  /** The next line of standard input; null at its end. */
  readLine: () => Promise<string | null>
}

/** Nobody reads standard output any more, as behind `| head`. */
export class NobodyReads extends Error {}

export function processIo(): Io {
  let lines: Io['readLine'] | null = null
  // A closed pipe is told to the write that met it; without a listener it would end the process first.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {})
  return {
    stdout: process.stdout,
    stderr: process.stderr,
    env: process.env,
    platform: process.platform,
    cwd: process.cwd(),
    now: () => Date.now(),
    onInterrupt,
    onEnter,
    async readLine() {
      lines ??= linesOf(process.stdin)
      // A pipe that stays open must not keep the program once its questions are answered; a file has no such methods.
      const held: { ref?: () => unknown; unref?: () => unknown } = process.stdin
      held.ref?.()
      const line = await lines()
      held.unref?.()
      return line
    },
  }
}

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

/** Milliseconds in which a second signal is the first once more: npm and the like pass on what a terminal sent already. */
const SAME_SIGNAL = 500

function onInterrupt(listener: () => void): () => void {
  let asked: number | null = null
  const heard = () => {
    if (asked === null) {
      asked = performance.now()
      listener()
    } else if (performance.now() - asked > SAME_SIGNAL) {
      // Whoever asks twice does not want to wait; what was acknowledged is durable.
      process.exit(1)
    }
  }
  for (const signal of SIGNALS) process.on(signal, heard)
  return () => {
    for (const signal of SIGNALS) process.off(signal, heard)
  }
}

function onEnter(listener: () => void): () => void {
  if (!process.stdin.isTTY) return () => {}
  process.stdin.on('data', listener)
  return () => {
    process.stdin.off('data', listener)
    process.stdin.pause()
  }
}

/** Resolves when the text has left, so that nothing piles up behind a slow reader. Rejects with `NobodyReads`. */
export function write({ stdout }: Io, text: string | Uint8Array): Promise<void> {
  return new Promise((resolve, reject) => {
    stdout.write(text, (error?: Error | null) => {
      if (!error) return resolve()
      const { code } = error as NodeJS.ErrnoException
      reject(code === 'EPIPE' || code === 'ERR_STREAM_DESTROYED' ? new NobodyReads() : error)
    })
  })
}

/** Characters written in one go: each write waits for the reader. */
const PIECE = 64 * 1024

/** Bytes written in one go: enough to be quick, and little to wait for. */
const BYTES = 1024 * 1024

/** Writes bytes as they are. Rejects with `NobodyReads`. */
export async function writeBytes(io: Io, bytes: Uint8Array): Promise<void> {
  for (let at = 0; at < bytes.length; at += BYTES) await write(io, bytes.subarray(at, at + BYTES))
}

/** Writes many texts, several at a time. */
export async function writeAll(io: Io, texts: Iterable<string>): Promise<void> {
  let piece = ''
  for (const text of texts) {
    piece += text
    if (piece.length < PIECE) continue
    await write(io, piece)
    piece = ''
  }
  if (piece !== '') await write(io, piece)
}

/** One object as one line of JSON. */
export function jsonLine(value: object): string {
  return `${harmlessJson(JSON.stringify(value))}\n`
}

export async function print(io: Io, value: object): Promise<void> {
  await write(io, jsonLine(value))
}

// What JSON leaves as it is and a terminal may obey or a reader be misled by: C1 controls, DEL, direction overrides.
const UNSAFE = /[\u007f-\u009f\u2028\u2029]|\p{Cf}/gu

/** The same JSON value, written so that it can do a terminal no harm. */
export function harmlessJson(json: string): string {
  return json.replace(UNSAFE, (character) => {
    const units = Array.from({ length: character.length }, (_, i) => character.charCodeAt(i))
    return units.map((unit) => `\\u${unit.toString(16).padStart(4, '0')}`).join('')
  })
}

/** A message for the person; texts of files and servers in it are made harmless. */
export function say({ stderr }: Io, line: string): void {
  stderr.write(`${shownText(line)}\n`)
}
