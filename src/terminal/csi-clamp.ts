import { CsiParameters } from './csi-limits'
import { MOST_MARKS, MOST_STRING_BYTES } from './limits'
import { LazyOutput } from './output'
import { NO_CHARACTER, readUtf8, UNFINISHED, type Utf8 } from './utf8'
import { isZeroWidth } from './zero-width'

// The states of xterm's own parser, as far as they decide what begins and ends a sequence. ESC, CAN, SUB and the C1
// controls do so in every state, so that no string can hide a sequence from this, or make one up.
const GROUND = 0
const ESCAPE = 1
/** ESC and 20..2F: the next byte from 30 on ends it. */
const ESCAPE_INTERMEDIATE = 2
const CSI = 3
const OSC = 4
/** DCS: until ESC or a C1. Its header may end it sooner; then this state is left later than xterm's. */
const DCS = 5
/** SOS, PM and APC: xterm also ends them at any character outside ASCII. */
const IGNORED_STRING = 6

type State = 0 | 1 | 2 | 3 | 4 | 5 | 6

const NO_BYTES = new Uint8Array(0)

/**
 * Goes before the `write` of a terminal that shows a recording: makes the numbers of control sequences no larger than
 * the screen gives reason for, since xterm 6 does what they say that many times (`ESC [ 2147483647 S` takes an hour).
 * Leaves out DEL, bytes that are no UTF-8, zero-width characters and OSC payload beyond their limits. Gives whole
 * characters only: xterm loses some that come in two writes. What is unfinished waits for the next bytes.
 */
export class CsiClamp {
  #cols: number
  #rows: number
  #state: State = GROUND
  readonly #parameters = new CsiParameters()
  /** The parameters do not stand in the input as they are kept: they are put in when the sequence ends. */
  #detached = false
  /** Where the parameters begin in this input. */
  #parametersAt = 0
  #marks = 0
  #endsInText = false
  #stringBytes = 0
  #tail: Uint8Array = NO_BYTES
  readonly #found: Utf8 = { length: 0, codePoint: 0 }
  #shifts: number[] = []

  constructor(cols: number, rows: number) {
    this.#cols = cols
    this.#rows = rows
  }

  /** Call it when the terminal is resized, between two `clamp`s. */
  resize(cols: number, rows: number): void {
    this.#cols = cols
    this.#rows = rows
  }

  /** Whether what was given so far ends between two sequences and two characters. */
  get atRest(): boolean {
    return this.#state === GROUND && this.#tail.length === 0
  }

  /** Whether the last was a character to be shown: what comes next may join it, or repeat it. */
  get endsInText(): boolean {
    return this.#endsInText
  }

  /** Where SO and SI stand in what `clamp` last gave: the terminal has no hook for them. Each is the byte after it. */
  get shifts(): readonly number[] {
    return this.#shifts
  }

