import type { IBufferCell, IBufferLine, IDisposable, Terminal } from '@xterm/headless'

type Params = readonly (number | number[])[]

/** Colour of a pen: -1 the default, 0..255 of the palette, above that RGB. */
type Colour = number
const DEFAULT_COLOUR: Colour = -1
const RGB = 0x100_0000

/**
 * Knows whether a row holds text that is concealed (SGR 8) or in the colour of its background. Cells are looked at only
 * once a recording set such a pen: pens come back by many ways, and most recordings never have one.
 */
export class HiddenText {
  readonly #hook: IDisposable
  readonly #cell: IBufferCell
  #foreground: Colour = DEFAULT_COLOUR
  #background: Colour = DEFAULT_COLOUR
  #suspected = false

  constructor(terminal: Terminal) {
    this.#cell = terminal.buffer.normal.getNullCell()
    this.#hook = terminal.parser.registerCsiHandler({ final: 'm' }, (params) => {
      if (!this.#suspected) this.#read(params)
      return false
    })
  }

  isIn(line: IBufferLine): boolean {
    if (!this.#suspected) return false
    for (let column = 0; column < line.length; column++) {
      const cell = line.getCell(column, this.#cell)
      if (cell !== undefined && cell.getCode() > 0x20 && isUnseen(cell)) return true
    }
    return false
  }

  close(): void {
    this.#hook.dispose()
  }

  #read(params: Params): void {
    for (let index = 0; index < params.length; index++) {
      const code = params[index]
      if (typeof code !== 'number') continue
      if (code === 38 || code === 48 || code === 58) index += this.#readExtended(code, params, index)
      else this.#readPlain(code)
    }
    const same = this.#foreground === this.#background && this.#foreground !== DEFAULT_COLOUR
    this.#suspected ||= same
  }

  #readPlain(code: number): void {
    if (code === 8) this.#suspected = true
    else if (code === 0) this.#foreground = this.#background = DEFAULT_COLOUR
    else if (code === 39) this.#foreground = DEFAULT_COLOUR
    else if (code === 49) this.#background = DEFAULT_COLOUR
    else if (code >= 30 && code <= 37) this.#foreground = code - 30
    else if (code >= 40 && code <= 47) this.#background = code - 40
    else if (code >= 90 && code <= 97) this.#foreground = code - 82
    else if (code >= 100 && code <= 107) this.#background = code - 92
  }

  /** `38;5;n`, `38;2;r;g;b` and their forms with colons; returns how many parameters belong to it. */
  #readExtended(code: number, params: Params, index: number): number {
    const next = params[index + 1]
    const inner = Array.isArray(next)
    const parts = inner ? next : params.slice(index + 1, index + 5).map((part) => (typeof part === 'number' ? part : 0))
    const [mode = 0] = parts
    const length = mode === 5 ? 2 : mode === 2 ? 4 : 1
    const colour = mode === 5 ? (parts[1] ?? 0) : mode === 2 ? rgb(inner ? parts.slice(-3) : parts.slice(1, 4)) : null
    if (colour !== null && code === 38) this.#foreground = colour
    if (colour !== null && code === 48) this.#background = colour
    return inner ? 1 : length
  }
}

function rgb(parts: readonly number[]): Colour {
  const [red = 0, green = 0, blue = 0] = parts
  return RGB + ((red & 255) << 16) + ((green & 255) << 8) + (blue & 255)
}

function isUnseen(cell: IBufferCell): boolean {
  if (cell.isInvisible() !== 0) return true
  if (cell.isFgRGB() && cell.isBgRGB()) return cell.getFgColor() === cell.getBgColor()
  if (!cell.isFgPalette() || !cell.isBgPalette() || cell.getFgColor() !== cell.getBgColor()) return false
  // Bold text in one of the first eight colours is drawn in the bright one.
  return cell.isBold() === 0 || cell.getFgColor() > 7
}
