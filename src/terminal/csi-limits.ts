import { INPUT_MODES } from './input-modes'

/** Parameters of one sequence that are kept; xterm itself reads 32 numbers and 32 parts of numbers. */
const MOST_PARAMETER_BYTES = 512
/** Numbers end here in xterm too. */
const MOST_NUMBER = 0x7fffffff
/** No number of a sequence needs to be larger, where it is not a colour. */
const USUAL_MOST = 9999

const ZERO = 0x30
const NINE = 0x39
const SEMICOLON = 0x3b
const COLON = 0x3a
const QUESTION = 0x3f
const REP = 0x62
const SGR = 0x6d
const SET = 0x68
const RESET = 0x6c

/** How often xterm repeats the work of a sequence, at most, before the screen cannot change any more. */
function mostSteps(final: number, cols: number, rows: number): number {
  switch (String.fromCharCode(final)) {
    case 'S':
    case 'T':
    case 'L':
    case 'M':
      return rows
    case 'I':
    case 'Z':
    case '@':
    case 'P':
    case 'X':
      return cols
    case 'b':
      return rows * cols
    default:
      return USUAL_MOST
  }
}

/** The number of steps that has the same effect. Repeated characters (REP) go on from row to row: the column counts. */
function sameSteps(number: number, final: number, { cols, rows }: { cols: number; rows: number }): number {
  const most = mostSteps(final, cols, rows)
  return number <= most ? number : most + (final === REP ? number % cols : 0)
}

/** The parameters of the control sequence being read, in bounded memory. */
export class CsiParameters {
  readonly #bytes = new Uint8Array(MOST_PARAMETER_BYTES)
  #length = 0
  /** Of the number being read; -1 where none has begun. */
  #number = -1
  /** The number that counts steps: before the first separator. */
  #first = 0
  #separated = false
  #largest = 0
  #intermediate = false
  #ignored = false

  begin(): void {
    this.#length = 0
    this.#number = -1
    this.#first = 0
    this.#separated = false
    this.#largest = 0
    this.#intermediate = false
    this.#ignored = false
  }

  /** The terminal will not act on this sequence, whatever follows. */
  get ignored(): boolean {
    return this.#ignored
  }

  /** Forgets what was taken: it went to the terminal, which still ignores what follows. */
  flushed(): void {
    this.#length = 0
    this.#number = -1
  }

  /** Takes one byte 20..3F; false where it was not kept as it is. */
  take(byte: number): boolean {
    if (this.#length === MOST_PARAMETER_BYTES) return false
    if (byte >= ZERO && byte <= NINE) return this.#digit(byte)
    this.#number = -1
    if (byte === SEMICOLON || byte === COLON) this.#separated = true
    if (byte < ZERO) this.#intermediate = true
    else if (this.#intermediate || (byte > SEMICOLON && this.#length > 0)) this.#ignored = true
    return this.#keep(byte)
  }

  #digit(byte: number): boolean {
    if (this.#intermediate) this.#ignored = true
    if (this.#number === MOST_NUMBER) return false
    const leadingZero = this.#number === 0
    this.#number = Math.min(Math.max(this.#number, 0) * 10 + byte - ZERO, MOST_NUMBER)
    if (this.#number > this.#largest) this.#largest = this.#number
    if (!this.#separated) this.#first = this.#number
    if (!leadingZero) return this.#keep(byte)
    this.#bytes[this.#length - 1] = byte
    return false
  }

  #keep(byte: number): boolean {
    this.#bytes[this.#length++] = byte
    return true
  }

  /** Whether a sequence with this final byte may go to the terminal with these numbers. */
  fits(final: number, cols: number, rows: number): boolean {
    if (final === SGR) return true
    if (this.#largest > USUAL_MOST || this.#first > mostSteps(final, cols, rows)) return false
    return !this.#separated || !this.#setsModes(final) || !this.#numbers().some((number) => INPUT_MODES.has(number))
  }

  /** The parameters with numbers no larger than the final byte allows; lists of modes without those of the input. */
  clamped(final: number, cols: number, rows: number): Uint8Array {
    const isModes = this.#setsModes(final)
    const text = this.#text().replace(/\d+/g, (digits, at: number) => {
      const number = Math.min(Number(digits), MOST_NUMBER)
      if (isModes && INPUT_MODES.has(number)) return '0'
      if (at > this.#prefixLength()) return String(Math.min(number, USUAL_MOST))
      return String(sameSteps(number, final, { cols, rows }))
    })
    return Uint8Array.from(text, (char) => char.charCodeAt(0))
  }

  #setsModes(final: number): boolean {
    return (final === SET || final === RESET) && this.#bytes[0] === QUESTION && this.#length > 0
  }

  #prefixLength(): number {
    return this.#length > 0 && (this.#bytes[0] ?? 0) > SEMICOLON ? 1 : 0
  }

  #numbers(): number[] {
    return this.#text().split(/\D+/).map(Number)
  }

  #text(): string {
    return String.fromCharCode(...this.held())
  }

  /** The parameters so far, without what they could do without; a view. */
  held(): Uint8Array {
    return this.#bytes.subarray(0, this.#length)
  }
}
