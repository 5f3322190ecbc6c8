import { BackwardBits } from './backward-bits'
import { highestBit, ZstdFault } from './fault'
import { nextState, readFseTable } from './fse'

// The literals section of a block, RFC 8878 sections 3.1.1.3.1 and 4.2.

/** For each group of `log` bits the symbol that it begins with, and how many of the bits that takes. */
export type HuffmanTable = { log: number; symbols: Uint8Array; bits: Uint8Array }

/** Of a block, whatever it is made of. */
export const MOST_BLOCK = 131_072

const MOST_BITS = 11
const RAW = 0
const REPEATED = 1
const WITH_TABLE = 2

/** Literals, the table they were read with, for blocks that name none, and where what follows them begins. */
export type Literals = { literals: Uint8Array; table: HuffmanTable | null; to: number }

export function readLiterals(block: Uint8Array, known: HuffmanTable | null): Literals {
  const first = block[0] ?? 0
  const type = first & 3
  const form = (first >> 2) & 3
  if (type === RAW || type === REPEATED) {
    const header = [1, 2, 1, 3][form] ?? 1
    const length = Math.floor(littleEndian(block, header) / (header === 1 ? 8 : 16))
    const to = header + (type === RAW ? length : 1)
    checkLengths(length, to, block)
    const literals = type === RAW ? block.subarray(header, to) : new Uint8Array(length).fill(block[header] ?? 0)
    return { literals, table: known, to }
  }
  const header = [3, 3, 4, 5][form] ?? 3
  const width = 2 ** ([10, 10, 14, 18][form] ?? 10)
  const sizes = Math.floor(littleEndian(block, header) / 16)
  const length = sizes % width
  const to = header + Math.floor(sizes / width)
  checkLengths(length, to, block)
  const described = type === WITH_TABLE ? readHuffmanTable(block.subarray(header, to)) : { table: known, to: 0 }
  if (described.table === null) throw new ZstdFault('a block repeats a missing table')
  const streams = block.subarray(header + described.to, to)
  const literals = new Uint8Array(length)
  if (form === 0) decode(streams, literals, described.table)
  else decodeFour(streams, literals, described.table)
  return { literals, table: described.table, to }
}

function littleEndian(bytes: Uint8Array, count: number): number {
  let value = 0
  for (let i = count - 1; i >= 0; i--) value = value * 256 + (bytes[i] ?? 0)
  return value
}

function checkLengths(length: number, to: number, block: Uint8Array): void {
  if (length > MOST_BLOCK || to > block.length) throw new ZstdFault('the literals are too long')
}

function readHuffmanTable(bytes: Uint8Array): { table: HuffmanTable; to: number } {
  const first = bytes[0] ?? 0
  const count = first - 127
  const to = first < 128 ? 1 + first : 1 + ((count + 1) >> 1)
  if (to > bytes.length) throw new ZstdFault('a table is cut off')
  if (first < 128) return { table: huffmanTable(fseWeights(bytes.subarray(1, to))), to }
  const weights = Array.from({ length: count }, (_, i) => ((bytes[1 + (i >> 1)] ?? 0) >> (i % 2 === 0 ? 4 : 0)) & 15)
  return { table: huffmanTable(weights), to }
}

function fseWeights(bytes: Uint8Array): number[] {
  const { table, to } = readFseTable(bytes, 0, { log: 6, symbol: 15 })
  const stream = new BackwardBits(bytes.subarray(to))
  const weights: number[] = []
  let current = stream.read(table.log)
  let other = stream.read(table.log)
  // A table of one symbol takes no bits and would never end: there are at most 255 weights.
  while (weights.length < 255) {
    weights.push(table.symbols[current] ?? 0)
    const next = nextState(table, current, stream)
    if (stream.left < 0) {
      weights.push(table.symbols[other] ?? 0)
      return weights
    }
    current = other
    other = next
  }
  throw new ZstdFault('a table has too many weights')
}

/** The last weight is what is missing for the codes to be complete. */
function huffmanTable(weights: readonly number[]): HuffmanTable {
  const sum = weights.reduce((all, weight) => all + (weight > 0 ? 2 ** (weight - 1) : 0), 0)
  const log = sum > 0 ? highestBit(sum) + 1 : MOST_BITS + 1
  const missing = 2 ** log - sum
  const isComplete = weights.length <= 255 && (missing & (missing - 1)) === 0
  if (log > MOST_BITS || !isComplete) throw new ZstdFault('a table is damaged')
  const all = [...weights, highestBit(missing) + 1]
  const symbols = new Uint8Array(1 << log)
  const bits = new Uint8Array(1 << log)
  let at = 0
  for (let weight = 1; weight <= log; weight++) {
    all.forEach((own, symbol) => {
      if (own !== weight) return
      const to = at + (1 << (weight - 1))
      symbols.fill(symbol, at, to)
      bits.fill(log + 1 - weight, at, to)
      at = to
    })
  }
  return { log, symbols, bits }
}

function decode(bytes: Uint8Array, into: Uint8Array, { log, symbols, bits }: HuffmanTable): void {
  const stream = new BackwardBits(bytes)
  const mask = (1 << log) - 1
  let state = stream.read(log)
  for (let i = 0; i < into.length; i++) {
    const taken = bits[state] ?? 0
    into[i] = symbols[state] ?? 0
    state = ((state << taken) | stream.read(taken)) & mask
  }
  if (stream.left !== -log) throw new ZstdFault('the literals are damaged')
}

function decodeFour(bytes: Uint8Array, into: Uint8Array, table: HuffmanTable): void {
  const quarter = (into.length + 3) >> 2
  let from = 6
  for (let i = 0; i < 4; i++) {
    const to = i < 3 ? from + ((bytes[i * 2] ?? 0) | ((bytes[i * 2 + 1] ?? 0) << 8)) : bytes.length
    if (to > bytes.length) throw new ZstdFault('the literals are cut off')
    decode(bytes.subarray(from, to), into.subarray(i * quarter, i < 3 ? (i + 1) * quarter : into.length), table)
    from = to
  }
}
