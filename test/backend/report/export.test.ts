import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { commitmentOf, exportLines, Exports, fieldSalt, FORMATS, type RowMoments } from '../../../src/backend/report'
import type { Ask, ExportFormat, ExportManifest } from '../../../src/contract'
import { tempFolder } from '../temp-folder'
import { add, ALL, faultOf, FROM_FILE, NOW, record, records, writable } from '../store/a-store'

const VIEW = { query: '', range: null, order: 'asc' as const }

async function exported(format: ExportFormat, count = 5, more: Omit<Ask<'export.begin'>, 'view' | 'format'> = {}) {
  const workspace = tempFolder()
  const store = await writable(workspace)
  add(store, records(0, count, { actor: { name: 'ana' }, ip: '10.0.0.1' }))
  const exports = new Exports(store, { version: '1.2.3', workspace })
  const begin = () => exports.begin({ view: VIEW, format, ...more }, NOW)
  const all = async (id: string, part: 'rows' | 'commitments' | 'manifest' = 'rows') => {
    const pieces: string[] = []
    for (;;) {
      const { bytes, done, rowsDone } = await exports.read(id, part)
      pieces.push(Buffer.from(bytes).toString())
      if (done || part === 'manifest') return { text: pieces.join(''), pieces: pieces.length, rowsDone }
    }
  }
  return { workspace, store, exports, begin, all }
}

describe('a line of JSON', () => {
  const lineOf = async (raw: Uint8Array) => {
    const store = await writable(tempFolder())
    add(store, [{ ...record('x', { attributes: { constructor: 'c' }, ip: '10.0.0.1' }), raw }])
    const [held] = store.records(ALL, 0, 1)
    if (!held) throw new Error('nothing held')
    const [lines] = exportLines(store, ALL, { format: 'jsonl', version: '1' })
    return { text: lines?.text.trimEnd() ?? '', held }
  }

  test('has every field, the time in words, and the exact text of the record', async () => {
    const raw = Buffer.from('{"big":12345678901234567890,"a":1,"a":2}\u202e\0')
    const { text, held } = await lineOf(raw)
    expect(text).not.toContain('\n')
    expect(JSON.parse(text)).toEqual({ ...held.event, time: '2026-02-06T12:00:00.000Z', connection: 'logs', source: 'sshd', stream: 'auth',
      raw: raw.toString(), rawSha256: createHash('sha256').update(raw).digest('hex') })
  })

  test('made of a record is that of its row', async () => {
    const { store } = await exported('jsonl', 300)
    const text = [...exportLines(store, ALL, { format: 'jsonl', version: '1' })].map((lines) => lines.text).join('')
    expect(text).toBe(store.records(ALL, 0, 300).map((one) => FORMATS.jsonl.line(one, { version: '1' })).join(''))
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
    const { text, pieces, rowsDone } = await all(id)
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
    const read = [await exports.read(id), await exports.read(id), await exports.read(id)]
    expect(read.map(({ rowsDone, done }) => ({ rowsDone, done }))).toEqual([
      { rowsDone: 2, done: false },
      { rowsDone: 4, done: false },
      { rowsDone: 5, done: true },
    ])
  })

  test('as CSV begins once with a mark and the names of the columns', async () => {
    const { begin, all } = await exported('csv', 4500)
    const { text } = await all(begin().id)
    const lines = text.split('\r\n')
    expect(lines[0]).toMatch(/^\ufefftime,epoch_ms,category,.*,key$/)
    expect(lines).toHaveLength(4502)
    expect(text.match(/epoch_ms/g)).toHaveLength(1)
    expect(lines[1]).toContain(`2026-02-06T12:00:00.000Z,${NOW},authentication,login,Failed password,failure`)
  })

  test('of an empty view has its head alone', async () => {
    const { begin, all } = await exported('csv', 0)
    expect((await all(begin().id)).text.split('\r\n')).toHaveLength(2)
    const json = await exported('jsonl', 0)
    expect((await json.all(json.begin().id)).text).toBe('')
  })

  test('in one go is the same text, and a limit its beginning', async () => {
    const { store, begin, all } = await exported('csv', 4500)
    const whole = (options: Parameters<typeof exportLines>[2]) => [...exportLines(store, ALL, options)].map(({ text }) => text).join('')
    expect(whole({ format: 'csv', version: '1' })).toBe((await all(begin().id)).text)
    expect(whole({ format: 'jsonl', limit: 2100, version: '1' }).trimEnd().split('\n')).toHaveLength(2100)
  })

  test.each(['jsonl', 'timesketch'] as const)('as %s has what arrived since, tells of each row, and follows what changes between two pieces', async (format) => {
    const { store } = await exported(format, 200)
    store.append(records(200, 400), { ...FROM_FILE, fetchedAt: NOW + 10 }, { connection: 'logs', kind: 'sshd' })
    const seen: { time: number; arrived: number }[] = []
    const onRow = ({ time, arrived }: RowMoments) => void seen.push({ time, arrived: arrived() })
    const pieces = exportLines(store, ALL, { format, version: '1', since: NOW + 10, onRow })
    const before = pieces.next().value
    expect(before?.text).toContain('"connection":"logs"')
    store.renameConnection('logs', 'named')
    const after = [...pieces]
    expect(after.at(-1)?.text).toContain('"connection":"named"')
    expect((before?.rows ?? 0) + after.reduce((sum, { rows }) => sum + rows, 0)).toBe(400)
    expect(seen).toEqual(Array.from({ length: 400 }, (_, i) => ({ time: NOW + 200 + i, arrived: NOW + 10 })))
  })

  test.each([
    ['rows arrive', (store: Awaited<ReturnType<typeof writable>>) => void add(store, [record('late')])],
    ['rows leave', (store) => void store.remove('logs', true)],
  ])('is refused once %s under it', async (_name, change: (store: Awaited<ReturnType<typeof writable>>) => void) => {
    const { store, exports, begin } = await exported('jsonl', 4500)
    const { id } = begin()
    await exports.read(id)
    change(store)
    expect(await faultOf(() => exports.read(id))).toMatchObject({ code: 'cancelled' })
    expect(await faultOf(() => exports.read(id))).toMatchObject({ code: 'not-found' })
    const again = begin()
    expect(again.rows).toBe(store.count(ALL).rows)
    exports.end(again.id)
    expect(await faultOf(() => exports.read(again.id))).toMatchObject({ code: 'not-found' })
  })
})

