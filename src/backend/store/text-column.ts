// The texts of one column of a block, one per row or none, in one of these forms:
//   same    every row has this value
//   codes   codes into a list of distinct values; 0 stands for none
//   bytes   all values end to end as UTF-8, with one more than the length of each in bytes; 0 stands for none, or for one
//           of the few values that UTF-8 cannot hold, which stand beside them
//   tail    each value stands at the end of its record's own bytes, one character a byte; `lengths` as above, and the few
//           values that do not stand there beside them
//   digest  each value is 64 lower-case hexadecimal digits, a colon and a number: 32 bytes and the number

export type EncodedText =
  | { form: 'same'; value: string }
  | { form: 'codes'; values: string[]; codes: number }
  | { form: 'bytes'; lengths: number; bytes: number; others: [row: number, value: string][] }
  | { form: 'tail'; lengths: number; others: [row: number, value: string][] }
  | { form: 'digest'; digests: number; numbers: number }

export type Arrays = (Float64Array | Uint32Array | Uint16Array | Uint8Array)[]
export type Codes = Uint8Array | Uint16Array | Uint32Array

export const DIGEST_BYTES = 32

/** Texts that stand in a piece of memory, where a row has one: bytes `starts[row]` to `ends[row]`. */
export type Spans = {
  bytes: Buffer
  encoding: 'utf8' | 'latin1'
  starts: Uint32Array
  ends: Uint32Array
  /** One more than the length; 0 where the row has none here. */
  lengths: Codes
  /** Values of rows that have none here. */
  others: [row: number, value: string][]
}

export type TextValues = {
  /** The value of every row, where they have one. */
  same: string | null
  at(row: number): string | undefined
  /** Whether the value is what stands in a text from there to its end. */
  isRest(row: number, text: string, from: number): boolean
  /** Distinct values and the codes into them, where the column has that form. */
  coded: { values: string[]; codes: Codes } | null
  spans: Spans | null
  rowsWith(value: string): number[]
}

/** What decoding needs of the block: its arrays, how many rows it has, and its records' bytes with the end of each. */
export type TextHome = { array: (index: number) => Arrays[number]; rows: number; raw(): Uint8Array; rawEnds: Uint32Array }

export function decodeText(encoded: EncodedText, home: TextHome): TextValues {
  switch (encoded.form) {
    case 'same':
      return { ...decodeCodes([encoded.value], ones(home.rows)), same: encoded.value }
    case 'codes':
      return decodeCodes(encoded.values, home.array(encoded.codes) as Codes)
    case 'bytes': {
      const lengths = home.array(encoded.lengths) as Codes
      const ends = new Uint32Array(lengths.length)
      let end = 0
      for (let row = 0; row < lengths.length; row++) ends[row] = end += Math.max(0, (lengths[row] ?? 0) - 1)
      const bytes = bufferOf(home.array(encoded.bytes))
      return decodeSpans({ bytes, encoding: 'utf8', ends, lengths, others: encoded.others })
    }
    case 'tail': {
      const lengths = home.array(encoded.lengths) as Codes
      const bytes = bufferOf(home.raw())
      return decodeSpans({ bytes, encoding: 'latin1', ends: home.rawEnds, lengths, others: encoded.others })
    }
    case 'digest':
      return decodeDigests(bufferOf(home.array(encoded.digests)), home.array(encoded.numbers) as Codes)
  }
}

/** Codes of a column that has one value; shared, because a page of records has dozens of such columns. */
const ONES = new Uint8Array(4096).fill(1)

function ones(rows: number): Uint8Array {
  return rows <= ONES.length ? ONES.subarray(0, rows) : new Uint8Array(rows).fill(1)
}

function decodeCodes(values: string[], codes: Codes): TextValues {
  const at = (row: number) => values[(codes[row] ?? 0) - 1]
  return { same: null, at, isRest: restOf(at), coded: { values, codes }, spans: null, rowsWith: (value) => rowsWhere(codes, (row) => at(row) === value) }
}

function decodeSpans(given: Omit<Spans, 'starts'>): TextValues {
  const { bytes, encoding, ends, lengths } = given
  const starts = new Uint32Array(lengths.length)
  for (let row = 0; row < lengths.length; row++) starts[row] = (ends[row] ?? 0) - Math.max(0, (lengths[row] ?? 0) - 1)
  const others = new Map(given.others)
  const at = (row: number) =>
    (lengths[row] ?? 0) === 0 ? others.get(row) : bytes.toString(encoding, starts[row] ?? 0, ends[row] ?? 0)
  return { same: null, at, isRest: restOf(at), coded: null, spans: { ...given, starts }, rowsWith: (value) => rowsWhere(lengths, (row) => at(row) === value) }
}

function decodeDigests(digests: Buffer, numbers: Codes): TextValues {
  const at = (row: number) => `${digests.toString('hex', row * DIGEST_BYTES, (row + 1) * DIGEST_BYTES)}:${numbers[row] ?? 0}`
  const rowsWith = (value: string) => {
    const digest = Buffer.from(value.slice(0, 2 * DIGEST_BYTES), 'hex')
    const rows: number[] = []
    if (digest.length < DIGEST_BYTES) return rows
    for (let found = digests.indexOf(digest); found >= 0; found = digests.indexOf(digest, found + 1)) {
      if (found % DIGEST_BYTES === 0 && at(found / DIGEST_BYTES) === value) rows.push(found / DIGEST_BYTES)
    }
    return rows
  }
  const isRest = (row: number, text: string, from: number) => isDigestAt(digests.subarray(row * DIGEST_BYTES, (row + 1) * DIGEST_BYTES), text, from) && text.slice(from + 2 * DIGEST_BYTES) === `:${numbers[row] ?? 0}`
  return { same: null, at, isRest, coded: null, spans: null, rowsWith }
}

function isDigestAt(digest: Buffer, text: string, from: number): boolean {
  for (let byte = 0; byte < DIGEST_BYTES; byte++) {
    const value = digest[byte] ?? 0
    if (text.charCodeAt(from + 2 * byte) !== hexUnit(value >> 4) || text.charCodeAt(from + 2 * byte + 1) !== hexUnit(value & 15)) return false
  }
  return true
}

/** UTF-16 code unit of a hexadecimal digit. Without a branch: no processor guesses the digits of a hash. */
export function hexUnit(digit: number): number {
  return digit + 48 + (((9 - digit) >> 31) & 39)
}

function restOf(at: (row: number) => string | undefined): TextValues['isRest'] {
  return (row, text, from) => {
    const value = at(row)
    return value !== undefined && value.length === text.length - from && text.endsWith(value)
  }
}

function rowsWhere(column: Codes, is: (row: number) => boolean): number[] {
  const rows: number[] = []
  for (let row = 0; row < column.length; row++) if (is(row)) rows.push(row)
  return rows
}

function bufferOf(part: Arrays[number] | undefined): Buffer {
  return part ? Buffer.from(part.buffer, part.byteOffset, part.byteLength) : Buffer.alloc(0)
}
