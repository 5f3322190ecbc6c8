import { describe, expect, onTestFinished, test } from 'vitest'
import { webxtermSource } from '../../../../src/backend/source/webxterm'
import { Asking } from '../../../../src/backend/sync/server/asking'
import { BodyReading } from '../../../../src/backend/sync/server/body-reading'
import { Budget, PACE, PatientDoor } from '../../../../src/backend/sync/server/patient-door'
import { aDoor, aServer, type Said } from '../../source/a-server'

const LIST = 'audit-logs'

/** Asks a server of the paged dialect; a page has one record, whose id is the page's number. `kept.page` is the one kept last. */
async function asking(answerTo: (page: number, times: number) => Said | Promise<Said> = () => ({})) {
  const asked: number[] = []
  const kept: { page: number | null } = { page: null }
  const server = await aServer(async ({ path }) => {
    if (path.startsWith('/api/machines')) return { body: { machines: [] } }
    const page = Number(new URL(path, 'http://x').searchParams.get('page'))
    asked.push(page)
    const said = await answerTo(page, asked.filter((one) => one === page).length)
    const logs = [{ id: `a${page}`, timestamp: '2026-02-06T11:32:03Z', action: 'read' }]
    return said && { body: { logs, total: 9, page, limit: 1 }, ...said }
  })
  const inner = aDoor(server.url, webxtermSource.allowed)
  const { signal } = new AbortController()
  const pace = { ...PACE, firstWaitMs: 1, mostWaitMs: 1 }
  const door = new PatientDoor({ door: inner, pace, signal, now: () => Date.now(), onWait: () => {}, renew: () => Promise.resolve(false) }, new Budget())
  const [list] = await webxtermSource.lists(door, { url: server.url, dialect: 'server', account: {} })
  if (!list) throw new Error('no list')
  const reading = new BodyReading()
  onTestFinished(() => reading.close())
  const task = { form: list.form, stream: list.stream, kind: 'webxterm', range: null }
  return { asking: new Asking({ door, list, reading, task, groupOfNext: () => null, latest: () => kept.page }), asked, kept }
}

const at = (page: number) => ({ page, limit: 1 })

/** Those that follow a page, up to a last one. */
const after = (page: number, last = Infinity) => (_: Uint8Array | null, untaken: number) => (page + untaken < last ? at(page + untaken + 1) : null)

async function read(answer: ReturnType<Asking['ask']>) {
  const { said } = await answer
  if (said instanceof Error) throw said
  return said.said
}

async function keysOf(answer: ReturnType<Asking['ask']>): Promise<string[]> {
  return (await read(answer)).keys.map((key) => key.split(':').at(-1) ?? '')
}

describe('asking ahead', () => {
  test('asks for each page once', async () => {
    const { asking: pages, asked, kept } = await asking()
    for (let page = 1; page <= 9; page++) {
      const said = await read(pages.ask(at(page), after(page, 9)))
      expect(said.keys[0]?.endsWith(`a${page}`)).toBe(true)
      kept.page = said.page
    }
    expect(asked).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9])
    expect(pages.requests).toBe(9)
  })

  test('goes eight pages ahead of what was taken, and no further', async () => {
    const { asking: pages, asked, kept } = await asking()
    kept.page = (await read(pages.ask(at(1), after(1)))).page
    await expect.poll(() => pages.requests).toBe(9)
    expect(asked).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9])
    await pages.ask(at(2), after(2, 10))
    await expect.poll(() => pages.requests).toBe(10)
    expect(asked).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10])
  })

  test('reads in the order in which it asked, whichever answer came first', async () => {
    let open = () => {}
    const gate = new Promise<void>((resolve) => (open = resolve))
    const { asking: pages } = await asking((page) => (page === 2 ? gate.then(() => ({})) : {}))
    await pages.ask(at(1), after(1, 4))
    await expect.poll(() => pages.requests).toBe(2)
    const answer = read(pages.ask(at(2), null))
    open()
    const { page } = await answer
    expect(page).toBe(2)
  })

  test('has two requests on their way where the next is known without an answer, else one', async () => {
    for (const [most, byAnswer] of [[2, false], [1, true]] as const) {
      let open = () => {}
      const gate = new Promise<void>((resolve) => (open = resolve))
      const { asking: pages, asked } = await asking(() => gate.then(() => ({})))
      const next = after(1)
      const answer = pages.ask(at(1), (body, untaken) => (byAnswer && body === null ? null : next(body, untaken)))
      await expect.poll(() => asked.length).toBe(most)
      open()
      await answer
      await expect.poll(() => asked.length).toBe(9)
      pages.close()
    }
  })

  test('is of no use where the page before was not kept: what is left out of the next may be held nowhere', async () => {
    const { asking: pages, asked } = await asking()
    await pages.ask(at(1), after(1, 2))
    await expect.poll(() => pages.requests).toBe(2)
    expect(await keysOf(pages.ask(at(2), null))).toEqual(['a2'])
    expect(asked).toEqual([1, 2, 2])
  })

  test('for what is not wanted then changes no answer, and counts as a request', async () => {
    const { asking: pages, asked } = await asking()
    await pages.ask(at(1), after(1, 2))
    expect(await keysOf(pages.ask(at(7), null))).toEqual(['a7'])
    await expect.poll(() => pages.requests).toBe(3)
    expect(asked.toSorted((a, b) => a - b)).toEqual([1, 2, 7])
  })

  test('tells of a refusal only where that page is asked for', async () => {
    const { asking: pages, kept } = await asking((page) => (page === 2 ? { status: 403, body: { error: 'no' } } : {}))
    kept.page = (await read(pages.ask(at(1), after(1)))).page
    expect(await keysOf(pages.ask(at(3), null))).toEqual(['a3'])
    kept.page = (await read(pages.ask(at(1), after(1)))).page
    await expect(pages.ask(at(2), null)).rejects.toMatchObject({ code: 'forbidden' })
  })

  test('tries again what was cut off', async () => {
    const { asking: pages, asked, kept } = await asking((page, times) => (page === 2 && times < 3 ? { body: '{"logs":[' } : {}))
    for (const page of [1, 2, 3]) {
      const said = await read(pages.ask(at(page), after(page, 3)))
      expect(said.keys[0]?.endsWith(`a${page}`)).toBe(true)
      kept.page = said.page
    }
    expect(asked.filter((page) => page === 2)).toHaveLength(3)
  })

  test('ends when nothing more is asked for', async () => {
    const { asking: pages, asked } = await asking()
    await pages.ask(at(1), after(1))
    pages.close()
    expect(await keysOf(pages.ask(at(2), null))).toEqual(['a2'])
    expect(asked.filter((page) => page > 3)).toEqual([])
  })
})

test('what is no such list is a part of the answer, so that it is not asked for again', async () => {
  const { asking: pages, asked } = await asking(() => ({ body: { nothing: LIST } }))
  expect((await pages.ask(at(1), null)).said).toMatchObject({ code: 'bad-answer' })
  expect(asked).toEqual([1])
})
