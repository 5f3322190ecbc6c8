// One text per row in one of two forms: `codes` into a list of distinct values (0 stands for none), or, where most values
// differ, `bytes`: all values as UTF-8 with the end of each. A row without a value is the one byte 0xff, which no UTF-8 has.

export type EncodedText =
  | { form: 'codes'; values: string[]; part: number }
  | { form: 'bytes'; ends: number; bytes: number }

type Arrays = (Float64Array | Uint32Array | Uint16Array | Uint8Array)[]

export type TextValues = {
  at(row: number): string | undefined
  /** Distinct values and the codes into them, where the column has that form. */
  coded: { values: string[]; codes: Uint8Array | Uint16Array | Uint32Array } | null
  /** All texts and their ends, where the column has that form. */
  plain: { bytes: Buffer; ends: Uint32Array } | null
}

const NONE = 0xff
const FEW = 64
const REPLACED = Buffer.from('\ufffd')
const LONE = /\p{Cs}/u

/** Adds the column's arrays; null when no row has a value. */
export function encodeText(values: (string | undefined)[], arrays: Arrays): EncodedText | null {
  const codes = new Map<string, number>()
  const coded = new Uint32Array(values.length)
  const most = Math.max(FEW, Math.ceil(values.length / 2))
  let held = 0
  for (let row = 0; row < values.length; row++) {
    const value = values[row]
    if (value === undefined) continue
    held++
    let code = codes.get(value)
    if (code === undefined) {
      if (codes.size === most) {
        const plain = encodePlain(values, arrays)
        if (plain) return plain
      }
      code = codes.size + 1
      codes.set(value, code)
    }
    coded[row] = code
  }
  if (held === 0) return null
  return { form: 'codes', values: [...codes.keys()], part: arrays.push(narrow(coded, codes.size)) - 1 }
}

/** Null when a text has lone surrogates, which UTF-8 cannot hold. */
function encodePlain(values: (string | undefined)[], arrays: Arrays): EncodedText | null {
  const bytes = Buffer.allocUnsafe(values.reduce((size, value) => size + (value === undefined ? 1 : value.length * 3), 0))
  const ends = new Uint32Array(values.length)
  let end = 0
  for (let row = 0; row < values.length; row++) {
    const value = values[row]
    if (value === undefined) bytes[end++] = NONE
    else end += bytes.write(value, end)
    ends[row] = end
  }
  // They were written as U+FFFD.
  if (bytes.subarray(0, end).includes(REPLACED) && values.some((value) => value !== undefined && LONE.test(value))) return null
  return { form: 'bytes', ends: arrays.push(ends) - 1, bytes: arrays.push(new Uint8Array(bytes.subarray(0, end))) - 1 }
}

function narrow(codes: Uint32Array, highest: number): Uint8Array | Uint16Array | Uint32Array {
  if (highest < 0x100) return new Uint8Array(codes)
  return highest < 0x1_0000 ? new Uint16Array(codes) : codes
}

export function decodeText(encoded: EncodedText, arrays: Arrays): TextValues {
  if (encoded.form === 'codes') {
    const { values } = encoded
    const codes = arrays[encoded.part] as Uint8Array
    return { at: (row) => values[(codes[row] ?? 0) - 1], coded: { values, codes }, plain: null }
  }
  const ends = arrays[encoded.ends] as Uint32Array
  const part = arrays[encoded.bytes] as Uint8Array
  const bytes = Buffer.from(part.buffer, part.byteOffset, part.byteLength)
  const at = (row: number) => {
    const start = row === 0 ? 0 : (ends[row - 1] ?? 0)
    const end = ends[row] ?? start
    return end - start === 1 && bytes[start] === NONE ? undefined : bytes.toString('utf8', start, end)
  }
  return { at, coded: null, plain: { bytes, ends } }
}
