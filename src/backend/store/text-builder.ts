import type { RawTails } from './raw-tails'
import { DIGEST_BYTES, type Arrays, type Codes, type EncodedText } from './text-column'

/** A column with fewer distinct values than this stays in coded form. */
const FEW = 64
/** From so many on, values that stand in the records' bytes are not written again. */
const SOME = 256
/** So many are seen before coding is given up early. */
const MANY = 2048
/** A column varies where one in so many values is new: coding it would cost more than it spares. */
const VARIED = 2
/** One in so many values may stand elsewhere than at the end of its record. */
const ELSEWHERE = 16
/** A column whose values mostly differed is taken to go on so for this many batches. */
const TRUST = 16
const HEX_DIGITS = 2 * DIGEST_BYTES
/** Ports and most process ids are below this: numbers are found in a table faster than their texts in a map. */
const NUMBERS = 2 ** 17
const NUMBER_DIGITS = 6
/** Values of which a batch must have so many before a column gets such a table, which is large. */
const MANY_NUMBERS = 1024

type Values = (string | undefined)[]

/** What a column becomes part of: the block's arrays, and the ends of its records' bytes. */
export type BuildHome = { arrays: Arrays; rows: number; tails: RawTails }

/** Collects the texts of one column, row by row, finds the form that suits them, and begins anew. */
export class TextBuilder {
  #values: string[] = []
  #codeOf = new Map<string, number>()
  #codes = new Uint32Array(0)
  /** All values by row, once most of them differ. */
  #plain: Values | null = null
  #last = ''
  /** 0 where there is no last one. */
  #lastCode = 0
  /** Values met lately and their codes, by `placeOf`. */
  #recent: string[] = []
  #recentCodes: number[] = []
  /** Codes of values that are small numbers, by number, once there are many. */
  #numberCodes: Uint32Array | null = null
  #held = 0
  #trust = 0

  /** Rows come in order; those without a value are left out. */
  add(row: number, value: string | undefined): void {
    if (value !== undefined) this.#take(row, value)
  }

