import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { JsonFault, ServerFault } from '../../../../src/backend/source'
import { webxtermSource } from '../../../../src/backend/source/webxterm'
import { BodyReading } from '../../../../src/backend/sync/server/body-reading'
import type { PagesBatch } from '../../../../src/backend/sync/server/page-groups'
import type { PageTask, ReadPage } from '../../../../src/backend/sync/server/read-body'
import { buildPrograms } from '../../../build-programs'
import { aDoor, aServer } from '../../source/a-server'

/** More pages than are read before the thread begins. */
const PAGES = 40

let built: Awaited<ReturnType<typeof buildPrograms>>
beforeAll(async () => {
  built = await buildPrograms({ 'body-reader': 'src/backend/sync/server/body-reader.ts' })
}, 60_000)
afterAll(() => built.remove())

function reading(folder?: string): BodyReading {
  const pages = new BodyReading(folder)
  onTestFinished(() => pages.close())
  return pages
}

async function auditTask(): Promise<PageTask> {
  const server = await aServer(() => ({ body: { machines: [{ id: 'm1', agent_id: 'agent-a', name: 'db-1', tenant_id: 'acme' }] } }))
  const [list] = await webxtermSource.lists(aDoor(server.url, webxtermSource.allowed), { url: server.url, dialect: 'documented', account: {} })
  if (!list) throw new Error('no list')
  return { form: list.form, stream: list.stream, kind: 'webxterm', range: null, after: null, group: null }
}

const row = (id: number) =>
  JSON.stringify({ id: `a${id}`, timestamp: new Date(Date.UTC(2026, 1, 6) - id * 1000).toISOString(), action: 'read', agent_id: 'agent-a', request_body: { password: `secret ${id}`, n: id } })

const bodyOf = (ids: number[]) => Buffer.from(`{"logs":[${ids.map(row).join(',')}],"total":99,"page":1,"limit":200}`)
const idsOf = (page: number) => Array.from({ length: 20 }, (_, i) => page * 20 + i)

describe('pages read in a thread', () => {
  test('are the same as those read here, byte for byte', async () => {
    const task = await auditTask()
    const [aside, here] = [reading(built.folder), reading()]
    for (let page = 0; page < PAGES; page++) {
      const read = await Promise.all([aside, here].map((one) => one.read(task, bodyOf(idsOf(page))).read))
      const [a, b] = read
      expect(a).toEqual(b)
      expect(a?.said.keys).toHaveLength(20)
      const { raw } = a?.batch?.batch ?? {}
      const [frame] = a?.batch?.frames ?? []
      expect(Buffer.concat([raw ?? new Uint8Array(), frame ?? new Uint8Array()]).toString()).not.toContain('secret')
      expect(frame?.length).toBeGreaterThan(0)
    }
    expect(aside.isAside).toBe(true)
    expect(here.isAside).toBe(false)
  })

  test('are read there from the first on where many are to come', async () => {
    const pages = reading(built.folder)
    pages.expect(2)
    expect(pages.isAside).toBe(false)
    pages.expect(1000)
    expect(pages.isAside).toBe(true)
    expect((await pages.read(await auditTask(), bodyOf([1, 2])).read).said.keys).toHaveLength(2)
  })

  test('fail as those read here', async () => {
    const task = await auditTask()
    for (const pages of [reading(built.folder), reading()]) {
      for (let page = 0; page < PAGES; page++) await pages.read(task, bodyOf(idsOf(page))).read
      await expect(pages.read(task, Buffer.from('{"logs":[{')).read).rejects.toSatisfy((error) => error instanceof JsonFault && error.truncated && error.message.endsWith('at byte 10'))
      await expect(pages.read(task, Buffer.from('{"rows":[]}')).read).rejects.toSatisfy((error) => error instanceof ServerFault && error.code === 'bad-answer')
      // And go on after that.
      expect((await pages.read(task, bodyOf([1, 2])).read).said.keys).toHaveLength(2)
    }
  })
})

