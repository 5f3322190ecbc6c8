import { appendFileSync, copyFileSync, existsSync, mkdirSync, readFileSync, readdirSync, statSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { createJournal, MOST_PAYLOAD, openJournal, readJournal } from '../../../src/backend/store/journal'
import { Random } from '../random'
import { tempFolder } from '../temp-folder'
import { add, close, contents, faultOf, ids, journalOf, readable, record, records, writable } from './a-store'

const ZEROS = new Uint8Array(32)

function written(payloads: Uint8Array[], path = join(tempFolder(), 'j.log')): string {
  createJournal(path, ZEROS)
  const journal = openJournal(path, readJournal(path, () => {}))
  for (const payload of payloads) journal.append([payload])
  journal.close()
  return path
}

function read(path: string) {
  const payloads: string[] = []
  const end = readJournal(path, (payload) => payloads.push(Buffer.from(payload).toString('latin1')))
  return { payloads, ...end, chain: Buffer.from(end.chain).toString('hex') }
}

describe('a journal file', () => {
  test('gives back every payload in order, also empty and large ones, and goes on after that', () => {
    const payloads = [Buffer.from('one'), Buffer.alloc(0), Buffer.alloc(300_000, 7), Buffer.from('four')]
    const path = written(payloads)
    expect(read(path)).toMatchObject({ state: 'whole', payloads: payloads.map((p) => p.toString('latin1')), good: statSync(path).size })
    const journal = openJournal(path, readJournal(path, () => {}))
    journal.append([Buffer.from('fi'), Buffer.from('ve')])
    journal.close()
    expect(read(path).payloads.at(-1)).toBe('five')
  })

  test('chains each record to all before it', () => {
    const one = read(written([Buffer.from('a'), Buffer.from('b')]))
    const other = read(written([Buffer.from('A'), Buffer.from('b')]))
    expect(one.chain).not.toBe(other.chain)
    const swapped = readFileSync(written([Buffer.from('a'), Buffer.from('b')]))
    const [first, second] = [swapped.subarray(48, 89), swapped.subarray(89)]
    const path = join(tempFolder(), 'swapped.log')
    writeFileSync(path, Buffer.concat([swapped.subarray(0, 48), second, first]))
    expect(read(path)).toMatchObject({ payloads: [], state: 'damaged', good: 48 })
  })

  test('starts from the chain value it is given', () => {
    const path = join(tempFolder(), 'j.log')
    createJournal(path, Buffer.alloc(32, 9))
    expect(read(path).chain).toBe('09'.repeat(32))
  })

  test('never takes the place of another file', () => {
    const path = written([Buffer.from('kept')])
    expect(() => createJournal(path, ZEROS)).toThrow(/EEXIST/)
    expect(read(path).payloads).toEqual(['kept'])
  })

  test('refuses a payload longer than it would read back', () => {
    const path = written([])
    const journal = openJournal(path, readJournal(path, () => {}))
    expect(() => journal.append([{ length: MOST_PAYLOAD + 1 } as Uint8Array])).toThrow(/too long/)
    journal.append([Buffer.from('next')])
    journal.close()
    expect(read(path)).toMatchObject({ payloads: ['next'], state: 'whole' })
  })

  test.each([
    ['empty', ''],
    ['short', 'RECOUNTJ\x01\0\0\0'],
    ['of another program', 'SQLite format 3\0'.repeat(10)],
    ['of a later version', `RECOUNTJ\x02\0\0\0\0\0\0\0${'\0'.repeat(32)}`],
  ])('a file that is %s is no journal', (_name, text) => {
    const path = join(tempFolder(), 'j.log')
    writeFileSync(path, text, 'latin1')
    expect(() => read(path)).toThrow(/not a journal/)
  })
})

describe('a torn tail', () => {
  const kept = [Buffer.from('first'), Buffer.from('second')]
  const last = Buffer.from('the last record of all')
  let path: string
  let bytes: Buffer
  let good: number
  beforeAll(() => {
    bytes = readFileSync(written([...kept, last]))
    good = bytes.length - last.length - 40
  })
  const readBytes = (changed: Uint8Array) => {
    path = join(tempFolder(), 'torn.log')
    writeFileSync(path, changed)
    return read(path)
  }

  test('cut at every byte of the last record, what stands before is held', () => {
    for (let size = good + 1; size < bytes.length; size++) {
      expect(readBytes(bytes.subarray(0, size)), `cut at ${size}`).toMatchObject({ state: 'torn', good, size, payloads: ['first', 'second'] })
    }
  })

  test('with any bit of the last record flipped, what stands before is held', () => {
    for (let at = good; at < bytes.length; at++) {
      for (let bit = 0; bit < 8; bit++) {
        const changed = Buffer.from(bytes)
        changed[at] = (changed[at] ?? 0) ^ (1 << bit)
        expect(readBytes(changed), `bit ${bit} of byte ${at}`).toMatchObject({ state: 'torn', good, payloads: ['first', 'second'] })
      }
    }
  })

  test('with bytes that never reached the disk as zeros, what stands before is held', () => {
    for (let from = good; from < bytes.length; from++) {
      expect(readBytes(Buffer.from(bytes).fill(0, from)), `zeros from ${from}`).toMatchObject({ state: 'torn', good })
    }
  })

  test('is told from damage before the last record, whichever bit it hits', () => {
    const second = 48 + 40 + 5
    for (let at = second; at < good; at++) {
      for (let bit = 0; bit < 8; bit++) {
        const changed = Buffer.from(bytes)
        changed[at] = (changed[at] ?? 0) ^ (1 << bit)
        expect(readBytes(changed), `bit ${bit} of byte ${at}`).toMatchObject({ state: 'damaged', good: second, payloads: ['first'] })
      }
    }
  })
})

describe('records that were not durable one by one', () => {
  /** `durable` records, then so many put in one go; where each begins. */
  function group(durable: number, put: number) {
    const path = join(tempFolder(), 'j.log')
    createJournal(path, ZEROS)
    const journal = openJournal(path, readJournal(path, () => {}))
    const starts = [statSync(path).size]
    const add = (act: 'append' | 'put') => {
      journal[act]([Buffer.from(`record ${starts.length}`)])
      starts.push(statSync(path).size)
    }
    for (let i = 0; i < durable; i++) add('append')
    for (let i = 0; i < put; i++) add('put')
    journal.close()
    return { starts, bytes: readFileSync(path) }
  }

  function readWith(bytes: Buffer, change: (bytes: Buffer) => Buffer) {
    const path = join(tempFolder(), 'changed.log')
    writeFileSync(path, change(Buffer.from(bytes)))
    return read(path)
  }

  test.each(['zeros', 'one bit of the head', 'one bit of the payload'])('with %s in any of them are a torn tail from there on', (what) => {
    const { starts, bytes } = group(2, 4)
    for (let bad = 2; bad < 6; bad++) {
      const [from = 0, to = 0] = starts.slice(bad)
      const end = readWith(bytes, (changed) => {
        if (what === 'zeros') return changed.fill(0, from, to)
        const at = what.endsWith('head') ? from + 1 : to - 1
        changed[at] = (changed[at] ?? 0) ^ 4
        return changed
      })
      expect(end, `record ${bad}`).toMatchObject({ state: 'torn', good: from })
      expect(end.payloads).toHaveLength(bad)
    }
  })

  test('are whole where nothing is torn, and gone from a cut on', () => {
    const { starts, bytes } = group(1, 3)
    expect(readWith(bytes, (all) => all)).toMatchObject({ state: 'whole', payloads: ['record 1', 'record 2', 'record 3', 'record 4'] })
    expect(readWith(bytes, (all) => all.subarray(0, (starts[2] ?? 0) + 7))).toMatchObject({ state: 'torn', good: starts[2] })
  })

  test('tell of damage before them, and of damage that a later one vouches for', () => {
    const { starts, bytes } = group(2, 7)
    // The fifth of them could only be put when all before it were durable.
    for (let bad = 0; bad < 6; bad++) {
      const from = starts[bad] ?? 0
      for (const at of [from + 2, from + 45]) {
        const end = readWith(bytes, (changed) => {
          changed[at] = (changed[at] ?? 0) ^ 4
          return changed
        })
        expect(end, `byte ${at} of record ${bad}`).toMatchObject({ state: 'damaged', good: from })
      }
    }
  })
})

/** A workspace of three batches, and the sizes of its journal before and after the last. */
async function workspace() {
  const folder = tempFolder()
  const store = await writable(folder)
  add(store, records(0, 3))
  add(store, records(3, 3))
  const before = statSync(journalOf(folder)).size
  add(store, records(6, 3))
  close(store)
  return { folder, before, size: statSync(journalOf(folder)).size }
}

async function damagedCopy(from: string, change: (journal: string) => void): Promise<string> {
  const folder = join(tempFolder(), 'copy')
  mkdirSync(folder)
  for (const name of readdirSync(from)) copyFileSync(join(from, name), join(folder, name))
  change(journalOf(folder))
  return folder
}

function flip(path: string, at: number): void {
  const bytes = readFileSync(path)
  bytes[at] = (bytes[at] ?? 0) ^ 0x10
  writeFileSync(path, bytes)
}

describe('a workspace whose journal', () => {
  test('has a torn tail opens with everything before, keeps the tail beside and tells so', async () => {
    const { folder: whole, before, size } = await workspace()
    const random = new Random(3)
    const places = [before + 1, before + 39, before + 40, size - 1, ...Array.from({ length: 6 }, () => before + 1 + random.int(size - before - 1))]
    for (const at of places) {
      const folder = await damagedCopy(whole, (journal) => (random.chance(0.5) ? truncateSync(journal, at) : flip(journal, at)))
      const tail = readFileSync(journalOf(folder)).subarray(before)
      const store = await writable(folder)
      expect(ids(store)).toEqual(['id-0', 'id-1', 'id-2', 'id-3', 'id-4', 'id-5'])
      expect(store.state()).toMatchObject({ readOnly: null, recovered: [expect.stringContaining(`${tail.length} bytes`)] })
      const kept = readdirSync(folder).find((name) => name.includes('.cut-')) ?? ''
      expect(readFileSync(join(folder, kept))).toEqual(tail)
      expect(store.state().recovered[0]).toContain(kept)
      expect(statSync(join(folder, kept)).mode & 0o777).toBe(0o600)
      add(store, records(6, 3))
      close(store)
      const again = await writable(folder)
      expect(ids(again)).toHaveLength(9)
      expect(again.state().recovered).toEqual([])
      close(again)
    }
  })

  test('is damaged before its end is read-only with what stands before, and nothing is overwritten', async () => {
    const { folder: whole, before } = await workspace()
    const folder = await damagedCopy(whole, (journal) => flip(journal, before - 5))
    const bytes = readFileSync(journalOf(folder))
    const store = await writable(folder)
    expect(ids(store)).toEqual(['id-0', 'id-1', 'id-2'])
    expect(store.state()).toMatchObject({ readOnly: { code: 'damaged' }, recovered: [] })
    expect(await faultOf(() => add(store, records(9, 1)))).toMatchObject({ code: 'workspace-damaged' })
    expect(await faultOf(() => store.setSetting('zone', 'UTC'))).toMatchObject({ code: 'workspace-damaged' })
    expect(await faultOf(() => store.remove('logs', true))).toMatchObject({ code: 'workspace-damaged' })
    close(store)
    expect(readFileSync(journalOf(folder))).toEqual(bytes)
    expect(readdirSync(folder).filter((name) => name.includes('cut'))).toEqual([])
    expect((await readable(folder)).state().readOnly).toMatchObject({ code: 'damaged' })
  })

  test('has a damaged length before its end loses nothing behind it', async () => {
    const { folder: whole } = await workspace()
    const folder = await damagedCopy(whole, (journal) => flip(journal, 48 + 2))
    const bytes = readFileSync(journalOf(folder))
    const store = await writable(folder)
    expect(store.state().readOnly).toMatchObject({ code: 'damaged' })
    close(store)
    expect(readFileSync(journalOf(folder))).toEqual(bytes)
  })

  test('is no journal, or is gone, is refused by name and left as it is', async () => {
    const { folder: whole } = await workspace()
    const folder = await damagedCopy(whole, (journal) => writeFileSync(journal, 'PK not a journal at all, but long enough to have been one'))
    const bytes = readFileSync(journalOf(folder))
    expect(await faultOf(() => writable(folder))).toMatchObject({ code: 'workspace-damaged', message: expect.stringContaining('journal-000001.log') })
    expect(await faultOf(() => readable(folder))).toMatchObject({ code: 'workspace-damaged' })
    expect(readFileSync(journalOf(folder))).toEqual(bytes)
    expect(existsSync(join(folder, 'LOCK'))).toBe(false)
  })
})

describe('a reader', () => {
  test('beside a writer with an unfinished record reads what is durable, says nothing and changes nothing', async () => {
    const { folder } = await workspace()
    const writer = await writable(folder)
    appendFileSync(journalOf(folder), Buffer.alloc(30, 1))
    const bytes = readFileSync(journalOf(folder))
    const reader = await readable(folder)
    expect(ids(reader)).toHaveLength(9)
    expect(reader.state()).toMatchObject({ recovered: [], readOnly: null })
    expect(readFileSync(journalOf(folder))).toEqual(bytes)
    expect(contents(reader)).toEqual(contents(writer))
  })

  test('keeps reading what was durable when it began', async () => {
    const { folder } = await workspace()
    const writer = await writable(folder)
    const reader = await readable(folder)
    add(writer, [record('late')])
    await writer.remove('logs', true)
    expect(ids(reader)).toHaveLength(9)
    expect(ids(writer)).toEqual([])
    expect(ids(await readable(folder))).toEqual([])
  })

  test('of a folder without a workspace reads an empty one and makes nothing', async () => {
    const folder = tempFolder()
    const reader = await readable(folder)
    expect(reader.state()).toEqual({ held: 0, companions: 0, range: null, readOnly: null, recovered: [] })
    expect(readdirSync(folder)).toEqual([])
  })
})
