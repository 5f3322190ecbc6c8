// Follows the states of the parser of xterm.js 6 (VT500_TRANSITION_TABLE) as far as strings go. It filters nothing:
// where it should err, a fact is missing or one too many, and the terminal shows what it shows.

export type StringKind = 'OSC' | 'DCS' | 'APC'

/** Bytes of one string after which it is told of: titles and links are far shorter. */
export const LONG_STRING_BYTES = 4096

const REST = 0
const ESCAPE = 1
const OSC = 2
/** SOS, PM and APC are one to the parser. */
const APC = 3
const DCS_BEGIN = 4
const DCS_AFTER_PARAMETER = 5
const DCS_AFTER_INTERMEDIATE = 6
const DCS = 7
type State = 0 | 1 | 2 | 3 | 4 | 5 | 6 | 7

/** Any printable character that is not ASCII. */
const WIDE = 0xa0
const NONE = -1

/** A string that swallowed more than it should have: `bytes` so far, or in all once it has ended. */
export type LongString = { kind: StringKind; at: number; bytes: number; hasEnded: boolean }

/** Watches for control strings that swallow output. */
export class StringWatch {
  readonly #found: LongString[] = []
  readonly #most: number
  #state: State = REST
  #began = 0
  #bytes = 0
  #listed: LongString | null = null
  /** Bytes still to come of a character, what is read of it, and below what it would be too long a form. */
  #wanted = 0
  #code = 0
  #least = 0

  constructor(most = 1000) {
    this.#most = most
  }

  /** Whether what comes next would be swallowed. */
  get isInString(): boolean {
    return this.#state >= OSC
  }

  get found(): readonly LongString[] {
    return this.#found
  }

  /** Output in the order in which the terminal gets it; `time` in seconds since the start. */
  read(time: number, bytes: Uint8Array): void {
    for (let at = 0; at < bytes.length; at++) {
      const byte = bytes[at] ?? 0
      if (this.#state >= OSC) this.#count()
      const code = byte < 0x80 ? this.#ascii(byte) : this.#decode(byte)
      if (code === NONE) continue
      const next = nextState(this.#state, code)
      const begins = next >= OSC && (this.#state < OSC || code >= 0x80) && code < WIDE
      if (this.#state >= OSC && (next < OSC || begins)) this.#end()
      if (begins) this.#began = time
      this.#state = next
    }
  }

  #count(): void {
    this.#bytes++
    if (this.#listed !== null) this.#listed.bytes = this.#bytes
    else if (this.#bytes > LONG_STRING_BYTES && this.#found.length < this.#most) {
      const kind = this.#state === OSC ? 'OSC' : this.#state === APC ? 'APC' : 'DCS'
      this.#listed = { kind, at: this.#began, bytes: this.#bytes, hasEnded: false }
      this.#found.push(this.#listed)
    }
  }

  #end(): void {
    if (this.#listed !== null) this.#listed.hasEnded = true
    this.#listed = null
    this.#bytes = 0
  }

  #ascii(byte: number): number {
    this.#wanted = 0
    return byte
  }

  /** UTF-8 as the terminal reads it: what is wrong is left out. */
  #decode(byte: number): number {
    if ((byte & 0xc0) === 0x80) {
      if (this.#wanted === 0) return NONE
      this.#code = (this.#code << 6) | (byte & 0x3f)
      this.#wanted--
      return this.#wanted > 0 || this.#code < this.#least ? NONE : Math.min(this.#code, WIDE)
    }
    this.#wanted = byte >= 0xf8 ? 0 : byte >= 0xf0 ? 3 : byte >= 0xe0 ? 2 : 1
    this.#least = byte >= 0xf0 ? 0x10000 : byte >= 0xe0 ? 0x800 : 0x80
    this.#code = byte & (byte >= 0xf0 ? 0x07 : byte >= 0xe0 ? 0x0f : 0x1f)
    return NONE
  }
}

function nextState(state: State, code: number): State {
  if (code === 0x1b) return ESCAPE
  if (code === 0x18 || code === 0x1a) return REST
  if (code >= 0x80 && code < WIDE) return afterC1(code)
  if (state === REST) return REST
  if (state === ESCAPE) return afterEscape(code)
  if (state === OSC) return code === 0x07 ? REST : OSC
  if (state === APC) return code === WIDE ? REST : APC
  return state === DCS ? DCS : afterDcs(state, code)
}

function afterC1(code: number): State {
  if (code === 0x9d) return OSC
  if (code === 0x90) return DCS_BEGIN
  return code === 0x98 || code === 0x9e || code === 0x9f ? APC : REST
}

function afterEscape(code: number): State {
  if (code < 0x20 || code === 0x7f) return ESCAPE
  if (code === 0x5d) return OSC
  if (code === 0x50) return DCS_BEGIN
  return code === 0x58 || code === 0x5e || code === 0x5f ? APC : REST
}

/** Within the parameters of a device control string; what is out of order there is swallowed with the rest. */
function afterDcs(state: State, code: number): State {
  if (code < 0x20 || code === 0x7f) return state
  if (code === WIDE) return REST
  if (code >= 0x40) return DCS
  if (code < 0x30) return DCS_AFTER_INTERMEDIATE
  if (state === DCS_AFTER_INTERMEDIATE || (state === DCS_AFTER_PARAMETER && code >= 0x3c)) return DCS
  return DCS_AFTER_PARAMETER
}
