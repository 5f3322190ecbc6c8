/** Where in a sequence; `c2`: after the first of two bytes that may begin one. */
type State = 'text' | 'escape' | 'c2' | 'csi'

const SGR = 0x6d
const EIGHT = 0x38
/** Rapid blinking: xterm has no such attribute, so the digit can be replaced in its place. */
const SIX = 0x36
/** Longest list of attributes that is looked into; `CsiClamp` keeps no more of one either. */
const MOST_PARAMETERS = 512

/**
 * Shows text that a recording wrote as hidden (`CSI 8 m`): takes that attribute out of bytes that `CsiClamp` gave. It
 * relies on what the clamp promises, that the parameters of a sequence come in one piece with its end.
 */
export class HiddenText {
  private state: State = 'text'

  /** The bytes themselves, not a copy, where nothing in them hides. */
  show(bytes: Uint8Array): Uint8Array {
    let output = bytes
    let parametersAt = 0
    for (let at = 0; at < bytes.length; at++) {
      const byte = bytes[at] ?? 0
      const inSequence = this.state === 'csi'
      this.state = stateAfter(this.state, byte)
      if (!inSequence || byte < 0x20) parametersAt = at + 1
      else if (byte === SGR) {
        for (const digit of hidingDigits(bytes, parametersAt, at)) {
          if (output === bytes) output = bytes.slice()
          output[digit] = SIX
        }
      }
    }
    return output
  }
}

function stateAfter(state: State, byte: number): State {
  if (byte === 0x1b) return 'escape'
  // The first byte of the C1 controls in UTF-8.
  if (byte === 0xc2) return 'c2'
  if (state === 'escape') return byte === 0x5b ? 'csi' : 'text'
  if (state === 'c2') return byte === 0x9b ? 'csi' : 'text'
  return state === 'csi' && byte < 0x40 && byte !== 0x18 && byte !== 0x1a ? 'csi' : 'text'
}

/** Places of the last digit of every parameter that hides. */
function hidingDigits(bytes: Uint8Array, from: number, to: number): number[] {
  if (to - from > MOST_PARAMETERS || to === from) return []
  const text = String.fromCharCode(...bytes.subarray(from, to))
  if (!/^[\d:;]+$/.test(text)) return []
  const found: number[] = []
  let at = from
  let skip = 0
  const parameters = text.split(';')
  for (const [place, parameter] of parameters.entries()) {
    const number = parameter.split(':', 1)[0] ?? ''
    if (skip > 0) skip--
    else if (isColour(Number(number))) skip = parameter.includes(':') ? 0 : colourParameters(parameters[place + 1])
    else if (Number(number) === 8 && bytes[at + number.length - 1] === EIGHT) found.push(at + number.length - 1)
    at += parameter.length + 1
  }
  return found
}

function isColour(number: number): boolean {
  return number === 38 || number === 48 || number === 58
}

/** How many parameters after 38, 48 or 58 belong to it: `5;n` or `2;r;g;b`. */
function colourParameters(mode: string | undefined): number {
  return Number(mode) === 5 ? 2 : Number(mode) === 2 ? 4 : 1
}