  #take(row: number, value: string): void {
    this.#held++
    if (this.#plain) {
      while (this.#plain.length < row) this.#plain.push(undefined)
      this.#plain.push(value)
      return
    }
    if (row >= this.#codes.length) this.#codes = grown(this.#codes, row + 1)
    if (this.#lastCode === 0 || value !== this.#last) {
      this.#lastCode = this.#codeFor(value)
      this.#last = value
    }
    this.#codes[row] = this.#lastCode
    if (this.#values.length >= MANY && this.#isVaried()) this.#plain = this.#spread(row + 1)
  }

  /** All values with their rows; begins anew. */
  take(rows: number): [row: number, value: string][] {
    const values = this.#plain ?? this.#spread(rows)
    const found = values.flatMap((value, row): [row: number, value: string][] => (value === undefined ? [] : [[row, value]]))
    this.#clear()
    return found
  }

  /** Adds the column's arrays; null when no row has a value. */
  finish(home: BuildHome): EncodedText | null {
    if (this.#held === 0 && this.#trust === 0) return null
    const encoded = this.#held === 0 ? null : this.#encode(home)
    const isCoded = encoded === null || encoded.form === 'codes' || encoded.form === 'same'
    this.#trust = isCoded ? 0 : this.#trust > 0 ? this.#trust - 1 : TRUST
    this.#clear()
    return encoded
  }

  #clear(): void {
    this.#plain = this.#trust > 0 ? [] : null
    this.#codes.fill(0)
    this.#values = []
    this.#codeOf = new Map()
    this.#last = ''
    this.#lastCode = 0
    this.#numberCodes?.fill(0)
    this.#recent = []
    this.#recentCodes = []
    this.#held = 0
  }

  #encode(home: BuildHome): EncodedText {
    const [value] = this.#values
    if (this.#values.length === 1 && value !== undefined && this.#held === home.rows) return { form: 'same', value }
    const isVaried = this.#plain !== null || (this.#values.length >= FEW && this.#isVaried())
    const tails = isVaried || this.#values.length >= SOME ? encodeTails((row) => this.#at(row), home) : null
    if (tails) return tails
    if (isVaried) {
      const plain = this.#plain ?? this.#spread(home.rows)
      while (plain.length < home.rows) plain.push(undefined)
      return encodeDigests(plain, home) ?? encodeBytes(plain, home)
    }
    if (this.#codes.length < home.rows) this.#codes = grown(this.#codes, home.rows)
    const codes = narrow(this.#codes.slice(0, home.rows), this.#values.length)
    return { form: 'codes', values: this.#values, codes: home.arrays.push(codes) - 1 }
  }

  #isVaried(): boolean {
    return this.#values.length * VARIED > this.#held
  }

  #codeFor(value: string): number {
    const place = placeOf(value)
    if (this.#recent[place] === value) return this.#recentCodes[place] ?? 0
    const number = this.#numberCodes === null ? -1 : smallNumber(value)
    const code = number < 0 ? this.#codeOfText(value) : this.#codeOfNumber(number, value)
    this.#recent[place] = value
    this.#recentCodes[place] = code
    return code
  }

  #codeOfText(value: string): number {
    const known = this.#codeOf.get(value)
    if (known !== undefined) return known
    const code = this.#values.push(value)
    this.#codeOf.set(value, code)
    if (code === MANY_NUMBERS && smallNumber(value) >= 0) this.#numberCodes = numberCodes(this.#values)
    return code
  }

  #codeOfNumber(number: number, value: string): number {
    const codes = this.#numberCodes
    return codes === null ? 0 : (codes[number] ||= this.#values.push(value))
  }

  #at(row: number): string | undefined {
    return this.#plain ? this.#plain[row] : this.#values[(this.#codes[row] ?? 0) - 1]
  }

  #spread(rows: number): Values {
    const values: Values = []
    for (let row = 0; row < rows; row++) values.push(this.#at(row))
    return values
  }
}

const PLACES = 32

function placeOf(value: string): number {
  const { length } = value
  return length === 0 ? 0 : (length + value.charCodeAt(0) + 5 * value.charCodeAt(length - 1)) % PLACES
}

/** The code of each value that is a small number, by number. */
function numberCodes(values: readonly string[]): Uint32Array {
  const codes = new Uint32Array(NUMBERS)
  for (const [i, value] of values.entries()) {
    const number = smallNumber(value)
    if (number >= 0) codes[number] = i + 1
  }
  return codes
}

/** The number that is written just so, below `NUMBERS`; else -1. */
function smallNumber(value: string): number {
  const { length } = value
  if (length === 0 || length > NUMBER_DIGITS || (length > 1 && value.charCodeAt(0) === 48)) return -1
  let number = 0
  for (let at = 0; at < length; at++) {
    const digit = value.charCodeAt(at) - 48
    if (digit < 0 || digit > 9) return -1
    number = number * 10 + digit
  }
  return number < NUMBERS ? number : -1
}

function encodeDigests(values: Values, { arrays }: BuildHome): EncodedText | null {
  const numbers = new Uint32Array(values.length)
  for (let row = 0; row < values.length; row++) {
    const value = values[row]
    const number = value === undefined || value.length <= HEX_DIGITS ? -1 : suffixNumber(value)
    if (number < 0) return null
    numbers[row] = number
  }
  const joined = values.join('')
  const text = Buffer.from(joined)
  if (text.length !== joined.length) return null
  const digests = new Uint8Array(values.length * DIGEST_BYTES)
  let from = 0
  for (let row = 0; row < values.length; row++) {
    if (!putDigits(text, from, digests.subarray(row * DIGEST_BYTES))) return null
    from += values[row]?.length ?? 0
  }
  return { form: 'digest', digests: arrays.push(digests) - 1, numbers: arrays.push(narrowed(numbers)) - 1 }
}

/** False where a character is no lower-case hexadecimal digit. */
function putDigits(text: Uint8Array, from: number, into: Uint8Array): boolean {
  let all = 0
  for (let i = 0; i < DIGEST_BYTES; i++) {
    const byte = ((DIGITS[text[from + 2 * i] ?? 0] ?? 0) << 4) | (DIGITS[text[from + 2 * i + 1] ?? 0] ?? 0)
    into[i] = byte
    all |= byte
  }
  return all >= 0
}

/** By character; negative where it is no lower-case hexadecimal digit. */
const DIGITS = Int8Array.from({ length: 256 }, (_, code) => '0123456789abcdef'.indexOf(String.fromCharCode(code)))

/** The number after the digits and a colon; -1 where it is not written just so. */
function suffixNumber(value: string): number {
  if (value.endsWith(':1') && value.length === HEX_DIGITS + 2) return 1
  if (value.charCodeAt(HEX_DIGITS) !== 58) return -1
  const text = value.slice(HEX_DIGITS + 1)
  const number = Number(text)
  return String(number) === text && Number.isInteger(number) && number >= 0 && number <= 0xffff_ffff ? number : -1
}

function encodeTails(valueAt: (row: number) => string | undefined, { arrays, rows, tails }: BuildHome): EncodedText | null {
  const most = rows / ELSEWHERE
  const lengths = new Uint32Array(rows)
  const others: [row: number, value: string][] = []
  for (let row = 0; row < rows; row++) {
    const value = valueAt(row)
    if (value === undefined) continue
    if (tails.has(row, value)) lengths[row] = value.length + 1
    else if (others.push([row, value]) > most) return null
  }
  return { form: 'tail', lengths: arrays.push(narrowed(lengths)) - 1, others }
}

function encodeBytes(values: Values, home: BuildHome): EncodedText {
  const bytes = Buffer.from(values.join(''))
  const { lengths, total } = lengthsOf(values, (value) => value.length)
  if (total === bytes.length) return toBytes(home, { lengths, bytes, others: [] })
  const others: [row: number, value: string][] = []
  const sound = values.map((value, row) => {
    if (value === undefined || !LONE_SURROGATE.test(value)) return value
    others.push([row, value])
    return undefined
  })
  return toBytes(home, { lengths: lengthsOf(sound, (value) => Buffer.byteLength(value)).lengths, bytes: Buffer.from(sound.join('')), others })
}

/** Halves of characters, which UTF-8 does not have. */
const LONE_SURROGATE = /\p{Surrogate}/u

function lengthsOf(values: Values, lengthOf: (value: string) => number) {
  const lengths = new Uint32Array(values.length)
  let total = 0
  for (let row = 0; row < values.length; row++) {
    const value = values[row]
    if (value === undefined) continue
    const length = lengthOf(value)
    lengths[row] = length + 1
    total += length
  }
  return { lengths, total }
}

type Bytes = { lengths: Uint32Array; bytes: Buffer; others: [row: number, value: string][] }

function toBytes({ arrays }: BuildHome, { lengths, bytes, others }: Bytes): EncodedText {
  return { form: 'bytes', lengths: arrays.push(narrowed(lengths)) - 1, bytes: arrays.push(bytes) - 1, others }
}

/** The same numbers in as few bytes as the greatest of them needs. */
export function narrowed(numbers: Uint32Array): Codes {
  let greatest = 0
  for (let i = 0; i < numbers.length; i++) greatest = Math.max(greatest, numbers[i] ?? 0)
  return narrow(numbers, greatest)
}

export function narrow(numbers: Uint32Array, greatest: number): Codes {
  if (greatest < 0x100) return new Uint8Array(numbers)
  return greatest < 0x1_0000 ? new Uint16Array(numbers) : numbers
}

function grown(codes: Uint32Array, length: number): Uint32Array<ArrayBuffer> {
  const larger = new Uint32Array(Math.max(length, codes.length * 2))
  larger.set(codes)
  return larger
}