describe('the manifest of an export', () => {
  test('says what was asked, how many rows there are, and the SHA-256 of the file', async () => {
    const { begin, all, exports } = await exported('csv', 4500)
    const { id, name, beside } = begin()
    expect(beside).toEqual([{ part: 'manifest', name: `${name}.manifest.json` }])
    expect(await faultOf(() => exports.read(id, 'manifest'))).toMatchObject({ code: 'bad-ask' })
    const { text } = await all(id)
    const manifest = JSON.parse((await all(id, 'manifest')).text) as ExportManifest
    expect(manifest).toEqual({
      schema: 'recount-export/1',
      app: 'Recount 1.2.3',
      exportedAt: '2026-02-06T12:00:00.000Z',
      format: 'csv',
      table: 'timeline',
      filter: { query: '', range: null, order: 'asc' },
      counts: { rows: 4500, matching: 4500, held: 4500 },
      range: { from: '2026-02-06T12:00:00.000Z', to: '2026-02-06T12:00:04.500Z' },
      complete: true,
      coverage: { state: null, holes: [] },
      files: [{ name, rows: 4500, bytes: Buffer.byteLength(text), sha256: createHash('sha256').update(text).digest('hex') }],
      cells: 'safe',
      redaction: null,
    })
  })

  test('says what was masked; each masked field can be shown to be the original with its salt alone', async () => {
    const { begin, all, workspace, store } = await exported('jsonl', 3, { masks: ['user'] })
    const { id, name, beside } = begin()
    expect(beside.map(({ part }) => part)).toEqual(['commitments', 'manifest'])
    const rows = (await all(id)).text.trimEnd().split('\n').map((line) => JSON.parse(line) as { actor: { name: string }; ip: string; raw: string })
    expect(rows.map(({ actor, ip, raw }) => [actor.name, ip, raw])).toEqual(Array.from({ length: 3 }, () => ['«user-1»', '10.0.0.1', '«redacted»']))
    const lines = (await all(id, 'commitments')).text.trimEnd().split('\n').map((line) => JSON.parse(line) as { row: number; fields: Record<string, string> })
    const { redaction, files } = JSON.parse((await all(id, 'manifest')).text) as ExportManifest
    expect(redaction).toEqual({ masks: ['user'], salt: id, rows: 3, fields: 9, commitment: 'SHA-256(HMAC-SHA-256(salt, row LF field) || value)' })
    expect(files.map((file) => file.name)).toEqual([name, beside[0]?.name])
    const note = JSON.parse(readFileSync(join(workspace, 'exports', `${id}.salt.json`), 'utf8')) as { name: string; salt: string }
    expect(note.name).toBe(name)
    const salt = Buffer.from(note.salt, 'hex')
    const [first] = store.records(ALL, 0, 1)
    expect(lines[0]?.fields).toEqual({
      'actor.name': commitmentOf(fieldSalt(salt, 1, 'actor.name'), 'ana'),
      key: commitmentOf(fieldSalt(salt, 1, 'key'), first?.event.key ?? ''),
      raw: commitmentOf(fieldSalt(salt, 1, 'raw'), first?.raw ?? ''),
    })
    // Equal values of two rows are not seen to be equal.
    expect(lines[1]?.fields['actor.name']).not.toBe(lines[0]?.fields['actor.name'])
  })
})