  /** The bytes that may be written: `bytes` itself, not a copy, where nothing had to change. */
  clamp(bytes: Uint8Array): Uint8Array {
    const input = this.#tail.length === 0 ? bytes : joined(this.#tail, bytes)
    this.#tail = NO_BYTES
    if (this.#shifts.length > 0) this.#shifts = []
    const output = new LazyOutput(input)
    if (this.#state === CSI) {
      this.#detached = true
      this.#parametersAt = 0
    }
    let at = 0
    while (at < input.length) {
      const byte = input[at] ?? 0
      if (byte >= 0x80) at = this.#wide(input, at, output)
      else {
        if (this.#state === GROUND && byte >= 0x20 && byte < 0x7f) {
          this.#marks = 0
          this.#endsInText = true
        } else this.#narrow(byte, at, output)
        at++
      }
    }
    if (this.#state === CSI) this.#detach(input.length, output)
    return output.finish()
  }

  /** Returns where the next character begins. */
  #wide(input: Uint8Array, at: number, output: LazyOutput): number {
    const found = this.#found
    readUtf8(input, at, found)
    const { codePoint } = found
    const end = at + found.length
    if (codePoint === UNFINISHED) {
      this.#tail = input.slice(at)
      output.skip(this.#state === CSI ? this.#detach(at, output) : at, end)
    } else if (codePoint === NO_CHARACTER) {
      output.skip(this.#state === CSI ? this.#detach(at, output) : at, end)
    } else if (codePoint < 0xa0) this.#c1(codePoint, at, output)
    else this.#character(codePoint, { at, end }, output)
    return end
  }

  #character(codePoint: number, place: { at: number; end: number }, output: LazyOutput): void {
    switch (this.#state) {
      case GROUND:
        if (!isZeroWidth(codePoint)) {
          this.#marks = 0
          this.#endsInText = true
          // After a sequence it would join nothing, and have a column of its own.
        } else if (this.#endsInText && ++this.#marks > MOST_MARKS) output.skip(place.at, place.end)
        return
      case CSI:
        this.#attach(place.at, output)
        // Here xterm goes on ignoring until the final byte.
        if (!this.#parameters.ignored) this.#state = GROUND
        else {
          this.#parameters.flushed()
          this.#detached = true
        }
        return
      case OSC:
        this.#stringByte(place, output)
        return
      case DCS:
        return
      default:
        this.#state = GROUND
    }
  }

  #c1(code: number, at: number, output: LazyOutput): void {
    this.#endsInText = false
    if (this.#state === CSI) this.#attach(at, output)
    if (code === 0x9b) this.#begin(at + 2)
    else if (code === 0x9d) this.#beginOsc()
    else if (code === 0x90) this.#state = DCS
    else if (code === 0x98 || code === 0x9e || code === 0x9f) this.#state = IGNORED_STRING
    else this.#state = GROUND
  }

  #narrow(byte: number, at: number, output: LazyOutput): void {
    if (byte !== 0x7f) this.#endsInText = false
    if (byte === 0x1b || byte === 0x18 || byte === 0x1a) {
      if (this.#state === CSI) this.#attach(at, output)
      this.#state = byte === 0x1b ? ESCAPE : GROUND
    } else if (byte === 0x7f) {
      output.skip(this.#state === CSI ? this.#detach(at, output) : at, at + 1)
    } else if (this.#state === OSC) {
      if (byte === 0x07) this.#state = GROUND
      else this.#stringByte({ at, end: at + 1 }, output)
    } else if (this.#state < OSC) this.#inSequence(byte, at, output)
  }

  #inSequence(byte: number, at: number, output: LazyOutput): void {
    if (byte < 0x20) this.#control(byte, at, output)
    else if (this.#state === ESCAPE) this.#escape(byte, at)
    else if (this.#state === CSI) this.#csi(byte, at, output)
    else if (this.#state === ESCAPE_INTERMEDIATE && byte >= 0x30) this.#state = GROUND
  }

  /** C0 controls are obeyed at once, also within a sequence. */
  #control(byte: number, at: number, output: LazyOutput): void {
    if (this.#state === CSI) {
      this.#detach(at, output)
      output.put(at, Uint8Array.of(byte))
      output.skip(at, at + 1)
    }
    if (byte === 0x0e || byte === 0x0f) this.#shifts.push(output.lengthAt(at + 1))
  }

  #escape(byte: number, at: number): void {
    if (byte === 0x5b) this.#begin(at + 1)
    else if (byte === 0x5d) this.#beginOsc()
    else if (byte === 0x50) this.#state = DCS
    else if (byte === 0x58 || byte === 0x5e || byte === 0x5f) this.#state = IGNORED_STRING
    else this.#state = byte < 0x30 ? ESCAPE_INTERMEDIATE : GROUND
  }

  #csi(byte: number, at: number, output: LazyOutput): void {
    if (byte >= 0x40) this.#finalByte(byte, at, output)
    else if (!this.#parameters.take(byte)) {
      this.#detach(at, output)
      output.skip(at, at + 1)
    } else if (this.#detached) output.skip(at, at + 1)
  }

  #finalByte(byte: number, at: number, output: LazyOutput): void {
    this.#state = GROUND
    if (!this.#parameters.fits(byte, this.#cols, this.#rows)) {
      this.#detach(at, output)
      output.put(at, this.#parameters.clamped(byte, this.#cols, this.#rows))
    } else if (this.#detached) output.put(at, this.#parameters.held())
  }

  #begin(parametersAt: number): void {
    this.#state = CSI
    this.#parameters.begin()
    this.#parametersAt = parametersAt
    this.#detached = false
  }

  #beginOsc(): void {
    this.#state = OSC
    this.#stringBytes = 0
  }

  #stringByte(place: { at: number; end: number }, output: LazyOutput): void {
    this.#stringBytes += place.end - place.at
    if (this.#stringBytes > MOST_STRING_BYTES) output.skip(place.at, place.end)
  }

  /** Takes the parameters so far, which end at `at`, out of the input. Returns `at`. */
  #detach(at: number, output: LazyOutput): number {
    if (!this.#detached) output.skip(this.#parametersAt, at)
    this.#detached = true
    return at
  }

  /** Puts the parameters in after all, before `at`: the sequence ends without being obeyed. */
  #attach(at: number, output: LazyOutput): void {
    if (this.#detached) output.put(at, this.#parameters.held())
  }
}

function joined(first: Uint8Array, second: Uint8Array): Uint8Array {
  const both = new Uint8Array(first.length + second.length)
  both.set(first)
  both.set(second, first.length)
  return both
}
