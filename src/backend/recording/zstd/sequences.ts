import { BackwardBits } from './backward-bits'
import { ZstdFault } from './fault'
import { fseTable, nextState, oneSymbol, readFseTable, type FseLimits, type FseTable } from './fse'

// The sequences section of a block, RFC 8878 section 3.1.1.3.2: so many literals, then so many bytes from so far back.

/** The three numbers of a sequence, in the order of their tables. */
const PARTS = ['literals', 'offset', 'match'] as const
type Part = (typeof PARTS)[number]
export type SequenceTables = Record<Part, FseTable | null>

/** How a symbol becomes a number: what it begins with, and how many bits are added. */
type Codes = { bases: number[]; bits: number[]; most: FseLimits; usual: FseTable }

function codes(bits: number[], from: number, log: number): Pick<Codes, 'bases' | 'bits' | 'most'> {
  let next = from
  const bases = bits.map((count) => {
    const base = next
    next += 2 ** count
    return base
  })
  return { bases, bits, most: { log, symbol: bits.length - 1 } }
}

function repeated(value: number, times: number): number[] {
  return Array.from({ length: times }, () => value)
}

const LITERAL_COUNTS = [
  4, 3, ...repeated(2, 11), 1, 1, 1, ...repeated(2, 9), 3, 2, ...repeated(1, 5), ...repeated(-1, 4),
]
const OFFSET_COUNTS = [...repeated(1, 6), 2, 2, 2, ...repeated(1, 15), ...repeated(-1, 5)]
const MATCH_COUNTS = [1, 4, 3, ...repeated(2, 6), ...repeated(1, 37), ...repeated(-1, 7)]

const CODES: Record<Part, Codes> = {
  literals: {
    ...codes([...repeated(0, 16), 1, 1, 1, 1, 2, 2, 3, 3, 4, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16], 0, 9),
    usual: fseTable(LITERAL_COUNTS, 6),
  },
  offset: { ...codes(Array.from({ length: 31 }, (_, i) => i), 1, 8), usual: fseTable(OFFSET_COUNTS, 5) },
  match: {
    ...codes([...repeated(0, 32), 1, 1, 1, 1, 2, 2, 3, 3, 4, 4, 5, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16], 3, 9),
    usual: fseTable(MATCH_COUNTS, 6),
  },
}

/** Called for each sequence; `offset` may name one of the last three, RFC 8878 section 3.1.1.5. */
export type OnSequence = (literals: number, offset: number, match: number) => void

/** Reads the section; tables that the block describes stay in `tables` for those that follow. */
export function readSequences(section: Uint8Array, tables: SequenceTables, onSequence: OnSequence): void {
  const { count, header } = countOf(section)
  if (count === 0) return
  const modes = section[header] ?? 0
  if ((modes & 3) !== 0) throw new ZstdFault('a block has reserved bits set')
  let at = header + 1
  PARTS.forEach((part, i) => {
    const read = readTable({ section, at, mode: (modes >> (6 - i * 2)) & 3, part, known: tables[part] })
    tables[part] = read.table
    at = read.to
  })
  const { literals, offset, match } = tables
  if (literals === null || offset === null || match === null) throw new ZstdFault('a block repeats a missing table')
  const stream = new BackwardBits(section.subarray(at))
  let ofLiterals = stream.read(literals.log)
  let ofOffset = stream.read(offset.log)
  let ofMatch = stream.read(match.log)
  for (let i = 1; i <= count; i++) {
    const back = valueOf(CODES.offset, offset.symbols[ofOffset], stream)
    const length = valueOf(CODES.match, match.symbols[ofMatch], stream)
    onSequence(valueOf(CODES.literals, literals.symbols[ofLiterals], stream), back, length)
    if (i === count) break
    ofLiterals = nextState(literals, ofLiterals, stream)
    ofMatch = nextState(match, ofMatch, stream)
    ofOffset = nextState(offset, ofOffset, stream)
  }
  if (stream.left !== 0) throw new ZstdFault('the sequences are damaged')
}

function countOf(section: Uint8Array): { count: number; header: number } {
  const [first = 0, second = 0, third = 0] = section
  if (first < 128) return { count: first, header: 1 }
  if (first < 255) return { count: ((first - 128) << 8) | second, header: 2 }
  return { count: (second | (third << 8)) + 0x7f00, header: 3 }
}

type TableAsk = { section: Uint8Array; at: number; mode: number; part: Part; known: FseTable | null }

function readTable({ section, at, mode, part, known }: TableAsk): { table: FseTable | null; to: number } {
  const { usual, most } = CODES[part]
  if (mode === 0) return { table: usual, to: at }
  if (mode === 1) return { table: oneSymbol(section[at] ?? 255), to: at + 1 }
  return mode === 2 ? readFseTable(section, at, most) : { table: known, to: at }
}

function valueOf({ bases, bits }: Codes, symbol: number | undefined, stream: BackwardBits): number {
  const base = bases[symbol ?? -1]
  const count = bits[symbol ?? -1]
  if (base === undefined || count === undefined) throw new ZstdFault('a length or a distance cannot be')
  return base + stream.read(count)
}