describe('a record that the page before gave too', () => {
  test('is left out only where that page is held and gave the same bytes', async () => {
    const task = await auditTask()
    const pages = reading()
    const stored = async (ids: number[], after: number | null, change = (text: string) => text) => {
      const { said, facts } = await pages.read({ ...task, after }, Buffer.from(change(bodyOf(ids).toString()))).read
      return { page: said.page, rows: facts.rows, repeated: facts.repeated, said: said.keys.length }
    }
    const first = await stored([1, 2, 3], null)
    const second = await stored([3, 4, 5], first.page)
    expect(second).toMatchObject({ rows: 2, repeated: 1, said: 3 })
    // The one before was not kept: the last that was is `first`.
    expect(await stored([5, 6], first.page)).toMatchObject({ rows: 2, repeated: 0 })
    const fourth = await stored([6, 7], null)
    expect(fourth).toMatchObject({ rows: 2, repeated: 0 })
    expect(await stored([7, 8], fourth.page, (text) => text.replace('"n":7', '"n":70'))).toMatchObject({ rows: 2, repeated: 0 })
  })

  test('is left out of another list never', async () => {
    const task = await auditTask()
    const pages = reading()
    const { said } = await pages.read(task, bodyOf([1, 2])).read
    const { facts, batch } = await pages.read({ ...task, stream: 'logs/agent-a', after: said.page }, bodyOf([1, 2])).read
    expect(facts).toMatchObject({ repeated: 0, rows: 2 })
    expect(batch).toMatchObject({ batch: { rows: 2 } })
  })
})

test('only what was asked for is stored of a page, and all of it is told of', async () => {
  const task = await auditTask()
  const range = { from: Date.UTC(2026, 1, 6) - 3000, to: Date.UTC(2026, 1, 6) - 1000 }
  const { said, facts, batch } = await reading().read({ ...task, range }, bodyOf([1, 2, 3, 4])).read
  expect(said.keys).toHaveLength(4)
  expect(facts).toMatchObject({ rows: 2, span: { from: range.from, to: range.to - 999 } })
  expect(batch).toMatchObject({ batch: { rows: 2 } })
})

describe('pages of a group', () => {
  /** Reads pages of two records, so many to a group, the third record of each being the first of the next. */
  async function readGroups(pages: BodyReading, count: number, size: number): Promise<ReadPage[]> {
    const task = await auditTask()
    const found: ReadPage[] = []
    for (let i = 0; i < count; i++) {
      const group = { number: Math.floor(i / size), isLast: i % size === size - 1 }
      found.push(await pages.read({ ...task, after: found.at(-1)?.said.page ?? null, group }, bodyOf([2 * i, 2 * i + 1, 2 * i + 2])).read)
    }
    return found
  }

  /** What the pages give alone, one after the other. */
  async function apart(count: number): Promise<PagesBatch[]> {
    const task = await auditTask()
    const pages = reading()
    const found: PagesBatch[] = []
    for (let i = 0, after: number | null = null; i < count; i++) {
      const read: ReadPage = await pages.read({ ...task, after }, bodyOf([2 * i, 2 * i + 1, 2 * i + 2])).read
      after = read.said.page
      if (read.batch) found.push(read.batch)
    }
    return found
  }

  const places = (): BodyReading[] => {
    const aside = reading(built.folder)
    aside.expect(1000)
    return [aside, reading()]
  }

  test.each([
    ['as it was expected', [0, 1, 2]],
    ['fewer than was expected', [0, 1]],
    ['others than was expected', [1, 3]],
    ['one in the middle alone', [1]],
  ])('are the same records and frames as alone, wanted %s', async (_, wanted) => {
    const alone = await apart(5)
    for (const pages of places()) {
      const read = await readGroups(pages, 5, 3)
      expect(read.map(({ batch }) => batch)).toEqual([null, null, null, null, null])
      const numbers = wanted.map((i) => read[i]?.said.page ?? 0)
      const { batch, frames } = await pages.batch(read[0] ? 'audit' : '', numbers)
      const expected = wanted.flatMap((i) => alone[i] ?? [])
      expect(Buffer.concat(expected.map(({ batch: { raw } }) => raw)).equals(batch.raw)).toBe(true)
      expect(batch.rows).toBe(expected.reduce((sum, { batch: { rows } }) => sum + rows, 0))
      expect(frames.map((frame) => Buffer.from(frame).toString())).toEqual(expected.map(({ frames: [frame] }) => Buffer.from(frame ?? []).toString()))
      // And the others can still be had.
      const others = [0, 1, 2, 3, 4].filter((i) => !wanted.includes(i))
      expect((await pages.batch('audit', others.map((i) => read[i]?.said.page ?? 0))).frames).toHaveLength(others.length)
    }
  })

  test('are not had any more once their list is forgotten', async () => {
    for (const pages of places()) {
      const read = await readGroups(pages, 2, 3)
      pages.forget('audit')
      await expect(pages.batch('audit', read.map(({ said }) => said.page))).rejects.toThrow('page 1 of audit is not there any more')
    }
  })

  test('cannot be had together where some were read here and some aside', async () => {
    const pages = reading(built.folder)
    const read = await readGroups(pages, PAGES, PAGES)
    const [first, second, last] = [read[0], read[1], read.at(-1)].map((page) => page?.said.page ?? 0)
    expect([pages.canJoin(first ?? 0, second ?? 0), pages.canJoin(first ?? 0, last ?? 0)]).toEqual([true, false])
  })
})
