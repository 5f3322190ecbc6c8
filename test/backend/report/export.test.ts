import { createHash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { eventJson, exportLines, Exports, type ExportFormat } from '../../../src/backend/report'
import { BackendFault } from '../../../src/contract'
import { tempFolder } from '../temp-folder'
import { add, ALL, faultOf, NOW, record, records, writable } from '../store/a-store'

const VIEW = { query: '', range: null, order: 'asc' as const }

async function exported(format: ExportFormat, count = 5) {
  const store = await writable(tempFolder())
  add(store, records(0, count))
  const exports = new Exports(store)
  const begin = () => exports.begin({ view: VIEW, format }, NOW)
  const all = (id: string) => {
    const pieces: string[] = []
    for (;;) {
      const { bytes, done, rowsDone } = exports.read(id)
      pieces.push(Buffer.from(bytes).toString())
      if (done) return { text: pieces.join(''), pieces: pieces.length, rowsDone }
    }
  }
  return { store, exports, begin, all }
}

describe('a line of JSON', () => {
  const lineOf = async (raw: Uint8Array) => {
    const store = await writable(tempFolder())
    add(store, [{ ...record('x', { attributes: { constructor: 'c' }, ip: '10.0.0.1' }), raw }])
    const [held] = store.records(ALL, 0, 1)
    if (!held) throw new Error('nothing held')
    return { text: eventJson(held), held }
  }

  test('has every field, the time in words, and the exact text of the record', async () => {
    const raw = Buffer.from('{"big":12345678901234567890,"a":1,"a":2}\u202e\0')
    const { text, held } = await lineOf(raw)
    expect(text).not.toContain('\n')
    expect(JSON.parse(text)).toEqual({ ...held.event, time: '2026-02-06T12:00:00.000Z', connection: 'logs', source: 'sshd', stream: 'auth',
      raw: raw.toString(), rawSha256: createHash('sha256').update(raw).digest('hex') })
  })

  test.each([[[0xff]], [[0xc0, 0xaf]], [[0xed, 0xa0, 0x80]], [[0x61, 0xe2, 0x82]]])('has bytes %j that are no UTF-8 exactly', async (bytes) => {
    const { text } = await lineOf(Uint8Array.from(bytes))
    const parsed = JSON.parse(text) as { rawBase64: string; rawSha256: string }
    expect([...Buffer.from(parsed.rawBase64, 'base64')]).toEqual(bytes)
    expect(parsed.rawSha256).toBe(createHash('sha256').update(Uint8Array.from(bytes)).digest('hex'))
  })

  test.each(['', '\ufffd', '\ufeffx'])('has %j as text alone', async (text) => {
    expect(JSON.parse((await lineOf(Buffer.from(text))).text)).toMatchObject({ raw: text })
    expect((await lineOf(Buffer.from(text))).text).not.toContain('rawBase64')
  })
})

describe('an export', () => {
  test('as JSON Lines has one line for each row, in order', async () => {
    const { begin, all } = await exported('jsonl', 4500)
    const { id, rows, name } = begin()
    expect({ rows, name }).toEqual({ rows: 4500, name: 'recount-timeline-20260206-120000.jsonl' })
    const { text, pieces, rowsDone } = all(id)
    expect(pieces).toBeGreaterThan(1)
    expect(rowsDone).toBe(4500)
    const keys = text.trimEnd().split('\n').map((line) => (JSON.parse(line) as { key: string }).key)
    expect(keys).toEqual(Array.from({ length: 4500 }, (_, i) => `sshd:web-1:auth:id-${i}`))
  })

  test('of long records comes in pieces that end with the record that fills them', async () => {
    const { store, begin, exports } = await exported('jsonl', 0)
    const raw = Buffer.alloc(700_000, 'x')
    add(store, [0, 1, 2, 3, 4].map((i) => ({ ...record(`long-${i}`), raw })))
    const { id } = begin()
    expect([exports.read(id), exports.read(id), exports.read(id)].map(({ rowsDone, done }) => ({ rowsDone, done }))).toEqual([
      { rowsDone: 2, done: false },
      { rowsDone: 4, done: false },
      { rowsDone: 5, done: true },
    ])
  })

  test('as CSV begins once with a mark and the names of the columns', async () => {
    const { begin, all } = await exported('csv', 4500)
    const { text } = all(begin().id)
    const lines = text.split('\r\n')
    expect(lines[0]).toMatch(/^\ufefftime,epoch_ms,category,.*,key$/)
    expect(lines).toHaveLength(4502)
    expect(text.match(/epoch_ms/g)).toHaveLength(1)
    expect(lines[1]).toContain(`2026-02-06T12:00:00.000Z,${NOW},authentication,login,Failed password,failure`)
  })

  test('of an empty view has its head alone', async () => {
    const { begin, all } = await exported('csv', 0)
    expect(all(begin().id).text.split('\r\n')).toHaveLength(2)
    const json = await exported('jsonl', 0)
    expect(json.all(json.begin().id).text).toBe('')
  })

  test('in one go is the same text, and a limit its beginning', async () => {
    const { store, begin, all } = await exported('csv', 4500)
    expect([...exportLines(store, ALL, { format: 'csv' })].join('')).toBe(all(begin().id).text)
    expect([...exportLines(store, ALL, { format: 'jsonl', limit: 2100 })].join('').trimEnd().split('\n')).toHaveLength(2100)
  })

  test.each([
    ['rows arrive', (store: Awaited<ReturnType<typeof writable>>) => void add(store, [record('late')])],
    ['rows leave', (store) => void store.remove('logs', true)],
  ])('is refused once %s under it', async (_name, change: (store: Awaited<ReturnType<typeof writable>>) => void) => {
    const { store, exports, begin } = await exported('jsonl', 4500)
    const { id } = begin()
    exports.read(id)
    change(store)
    expect(await faultOf(() => exports.read(id))).toMatchObject({ code: 'cancelled' })
    expect(await faultOf(() => exports.read(id))).toMatchObject({ code: 'not-found' })
    const again = begin()
    expect(again.rows).toBe(store.count(ALL).rows)
    exports.end(again.id)
    expect(() => exports.read(again.id)).toThrow(BackendFault)
  })
})
