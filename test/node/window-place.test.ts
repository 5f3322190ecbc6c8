import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { USUAL_PLACE, type WindowPlace, fitToScreens, readPlace, writePlace } from '../../src/main/window-place'

const main = { x: 0, y: 25, width: 1920, height: 1055 }
const left = { x: -1280, y: 0, width: 1280, height: 1024 }
type Four = [x: number, y: number, width: number, height: number]
const place = (...[x, y, width, height]: Four): WindowPlace => ({ x, y, width, height, maximised: false })
const unplaced = { width: 1000, height: 700, maximised: false }
const full = { ...place(0, 30, 800, 600), maximised: true }

const table: [what: string, place: WindowPlace, fitted: WindowPlace][] = [
  ['stays where it was', place(100, 100, 1000, 700), place(100, 100, 1000, 700)],
  ['stays on the other screen', place(-1000, 50, 1000, 700), place(-1000, 50, 1000, 700)],
  ['may hang over an edge', place(1700, 900, 1000, 700), place(1700, 900, 1000, 700)],
  ['comes back from a screen that is gone', place(4000, 100, 1000, 700), unplaced],
  ['comes back when its top edge is out of reach', place(100, -200, 1000, 700), unplaced],
  ['comes back when only a sliver is left', place(1900, 100, 1000, 700), unplaced],
  ['shrinks to the screen', place(0, 30, 4000, 3000), place(0, 30, 1920, 1055)],
  ['is never too small to use', place(0, 30, 300, 200), place(0, 30, 720, 480)],
  ['keeps being maximised', full, full],
  ['opens where the system wants the first time', USUAL_PLACE, USUAL_PLACE],
]

test.each(table)('the window %s', (_what, kept, fitted) => {
  expect(fitToScreens(kept, [main, left])).toEqual(fitted)
})

test('a place is read back, and nonsense is not believed', () => {
  const file = join(mkdtempSync(join(tmpdir(), 'recount-place-')), 'window.json')
  expect(readPlace(file)).toEqual(USUAL_PLACE)
  writePlace(file, { ...place(1, 2, 900, 800), maximised: true })
  expect(readPlace(file)).toEqual({ ...place(1, 2, 900, 800), maximised: true })
  for (const text of ['', 'null', '[]', '{"width":"9","height":9}', '{"width":1e9,"height":9}', '{"x":1}']) {
    writeFileSync(file, text)
    expect(readPlace(file)).toEqual(USUAL_PLACE)
  }
  writeFileSync(file, '{"width":900,"height":800,"x":"left"}')
  expect(readPlace(file)).toEqual({ width: 900, height: 800, maximised: false })
})
