/** What a still is drawn in: the dark ground that terminals begin with. */
export const GROUND = '#101418'
export const INK = '#d6dbe0'

const FIRST_SIXTEEN = [
  '#2e3436', '#e06c75', '#8cc265', '#d8b25c', '#6c9eef', '#c792ea', '#56b6c2', '#d6dbe0',
  '#6b7580', '#ff8a90', '#a9e07f', '#f0d080', '#92bcff', '#dcb0ff', '#7fd8e4', '#ffffff',
] as const

const STEPS = [0, 95, 135, 175, 215, 255] as const

/** Colour of the 256-colour palette of xterm. */
export function paletteColour(index: number): string {
  const first = FIRST_SIXTEEN[index]
  if (first !== undefined) return first
  if (index >= 232) return rgbColour(greyAt(index) * 0x01_01_01)
  const cube = index - 16
  const red = STEPS[Math.floor(cube / 36) % 6] ?? 0
  const green = STEPS[Math.floor(cube / 6) % 6] ?? 0
  const blue = STEPS[cube % 6] ?? 0
  return rgbColour((red << 16) | (green << 8) | blue)
}

export function rgbColour(value: number): string {
  return `#${(value & 0xff_ff_ff).toString(16).padStart(6, '0')}`
}

function greyAt(index: number): number {
  return Math.min(8 + (index - 232) * 10, 238)
}
