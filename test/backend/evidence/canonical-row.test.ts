import { expect, it } from 'vitest'
import { canonicalJson, canonicalRow, eventObject, leafHash } from '../../../src/backend/evidence'
import type { StoredRecord } from '../../../src/backend/store'
import { HOSTILE, hostileRecords } from '../report/hostile-events'
import { Random } from '../random'
import { add, ALL, NOW, writable } from '../store/a-store'
import { randomRecord } from '../store/random-records'
import { bring } from '../store/a-server'
import { tempFolder } from '../temp-folder'

/** RFC 8785 as plainly as it can be said. */
function plainly(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map((item) => plainly(item)).join(',')}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(typeof value === 'string' ? whole(value) : value)
  const fields = Object.entries(value).filter(([, held]) => held !== undefined)
  return `{${fields.sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, held]) => `${JSON.stringify(whole(name))}:${plainly(held)}`).join(',')}}`
}

function whole(text: string): string {
  return Buffer.from(text).toString()
}

const rowOf = (record: StoredRecord) => plainly({ ...eventObject(record), connection: undefined, links: undefined })

it('is the canonical text of the event object without its connection and links', async () => {
  const random = new Random(5)
  const store = await writable(tempFolder())
  const made = Array.from({ length: 600 }, (_, i) => randomRecord(random, `id-${i}`))
  add(store, made)
  bring(store, [{ id: '1', text: 'open', fields: { time: NOW, companion: true } }])
  const held = [...store.records(ALL, 0, 601), ...(await hostileRecords())]
  expect(held.length).toBeGreaterThan(1000)
  expect(held.filter((record) => canonicalRow(record) !== rowOf(record))).toEqual([])
})

it('writes texts as JSON does, whatever signs they are of', () => {
  const units = Array.from({ length: 0x180 }, (_, unit) => String.fromCharCode(unit))
  for (const text of [...units, ...HOSTILE, '\u2028', '\ud83d\ude00', '\ude00\ud83d', String.raw`\ud800`, '"\ud800', '']) {
    expect(canonicalJson(text)).toBe(JSON.stringify(whole(text)))
    expect(canonicalJson({ [`a${text}`]: [text], [text]: { text } })).toBe(plainly({ [`a${text}`]: [text], [text]: { text } }))
  }
})

it('has the same leaf as its bytes', () => {
  for (const text of ['', 'row', ...HOSTILE, 'é', '\u0800', '\ud83d\ude00', 'x'.repeat(100_000)]) expect(leafHash(text)).toEqual(leafHash(Buffer.from(text)))
})
