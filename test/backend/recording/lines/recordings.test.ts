import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { searchLines } from '../../../../src/backend/recording/lines/search'
import { dataPath, describeWithData } from '../../../data'
import { play, unseenRows, type Played } from './play'

type Cast = { cols: number; rows: number; events: Played[] }

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}

/** An asciicast, version 2 or 3, read with no care. */
function readCast(path: string): Cast {
  const [head = '', ...lines] = readFileSync(path, 'utf8').split('\n')
  const header: unknown = JSON.parse(head)
  if (!isRecord(header)) throw new TypeError(path)
  const isThird = header['version'] === 3
  const term = isRecord(header['term']) ? header['term'] : header
  const cast: Cast = { cols: Number(term['width'] ?? term['cols']), rows: Number(term['height'] ?? term['rows']), events: [] }
  let time = 0
  for (const line of lines.filter((text) => text.startsWith('['))) {
    const event: unknown = JSON.parse(line)
    if (!Array.isArray(event)) continue
    time = Number(event[0]) + (isThird ? time : 0)
    const [cols = 80, rows = 24] = String(event[2]).split('x').map(Number)
    if (event[1] === 'o') cast.events.push({ time, output: String(event[2]) })
    if (event[1] === 'r') cast.events.push({ time, resize: [cols, rows] })
  }
  return cast
}

function casts(): string[] {
  return ['recordings', 'recordings/produced'].flatMap((folder) => {
    const names = readdirSync(dataPath(folder)).filter((name) => name.endsWith('.cast'))
    return names.map((name) => dataPath(join(folder, name)))
  })
}

describeWithData('the history of a recording', () => {
  it('has every row that was shown, of every recording', async () => {
    expect(casts().length).toBeGreaterThan(10)
    for (const path of casts()) {
      const { events, cols, rows } = readCast(path)
      expect([path, await unseenRows(events, { cols, rows })]).toEqual([path, []])
    }
  })

  it('has every row of a capture of a real terminal', async () => {
    const folder = dataPath('recordings/raw/alacritty')
    const names = readdirSync(folder).filter((name) => name.endsWith('.recording'))
    expect(names.length).toBeGreaterThan(10)
    for (const name of names) {
      const bytes = readFileSync(join(folder, name))
      const size: unknown = JSON.parse(readFileSync(join(folder, name.replace('.recording', '.size.json')), 'utf8'))
      if (!isRecord(size)) throw new TypeError(name)
      const cols = Math.min(Number(size['columns']), 500)
      const rows = Math.min(Number(size['screen_lines']), 200)
      const events = Array.from({ length: Math.ceil(bytes.length / 200) }, (_, index) => ({
        time: index,
        output: bytes.subarray(index * 200, index * 200 + 200),
      }))
      expect([name, await unseenRows(events, { cols, rows })]).toEqual([name, []])
    }
  })

  it('finds in a recording what its events hold', async () => {
    const { events, cols, rows } = readCast(dataPath('recordings/asciinema-server-big.cast'))
    const seen = await play(events, { cols, rows })
    const words = events.flatMap((event) => ('output' in event ? (String(event.output).match(/[a-z]{9,}/g) ?? []) : []))
    expect(words.length).toBeGreaterThan(0)
    const missing = [...new Set(words)].filter((word) => searchLines(seen.lines, { text: word }, { most: 1 }).total === 0)
    expect(missing.length / new Set(words).size).toBeLessThan(0.02)
  })
})
