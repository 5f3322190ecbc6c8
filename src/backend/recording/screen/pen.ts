// What the next character will look like, as xterm keeps it: parts of it stay behind where others are saved and
// restored. Colours are xterm's numbers: 0 is the default, else one of these and the colour itself.

export const PALETTE_16 = 0x1000000
export const PALETTE_256 = 0x2000000
export const RGB = 0x3000000
export const COLOUR_MODE = 0x3000000

export const BOLD = 1
export const DIM = 2
export const ITALIC = 4
export const UNDERLINE = 8
export const BLINK = 16
export const INVERSE = 32
export const INVISIBLE = 64
export const STRIKETHROUGH = 128
export const OVERLINE = 256
export const PROTECTED = 512
/** The style of the underline counts; without it an underline is a single line. */
const EXTENDED = 1024

export type Pen = {
  fg: number
  bg: number
  flags: number
  /** 0 none, 1 single, 2 double, 3 curly, 4 dotted, 5 dashed. */
  underline: number
  underlineColour: number
}

/** What a saved cursor keeps of a pen. */
export type SavedPen = Pick<Pen, 'fg' | 'bg' | 'flags'>

export function plainPen(): Pen {
  return { fg: 0, bg: 0, flags: 0, underline: 0, underlineColour: 0 }
}

export function samePen(one: Pen, other: Pen): boolean {
  return (
    one.fg === other.fg &&
    one.bg === other.bg &&
    one.flags === other.flags &&
    one.underline === other.underline &&
    one.underlineColour === other.underlineColour
  )
}

/** The underline that a character written with this pen gets. */
export function shownUnderline(pen: Pen): number {
  if ((pen.flags & UNDERLINE) === 0) return 0
  return (pen.flags & EXTENDED) === 0 ? 1 : pen.underline
}

/** Gives the pen an underline of this style; 0 takes it away. */
export function setUnderline(pen: Pen, asked: number): void {
  pen.underline = asked < 0 || asked > 5 ? 1 : asked
  pen.flags = pen.underline === 0 ? pen.flags & ~(UNDERLINE | EXTENDED) : pen.flags | UNDERLINE | EXTENDED
}

/** Which number of SGR sets which flag. */
export const SET_FLAGS = new Map([
  [1, BOLD],
  [2, DIM],
  [3, ITALIC],
  [5, BLINK],
  [7, INVERSE],
  [8, INVISIBLE],
  [9, STRIKETHROUGH],
  [53, OVERLINE],
])
const FLAG_NUMBERS: readonly (readonly [number, number])[] = [...SET_FLAGS].map(([number, flag]) => [flag, number])

/** The control sequences that set a plain pen, or any other, to this one; a protected one with DECSCA. */
export function penSequence(pen: Pen): string {
  const set = FLAG_NUMBERS.filter(([flag]) => (pen.flags & flag) !== 0)
  const numbers: (number | string)[] = set.map(([, number]) => number)
  const style = shownUnderline(pen)
  if (style === 1) numbers.push(4)
  else if (style > 1) numbers.push(`4:${style}`)
  numbers.push(...colourNumbers(pen.fg, 30), ...colourNumbers(pen.bg, 40))
  if (style > 0) numbers.push(...colourNumbers(pen.underlineColour, 50))
  const isProtected = (pen.flags & PROTECTED) !== 0
  const sgr = numbers.length === 0 ? '\x1b[m' : `\x1b[0;${numbers.join(';')}m`
  return isProtected ? `${sgr}\x1b[1"q` : sgr
}

function colourNumbers(colour: number, base: 30 | 40 | 50): number[] {
  const value = colour & 0xffffff
  switch (colour & COLOUR_MODE) {
    case PALETTE_16:
      return [value < 8 ? base + value : base + 52 + value]
    case PALETTE_256:
      return [base + 8, 5, value]
    case RGB:
      return [base + 8, 2, value >> 16, (value >> 8) & 255, value & 255]
    default:
      return []
  }
}
