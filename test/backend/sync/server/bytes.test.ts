import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { StoreView, WritableStore } from '../../../../src/backend/store'
import { DIALECTS } from '../../../../src/sample'
import { ALL, reopened } from '../../store/a-store'
import { hex } from '../../store/a-server'
import { logRow, named, OPEN, sessionRow, talkingServer } from './a-talking-server'
import { connect, HOUR, machine, MINUTE, NOON, ownServer, reading, row, type OwnServer, type Reading, type Row } from './own-server'

/** Written as no writer of JSON would: what a reader of it loses must still be there. */
const ODD: readonly string[] = [
  ', "big":12345678901234567890123, "small":-0 , "huge":1e400,"tiny":1E-400, "one":1.10,"neg":-0.0',
  ',"again":1,"again":2,"again":{"again":3}',
  String.raw`,"escapes":"\u0000 \/ \ud83d \ud83d\ude00 \u00e9 \" \\ \b\f\n\r\t \u2028"`,
  ',"unicode":"é 😀 \u202e \u2028 ﷽ e\u0301","ключ":"значение"',
  ',\t"nested" :\r\n [ [ ], { }, [ [ { "z" : null, "a" : [ true , false ] } ] ] ]  ',
  ',"":"","__proto__":{"x":1},"constructor":"c","toString":0',
]

/** The same in another order, with space around and the time last. */
function reordered(id: string, time: number): Row {
  const written = new Date(time).toISOString().replace('Z', '123456Z')
  return { time, text: `{\n\t"zz" : null ,"username":"ana", "action" : "read"  ,"id":\t"${id}" , "timestamp" : "${written}"\n}` }
}

/** A server whose every list has odd rows, all older than the lag; of the audit, several pages. */
async function oddServer(dialect: (typeof DIALECTS)[number]): Promise<OwnServer> {
  const at = (i: number) => NOON - HOUR - i * MINUTE
  const own = await ownServer(dialect, { machines: new Map([machine('m1')]) })
  own.audit = [...ODD.map((more, i) => row(`a${i}`, at(i), more)), reordered('order', at(20))]
  own.audit.push(...Array.from({ length: 450 }, (_, i) => row(`plain${i}`, at(30 + i))))
  own.logs.set('m1', ODD.map((more, i) => logRow(`l${i}`, at(i), more)))
  own.sessions.set('m1', ODD.map((more, i) => sessionRow(`s${i}`, at(i), more)))
  return own
}

const rowsOf = (own: OwnServer) => [...own.audit, ...(own.logs.get('m1') ?? []), ...(own.sessions.get('m1') ?? [])]

function everything(store: WritableStore, view: StoreView = ALL) {
  return store.records(view, 0, store.length(view))
}

/** Every record leads to the page that it came in, whose hash says so. */
function expectPages(store: WritableStore, own: OwnServer): void {
  const sent = new Set(own.sent.map(hex))
  for (const { event, raw, rawSha256, provenance } of everything(store)) {
    const page = store.pageOf(event.key)
    if (!page) throw new Error(`${event.key} leads to no page`)
    const { bytes, offset, length } = page
    expect(Buffer.from(bytes.subarray(offset, offset + length)).equals(raw), event.key).toBe(true)
    expect(hex(bytes)).toBe(provenance.heldSha256 ?? provenance.sha256)
    expect(sent).toContain(provenance.sha256)
    if (provenance.heldSha256 === undefined) expect(rawSha256).toBe(hex(raw))
    expect(provenance).toMatchObject({ origin: 'request', status: 200, date: new Date(own.now).toUTCString() })
    expect(provenance.place).toMatch(new RegExp(`^GET ${own.url}/api/[a-z0-9/-]+`))
  }
}

async function reopenedStore(read: Reading): Promise<WritableStore> {
  read.store = await reopened(read.store, read.workspace)
  return read.store
}

describe.each(DIALECTS)('records of a server that speaks %s', (dialect) => {
  test('are held byte for byte, and lead to the pages they came in, after a restart and a wipe too', async () => {
    const own = await oddServer(dialect)
    const read = await reading(own)
    const { sync } = read
    expect(await sync()).toMatchObject({ state: 'done', fault: null })
    const rows = rowsOf(own).map(({ text }) => text)
    const check = (store: WritableStore) => {
      const held = everything(store)
      expect(held.map(({ raw }) => Buffer.from(raw).toString()).toSorted()).toEqual(rows.toSorted())
      for (const { raw, rawSha256, provenance } of held) {
        expect(rawSha256).toBe(hex(raw))
        expect(provenance).not.toHaveProperty('heldSha256')
      }
      expectPages(store, own)
    }
    check(read.store)
    check(await reopenedStore(read))

    const other = await ownServer(dialect, { audit: [row('other', NOON - HOUR)] })
    connect(read.store, other, { name: 'other' })
    read.context.store = read.store
    await sync({ connection: 'other' })
    expect(read.store.length(ALL)).toBe(rows.length + 1)
    await read.store.remove('other', true)
    check(read.store)
    check(await reopenedStore(read))
  })

  test('read by a second connection too keep their pages as long as the connection that received them', async () => {
    const own = await oddServer(dialect)
    const { store, sync } = await reading(own)
    await sync()
    for (const name of ['second', 'third']) {
      connect(store, own, { name })
      await sync({ connection: name })
    }
    const { length } = rowsOf(own)
    expect(await store.remove('second', true)).toEqual({ removedRows: 0 })
    expectPages(store, own)
    expect(await store.remove('acme', true)).toEqual({ removedRows: 0 })
    const held = everything(store)
    expect(held).toHaveLength(length)
    for (const { event, raw, rawSha256 } of held) expect([store.pageOf(event.key), rawSha256]).toEqual([null, hex(raw)])
  })
})

describe('a secret', () => {
  const filesOf = (folder: string) => readdirSync(folder).map((name) => readFileSync(join(folder, name)))

  test('is in no file of the workspace, and pages that had one say so', async () => {
    const own = await talkingServer('server')
    const read = await reading(own)
    const job = await read.sync()
    expect(job.state).toBe('done')
    const check = (store: WritableStore) => {
      const files = filesOf(read.workspace)
      // What is no secret is found, so that a secret would be.
      for (const open of OPEN) expect(files.some((file) => file.includes(open))).toBe(true)
      expect(named(...files)).toEqual([])
      expectPages(store, own)
      const redacted = everything(store).filter(({ provenance }) => provenance.heldSha256 !== undefined)
      expect(redacted).toHaveLength(8)
      const received = new Set(rowsOf(own).map(({ text }) => hex(text)))
      for (const { rawSha256 } of everything(store)) expect(received).toContain(rawSha256)
      expect(named(JSON.stringify(everything(store).map(({ event }) => event)))).toEqual([])
    }
    check(read.store)
    check(await reopenedStore(read))
    expect(named(JSON.stringify(job))).toEqual([])
  })
})
