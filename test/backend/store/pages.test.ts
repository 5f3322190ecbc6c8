import { describe, expect, test } from 'vitest'
import { bodyOf, frameOf } from '../../../src/backend/store/frame'
import { encodeBatch } from '../../../src/backend/store'
import { decodeBlock } from '../../../src/backend/store/block'
import { Random } from '../random'
import { tempFolder } from '../temp-folder'
import { add, contents, filesWith, nowAndReopened, NOW, record, reopened, writable } from './a-store'
import { batchOf, bring, from, hex, keyOf, page, SERVER } from './a-server'

describe('the page of a record', () => {
  test('is the body byte for byte, duplicates and all that is no record too', async () => {
    const folder = tempFolder()
    const store = await writable(folder)
    bring(store, [{ id: '2' }, { id: '1' }])
    const { records, body } = page([{ id: '4' }, { id: '3' }, { id: '2' }, { id: '1', text: 'ünïcødé 12345678901234567890' }, { id: '4' }])
    store.append(batchOf(records, body), from(NOW, body), SERVER)
    add(store, [record('file')], { connection: 'else' })
    await store.remove('else', true)
    await nowAndReopened(store, folder, (at) => {
      for (const id of ['1', '3', '4']) {
        const held = at.pageOf(keyOf(id))
        expect(Buffer.from(held?.bytes ?? []).toString()).toBe(body.toString())
        expect(hex(held?.bytes ?? '')).toBe(held?.provenance.heldSha256 ?? held?.provenance.sha256)
        const { raw, offset, provenance } = at.find(keyOf(id)) ?? {}
        expect(hex(held?.bytes.subarray(held.offset, held.offset + held.length) ?? '')).toBe(hex(raw ?? ''))
        expect(held).toMatchObject({ offset, provenance })
      }
      // What came first keeps its first page.
      expect(Buffer.from(at.pageOf(keyOf('2'))?.bytes ?? []).toString()).toBe(page([{ id: '2' }, { id: '1' }]).body.toString())
    })
  })

  test('is none of a file, of a page that was not kept, and of what is not held', async () => {
    const store = await writable(tempFolder())
    add(store, [record('x')])
    store.append(page([{ id: '1' }]).records, from(), SERVER)
    for (const key of ['sshd:web-1:auth:x', keyOf('1'), 'none']) expect(store.pageOf(key)).toBeNull()
  })

  test('without a record of its own is not kept', async () => {
    const folder = tempFolder()
    const store = await writable(folder)
    bring(store, [{ id: '1' }])
    const { records, body } = page([{ id: '1' }], 'MARK')
    store.append(batchOf(records, body), from(NOW, body), SERVER)
    expect(filesWith(folder, 'MARK')).toEqual([])
  })

  test('goes with the connection that received it, though another holds its records', async () => {
    const folder = tempFolder()
    const store = await writable(folder)
    const given = [{ id: '1' }, { id: '2' }]
    const { records, body } = page(given, 'MARK')
    store.append(batchOf(records, body), from(NOW, body), { ...SERVER, connection: 'one' })
    bring(store, given, { connection: 'two' })
    const before = contents(store)
    expect(await store.remove('one', true)).toEqual({ removedRows: 0 })
    expect(filesWith(folder, 'MARK')).toEqual([])
    await nowAndReopened(store, folder, (at) => {
      expect(at.pageOf(keyOf('1'))).toBeNull()
      expect(contents(at)).toEqual(before.map((held) => ({ ...held, origin: { ...held.origin, connection: 'two' } })))
    })
  })

  test('stays when a connection that shares its records is wiped', async () => {
    const folder = tempFolder()
    const store = await writable(folder)
    bring(store, [{ id: '1' }, { id: '2' }], { connection: 'one' })
    bring(store, [{ id: '3' }, { id: '2' }], { connection: 'two' })
    await store.remove('two', true)
    await nowAndReopened(store, folder, (at) => expect(Buffer.from(at.pageOf(keyOf('2'))?.bytes ?? []).toString()).toBe(page([{ id: '1' }, { id: '2' }]).body.toString()))
  })
})

test('any body is put together again from its records in any order and the rest', () => {
  const random = new Random(4)
  for (let round = 0; round < 100; round++) {
    const pieces = Array.from({ length: random.int(20) }, () => ({ isRecord: random.chance(0.5), bytes: random.bytes(1 + random.int(30)) }))
    const body = Buffer.concat(pieces.map(({ bytes }) => bytes))
    let offset = 0
    const given = pieces.flatMap(({ isRecord, bytes }, i) => {
      offset += bytes.length
      return isRecord ? [{ ...record(`${i}`, {}, bytes), offset: offset - bytes.length }] : []
    })
    const { columns, raw } = encodeBatch(random.chance(0.5) ? given : given.toReversed(), 'k')
    const block = decodeBlock(columns, () => raw)
    const frame = frameOf(body, block)
    expect(frame.length).toBe(body.length - raw.length)
    expect(Buffer.from(bodyOf(frame, block)).equals(body)).toBe(true)
  }
})

describe('the hash of a record', () => {
  test('is of the bytes received, also where a secret was replaced in those held', async () => {
    const folder = tempFolder()
    const store = await writable(folder)
    bring(store, [{ id: '2' }])
    const { records, body } = page([{ id: '1', text: '«redacted»' }, { id: '2' }, { id: '3' }])
    const received = records.map((given, i) => (i === 0 ? { ...given, receivedSha256: hex('the secret') } : given))
    store.append(batchOf(received, body), { ...from(NOW, body), sha256: hex('with the secret'), heldSha256: hex(body) }, SERVER)
    add(store, [record('file')], { connection: 'else' })
    await store.remove('else', true)
    await nowAndReopened(store, folder, (at) => {
      expect(at.find(keyOf('1'))?.rawSha256).toBe(hex('the secret'))
      expect(at.find(keyOf('3'))?.rawSha256).toBe(hex(records[2]?.raw ?? ''))
      const held = at.pageOf(keyOf('1'))
      expect(hex(held?.bytes ?? '')).toBe(held?.provenance.heldSha256)
    })
  })

  test('of each state is its own', async () => {
    const folder = tempFolder()
    const store = await writable(folder)
    bring(store, [{ id: '1', text: 'a' }])
    const { records } = page([{ id: '1', text: 'b' }])
    store.append(records.map((given) => ({ ...given, receivedSha256: hex('B') })), from(), SERVER)
    const again = await reopened(store, folder)
    expect([again.find(keyOf('1')), ...again.revisions(keyOf('1'))].map((state) => state?.rawSha256)).toEqual([hex('B'), hex(page([{ id: '1', text: 'a' }]).records[0]?.raw ?? '')])
  })
})
