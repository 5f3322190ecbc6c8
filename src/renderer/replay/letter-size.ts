import type { Box } from './font-fit'

/**
 * Tells what one cell takes with letters of so many px, as xterm reckons it. To set a size and look what the terminal
 * takes then lays out the whole page each time.
 */
export function letterSize(page: Document, fontFamily: string): (size: number) => Box {
  const context = page.createElement('canvas').getContext('2d')
  return (size) => {
    if (!context) return { width: 0, height: 0 }
    context.font = `${size}px ${fontFamily}`
    const { width, fontBoundingBoxAscent, fontBoundingBoxDescent } = context.measureText('W')
    const ratio = page.defaultView?.devicePixelRatio ?? 1
    return { width, height: Math.ceil((fontBoundingBoxAscent + fontBoundingBoxDescent) * ratio) / ratio }
  }
}
