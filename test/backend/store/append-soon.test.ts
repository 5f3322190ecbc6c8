import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { Flight } from '../../../src/backend/store/flight'
import { createJournal, openJournal, readJournal, type Put } from '../../../src/backend/store/journal'
import type { BatchProvenance, Checkpoint } from '../../../src/backend/store'
import { tempFolder } from '../temp-folder'
import { ALL, close, ids, NOW, readable, records, reopened, writable } from './a-store'

const CHECKPOINT: Checkpoint = { connection: 'acme', kind: 'webxterm' }
const FROM: BatchProvenance = { origin: 'request', place: 'GET /page', fetchedAt: NOW }

describe('records that become durable soon', () => {
  test('are held at once for whoever looks, and after a restart', async () => {
    const folder = tempFolder()
    const store = await writable(folder)
    const { appended, durable } = store.appendSoon(records(0, 3), FROM, CHECKPOINT)
    expect(appended).toMatchObject({ added: 3, duplicates: 0 })
    expect(ids(store)).toHaveLength(3)
    await durable
    expect(ids(await reopened(store, folder))).toHaveLength(3)
  })

  test('count before what comes next, which finds them held', async () => {
    const folder = tempFolder()
    const store = await writable(folder)
    const first = store.appendSoon(records(0, 3), FROM, CHECKPOINT)
    const second = store.appendSoon(records(2, 3), FROM, CHECKPOINT)
    expect(second.appended).toMatchObject({ added: 2, duplicates: 1 })
    store.setSetting('zone', 'UTC')
    await Promise.all([first.durable, second.durable])
    const again = await reopened(store, folder)
    expect(ids(again)).toHaveLength(5)
    expect(again.settings()).toEqual({ zone: 'UTC' })
  })

  test('are durable when the store was closed meanwhile', async () => {
    const folder = tempFolder()
    const store = await writable(folder)
    const { durable } = store.appendSoon(records(0, 2), FROM, CHECKPOINT)
    close(store)
    await durable
    expect((await readable(folder)).length(ALL)).toBe(2)
  })

  test('tell of themselves once', async () => {
    const store = await writable(tempFolder())
    let told = 0
    store.onChange(() => told++)
    const { durable } = store.appendSoon(records(0, 2), FROM, CHECKPOINT)
    store.length(ALL)
    await durable
    expect(told).toBe(1)
  })
})

describe('a journal', () => {
  test('whose late sync ends after others were written keeps those', async () => {
    const path = join(tempFolder(), 'journal')
    createJournal(path, new Uint8Array(32))
    const journal = openJournal(path, readJournal(path, () => {}))
    const put = journal.put([Buffer.from('one')])
    const soon = put.syncSoon()
    put.sync()
    journal.append([Buffer.from('two')])
    await soon
    const found: string[] = []
    journal.close()
    expect(readJournal(path, (payload) => found.push(Buffer.from(payload).toString())).state).toBe('whole')
    expect(found).toEqual(['one', 'two'])
  })

  test('writes the next record over one that was never said to be durable', () => {
    const path = join(tempFolder(), 'journal')
    createJournal(path, new Uint8Array(32))
    const journal = openJournal(path, readJournal(path, () => {}))
    journal.append([Buffer.from('one')])
    journal.put([Buffer.from('lost')])
    journal.append([Buffer.from('two')])
    journal.close()
    const found: string[] = []
    readJournal(path, (payload) => found.push(Buffer.from(payload).toString()))
    expect(found).toEqual(['one', 'two'])
  })
})

describe('a flight', () => {
  test('that fails as somebody looks tells both of them and brings nothing', async () => {
    const failure = new Error('no room')
    const fail = (): never => {
      throw failure
    }
    let ended = () => {}
    const put: Put = { sync: fail, syncSoon: () => new Promise<void>((_, reject) => (ended = () => reject(failure))) }
    const flight = new Flight()
    let arrived = 0
    const began = flight.begin(put, () => arrived++)
    expect(() => flight.land()).toThrow('no room')
    ended()
    await expect(began).rejects.toThrow('no room')
    expect(() => flight.land()).not.toThrow()
    expect(arrived).toBe(0)
  })
})
