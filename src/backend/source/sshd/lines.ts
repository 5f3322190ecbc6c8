import { isAscii } from 'node:buffer'

/** One line, without its terminator. The object is used again for the next line. */
export type Line = {
  bytes: Buffer
  /** `bytes` as latin1, so that an index means the same place in both. */
  text: string
  /** Whether every byte of the line is a character by itself. */
  ascii: boolean
  start: number
  /** Exclusive. */
  end: number
  /** Place of `start` in the file. */
  offset: number
  /** In the file, from 1, counting empty lines too. */
  number: number
}

export type Lines = {
  /** Chunks in order, cut anywhere. Lines are views into the chunk. */
  push(chunk: Uint8Array): void
  /** Gives what a missing last terminator held back. */
  end(): void
}

const LF = 10
const CR = 13

/** Cuts a file into lines ended by `\n` or `\r\n`; empty lines are counted but not visited. */
export function createLines(visit: (line: Line) => void): Lines {
  const line: Line = { bytes: Buffer.alloc(0), text: '', ascii: true, start: 0, end: 0, offset: 0, number: 0 }
  // Pieces of the unfinished line, joined once: a long line in small chunks must not cost its square.
  let held: Buffer[] = []
  let next = 0
  // Where the next byte stands that is no character by itself.
  let odd = 0
  const odds = /[\x80-\xff]/g

  function give(start: number, stop: number, terminated: boolean): void {
    const end = terminated && stop > start && line.bytes[stop - 1] === CR ? stop - 1 : stop
    if (odd < start) odd = oddFrom(start)
    line.start = start
    line.end = end
    line.ascii = odd >= end
    line.offset = next
    line.number++
    next += stop - start + (terminated ? 1 : 0)
    if (end > start) visit(line)
  }

  function load(bytes: Buffer): void {
    line.bytes = bytes
    line.text = bytes.toString('latin1')
    odd = isAscii(bytes) ? bytes.length : oddFrom(0)
  }

  function oddFrom(start: number): number {
    odds.lastIndex = start
    return odds.exec(line.text)?.index ?? line.text.length
  }

  function joinHeld(): void {
    load(Buffer.concat(held))
    held = []
  }

  function push(chunk: Uint8Array): void {
    const bytes = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength)
    let from = 0
    if (held.length > 0) {
      const stop = bytes.indexOf(LF)
      held.push(Buffer.from(stop < 0 ? bytes : bytes.subarray(0, stop)))
      if (stop < 0) return
      joinHeld()
      give(0, line.bytes.length, true)
      from = stop + 1
    }
    load(bytes)
    for (;;) {
      const stop = line.text.indexOf('\n', from)
      if (stop < 0) break
      give(from, stop, true)
      from = stop + 1
    }
    if (from < bytes.length) held.push(Buffer.from(bytes.subarray(from)))
  }

  function end(): void {
    if (held.length === 0) return
    joinHeld()
    give(0, line.bytes.length, false)
  }

  return { push, end }
}

/** Text of a part of a line: UTF-8, with U+FFFD for what is not. */
export function decode(line: Line, from: number, to: number): string {
  return line.ascii ? line.text.slice(from, to) : line.bytes.toString('utf8', from, to)
}
