import type { IBufferCell, IBufferLine, Terminal } from '@xterm/headless'
import { GROUND, INK, paletteColour, rgbColour } from './palette'

/** Sizes in the units of the drawing. */
const CELL = { width: 8.4, height: 18, baseline: 13.5, font: 14 }
const PADDING = 12
const CAPTION = { height: 20, font: 11 }

/** Columns of a row that look the same. */
type Stretch = { column: number; width: number; text: string; look: Look }
type Look = { ink: string; ground: string; style: string }

export type StillCaption = { title: string; lines: readonly string[] }

/** The screen of a terminal as an SVG of plain text and rectangles: nothing in it runs, loads or links. */
export function stillOf(terminal: Terminal, { title, lines }: StillCaption): string {
  const { cols, rows } = terminal
  const width = number(PADDING * 2 + Math.max(cols * CELL.width, 480))
  const screenEnd = PADDING + rows * CELL.height
  const height = number(screenEnd + PADDING + lines.length * CAPTION.height)
  const drawn = Array.from({ length: rows }, (_, row) => rowOf(terminal, row)).join('')
  const caption = lines.map((line, index) => {
    const y = number(screenEnd + PADDING + index * CAPTION.height)
    return `<text x="${PADDING}" y="${y}" font-size="${CAPTION.font}" fill="#9aa4ad">${harmless(line)}</text>`
  })
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}"`,
    ` font-family="ui-monospace, 'DejaVu Sans Mono', Menlo, Consolas, monospace" font-size="${CELL.font}">`,
    `<title>${harmless(title)}</title><rect width="100%" height="100%" fill="${GROUND}"/>`,
    drawn,
    ...caption,
    '</svg>\n',
  ].join('')
}

function rowOf(terminal: Terminal, row: number): string {
  const { active } = terminal.buffer
  const line = active.getLine(active.baseY + row)
  if (line === undefined) return ''
  const top = PADDING + row * CELL.height
  const stretches = stretchesOf(line, terminal.cols, active.getNullCell())
  const grounds = stretches.filter(({ look }) => look.ground !== GROUND).map(({ column, width, look }) => {
    const place = `x="${left(column)}" y="${number(top)}" width="${number(width * CELL.width)}" height="${CELL.height}"`
    return `<rect ${place} fill="${look.ground}"/>`
  })
  const texts = stretches.filter(({ text, look }) => text.trim() !== '' || look.style !== '').map(tspan)
  if (texts.length === 0) return grounds.join('')
  return `${grounds.join('')}<text y="${number(top + CELL.baseline)}" xml:space="preserve">${texts.join('')}</text>`
}

/** Its width is given: fonts disagree on that of many characters, and columns must stay below one another. */
function tspan({ column, width, text, look }: Stretch): string {
  const length = number(width * CELL.width)
  const where = `x="${left(column)}" textLength="${length}" lengthAdjust="spacingAndGlyphs"`
  return `<tspan ${where} fill="${look.ink}"${look.style}>${harmless(text)}</tspan>`
}

function stretchesOf(line: IBufferLine, cols: number, cell: IBufferCell): Stretch[] {
  const stretches: Stretch[] = []
  for (let column = 0; column < cols; column++) {
    const found = line.getCell(column, cell)
    if (found === undefined || found.getWidth() === 0) continue
    const width = found.getWidth()
    const look = lookOf(found)
    const text = found.isInvisible() || found.getChars() === '' ? ' '.repeat(width) : found.getChars()
    const last = stretches.at(-1)
    if (last !== undefined && width === 1 && last.width === last.text.length && sameLook(last.look, look)) {
      last.text += text
      last.width += 1
    } else stretches.push({ column, width, text, look })
  }
  return stretches
}

function sameLook(one: Look, other: Look): boolean {
  return one.ink === other.ink && one.ground === other.ground && one.style === other.style
}

function lookOf(cell: IBufferCell): Look {
  const isBright = cell.isBold() !== 0 && cell.isFgPalette() && cell.getFgColor() < 8
  const ink = cell.isFgRGB()
    ? rgbColour(cell.getFgColor())
    : cell.isFgPalette()
      ? paletteColour(cell.getFgColor() + (isBright ? 8 : 0))
      : INK
  const ground = cell.isBgRGB() ? rgbColour(cell.getBgColor()) : cell.isBgPalette() ? paletteColour(cell.getBgColor()) : GROUND
  return cell.isInverse() ? { ink: ground, ground: ink, style: styleOf(cell) } : { ink, ground, style: styleOf(cell) }
}

function styleOf(cell: IBufferCell): string {
  const lines = [cell.isUnderline() && 'underline', cell.isStrikethrough() && 'line-through', cell.isOverline() && 'overline']
  const drawn = lines.filter((line) => typeof line === 'string').join(' ')
  return [
    cell.isBold() ? ' font-weight="bold"' : '',
    cell.isItalic() ? ' font-style="italic"' : '',
    cell.isDim() ? ' fill-opacity="0.6"' : '',
    drawn === '' ? '' : ` text-decoration="${drawn}"`,
  ].join('')
}

function left(column: number): string {
  return number(PADDING + column * CELL.width)
}

function number(value: number): string {
  return String(Math.round(value * 100) / 100)
}

// Controls, format and direction characters, halves of characters, and what is no character: a drawing cannot hold them,
// or shows another text than it holds.
const UNFIT = /[\p{Cc}\p{Cf}\p{Cs}\p{Cn}\p{Zl}\p{Zp}]/gu
const MARKUP: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }

function harmless(text: string): string {
  return text.replace(UNFIT, '\ufffd').replace(/[&<>"']/g, (mark) => MARKUP[mark] ?? '')
}
