import { readFileSync, renameSync, writeFileSync } from 'node:fs'

export type Area = { x: number; y: number; width: number; height: number }

/** Where the window stood. Without `x` and `y` the system places it. */
export type WindowPlace = { x?: number; y?: number; width: number; height: number; maximised: boolean }

export const USUAL_PLACE: WindowPlace = { width: 1360, height: 860, maximised: false }

export const SMALLEST = { width: 720, height: 480 }

/** Pixels of the top edge that must be on a screen, or nobody could take hold of the window. */
const GRIP = { width: 120, height: 24 }

/** The place kept in a file; the usual one when there is none or it cannot be read. */
export function readPlace(file: string): WindowPlace {
  try {
    return placeOf(JSON.parse(readFileSync(file, 'utf8')))
  } catch {
    return USUAL_PLACE
  }
}

export function writePlace(file: string, place: WindowPlace): void {
  writeFileSync(`${file}.part`, JSON.stringify(place), { mode: 0o600 })
  renameSync(`${file}.part`, file)
}

function placeOf(value: unknown): WindowPlace {
  if (typeof value !== 'object' || value === null) return USUAL_PLACE
  const { x, y, width, height, maximised } = value as Record<string, unknown>
  if (!isPixel(width) || !isPixel(height)) return USUAL_PLACE
  const place = { width, height, maximised: maximised === true }
  return isPixel(x) && isPixel(y) ? { ...place, x, y } : place
}

function isPixel(value: unknown): value is number {
  return typeof value === 'number' && Number.isInteger(value) && Math.abs(value) < 100_000
}

/** The place made to fit the screens there are now; `screens` begins with the main one. */
export function fitToScreens(place: WindowPlace, screens: Area[]): WindowPlace {
  const { x, y } = place
  const isPlaced = x !== undefined && y !== undefined
  const home = isPlaced ? screens.find((screen) => holdsGrip(screen, { ...place, x, y })) : undefined
  const screen = home ?? screens[0]
  if (!screen) return place
  const width = clamp(place.width, SMALLEST.width, screen.width)
  const height = clamp(place.height, SMALLEST.height, screen.height)
  if (!home || !isPlaced) return { width, height, maximised: place.maximised }
  return { x, y, width, height, maximised: place.maximised }
}

function holdsGrip(screen: Area, window: Area): boolean {
  const across = Math.min(window.x + window.width, screen.x + screen.width) - Math.max(window.x, screen.x)
  const fromTop = window.y - screen.y
  return across >= GRIP.width && fromTop >= 0 && fromTop <= screen.height - GRIP.height
}

function clamp(value: number, least: number, most: number): number {
  return Math.max(Math.min(value, most), Math.min(least, most))
}
