import type { Parameters } from '../../../terminal'
import {
  BLINK,
  BOLD,
  DIM,
  INVERSE,
  INVISIBLE,
  ITALIC,
  OVERLINE,
  PALETTE_16,
  PALETTE_256,
  plainPen,
  RGB,
  SET_FLAGS,
  setUnderline,
  STRIKETHROUGH,
  type Pen,
} from './pen'

const CLEARED_FLAGS = new Map([
  [22, BOLD | DIM],
  [23, ITALIC],
  [25, BLINK],
  [27, INVERSE],
  [28, INVISIBLE],
  [29, STRIKETHROUGH],
  [55, OVERLINE],
])

const NO_PARTS: readonly number[] = []

/** `CSI ... m` (SGR): ECMA-48 8.3.117 and xterm's additions. */
export function applySgr(pen: Pen, parameters: Parameters): void {
  for (let at = 0; at < parameters.length; at++) {
    const number = parameters[at]
    // Parts of the number before.
    if (typeof number !== 'number') continue
    if (number === 38 || number === 48 || number === 58) {
      at += applyColour(pen, parameters, at)
      continue
    }
    const next = parameters[at + 1]
    if (number >= 30) applyPalette(pen, number)
    else applyStyle(pen, number, typeof next === 'object' ? next : NO_PARTS)
    pen.flags = (pen.flags | (SET_FLAGS.get(number) ?? 0)) & ~(CLEARED_FLAGS.get(number) ?? 0)
  }
}

function applyStyle(pen: Pen, number: number, parts: readonly number[]): void {
  if (number === 0) Object.assign(pen, plainPen())
  else if (number === 4) setUnderline(pen, parts[0] ?? 1)
  else if (number === 21) setUnderline(pen, 2)
  else if (number === 24) setUnderline(pen, 0)
}

function applyPalette(pen: Pen, number: number): void {
  if (number <= 37) pen.fg = PALETTE_16 | (number - 30)
  else if (number === 39) pen.fg = 0
  else if (number <= 47) pen.bg = PALETTE_16 | (number - 40)
  else if (number === 49) pen.bg = 0
  // xterm 6 makes it white, not the colour of the text.
  else if (number === 59) pen.underlineColour = RGB | 0xffffff
  else if (number >= 90 && number <= 97) pen.fg = PALETTE_16 | (number - 82)
  else if (number >= 100 && number <= 107) pen.bg = PALETTE_16 | (number - 92)
}

/** Returns how many parameters after the first belong to it. */
function applyColour(pen: Pen, parameters: Parameters, at: number): number {
  const [target, mode, first, second, third, after] = parameters.slice(at, at + 6)
  if (mode === 5 && typeof first === 'number' && typeof second !== 'object') {
    setColour(pen, target, PALETTE_256 | (first & 255))
    return 2
  }
  if (mode === 2 && typeof first === 'number' && typeof second === 'number' && typeof third === 'number') {
    if (typeof after !== 'object') {
      setColour(pen, target, rgb(first, second, third))
      return 4
    }
  }
  return applyMixedColour(pen, parameters.slice(at))
}

function applyMixedColour(pen: Pen, parameters: Parameters): number {
  const items = grouped(parameters)
  const { slots, advance } = colourSlots(items)
  const [target, mode, , first = 0, second = 0, third = 0] = slots.map((slot, at) => (at > 1 && slot === -1 ? 0 : slot))
  if (mode === 2) setColour(pen, target, rgb(first, second, third))
  else if (mode === 5) setColour(pen, target, PALETTE_256 | (first & 255))
  return advance + items.slice(0, advance).filter(({ parts }) => parts.length > 0).length
}

function rgb(red: number, green: number, blue: number): number {
  return RGB | ((red & 255) << 16) | ((green & 255) << 8) | (blue & 255)
}

function setColour(pen: Pen, target: unknown, colour: number): void {
  if (target === 38) pen.fg = colour
  else if (target === 48) pen.bg = colour
  else pen.underlineColour = colour
}

type Item = { number: number; parts: number[] }
const NO_ITEM: Item = { number: -1, parts: [] }

function grouped(parameters: Parameters): Item[] {
  const items: Item[] = []
  for (const parameter of parameters) {
    if (typeof parameter === 'number') items.push({ number: parameter, parts: [] })
    else items.at(-1)?.parts.push(...parameter)
  }
  return items
}

/**
 * `38 ; 5 ; n`, `38 ; 2 ; r ; g ; b`, `38 : 2 : space : r : g : b` and their mixtures, gathered as xterm does: what it
 * is for, how it is given, colour space, then the colour.
 */
function colourSlots(items: readonly Item[]): { slots: number[]; advance: number } {
  const slots = [0, 0, -1, 0, 0, 0]
  let space = 0
  let advance = 0
  do {
    const { number, parts } = items[advance] ?? NO_ITEM
    slots[advance + space] = number
    if (parts.length > 0) {
      addParts(slots, parts, { advance, space })
      break
    }
    if ((slots[1] === 5 && advance + space >= 2) || (slots[1] === 2 && advance + space >= 5)) break
    if (slots[1] !== 0) space = 1
  } while (++advance < items.length && advance + space < slots.length)
  return { slots, advance }
}

function addParts(slots: number[], parts: readonly number[], from: { advance: number; space: number }): void {
  let { space } = from
  for (let part = 0; part < parts.length; part++) {
    const at = part + from.advance + 1
    if (part > 0 && at + space >= slots.length) return
    if (slots[1] === 5) space = 1
    slots[at + space] = parts[part] ?? 0
  }
}
