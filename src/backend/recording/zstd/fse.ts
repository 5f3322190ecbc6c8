import type { BackwardBits } from './backward-bits'
import { highestBit, ZstdFault } from './fault'

// Finite state entropy, RFC 8878 section 4.1.

/** For each state its symbol, how many bits lead to the next one, and what they are added to. */
export type FseTable = { log: number; symbols: Uint8Array; bits: Uint8Array; bases: Uint16Array }

/** A table of one state, which gives one symbol for ever. */
export function oneSymbol(symbol: number): FseTable {
  return { log: 0, symbols: Uint8Array.of(symbol), bits: new Uint8Array(1), bases: new Uint16Array(1) }
}

/** `counts`: how many of the states give each symbol; -1 for one state that is reset by all bits. */
export function fseTable(counts: readonly number[], log: number): FseTable {
  const size = 1 << log
  const symbols = new Uint8Array(size)
  const bits = new Uint8Array(size)
  const bases = new Uint16Array(size)
  const next = counts.map(Math.abs)
  let high = size
  counts.forEach((count, symbol) => {
    if (count === -1) symbols[--high] = symbol
  })
  const step = (size >> 1) + (size >> 3) + 3
  let at = 0
  counts.forEach((count, symbol) => {
    for (let i = 0; i < count; i++) {
      symbols[at] = symbol
      do at = (at + step) & (size - 1)
      while (at >= high)
    }
  })
  for (let state = 0; state < size; state++) {
    const symbol = symbols[state] ?? 0
    const place = next[symbol] ?? 0
    next[symbol] = place + 1
    bits[state] = log - highestBit(place)
    bases[state] = (place << (log - highestBit(place))) - size
  }
  return { log, symbols, bits, bases }
}

/** What a table may be at most. */
export type FseLimits = { log: number; symbol: number }

/** A described table, and where what follows it begins. */
export function readFseTable(bytes: Uint8Array, from: number, most: FseLimits): { table: FseTable; to: number } {
  let bit = from * 8
  const peek = (count: number): number => {
    const at = bit >> 3
    const three = (bytes[at] ?? 0) | ((bytes[at + 1] ?? 0) << 8) | ((bytes[at + 2] ?? 0) << 16)
    return (three >> (bit & 7)) & ((1 << count) - 1)
  }
  const log = peek(4) + 5
  bit += 4
  if (log > most.log) throw new ZstdFault('a table is too large')
  const counts: number[] = []
  let left = 1 << log
  while (left > 0 && counts.length <= most.symbol) {
    const wide = highestBit(left + 1)
    const narrow = (1 << wide) - 1
    const limit = (1 << (wide + 1)) - 2 - left
    let value = peek(wide + 1)
    if ((value & narrow) < limit) {
      value &= narrow
      bit += wide
    } else {
      if (value > narrow) value -= limit
      bit += wide + 1
    }
    counts.push(value - 1)
    left -= Math.abs(value - 1)
    for (let absent = value === 1 ? 3 : 0; absent === 3 && counts.length <= most.symbol; bit += 2) {
      absent = peek(2)
      for (let i = 0; i < absent; i++) counts.push(0)
    }
  }
  const to = (bit + 7) >> 3
  if (left !== 0 || counts.length > most.symbol + 1 || to > bytes.length) throw new ZstdFault('a table is damaged')
  return { table: fseTable(counts, log), to }
}

/** The state that follows. */
export function nextState(table: FseTable, state: number, stream: BackwardBits): number {
  return (table.bases[state] ?? 0) + stream.read(table.bits[state] ?? 0)
}
