import { describe, expect, it } from 'vitest'
import type { RecordingList, RecordingPage } from '../../../../src/backend/source'
import { webxtermSource } from '../../../../src/backend/source/webxterm'
import { DIALECTS, startSample } from '../../../../src/sample'
import { onTestFinished } from 'vitest'
import { aDoor, aServer, faultOf, type Said } from '../a-server'

const NOW = Date.UTC(2026, 1, 6, 12)

async function pagesOf(door: ReturnType<typeof aDoor>, list: RecordingList): Promise<RecordingPage[]> {
  const pages: RecordingPage[] = []
  for await (const page of webxtermSource.recordings(door, list)) pages.push(page)
  return pages
}

/** The list of one machine of a server of a test's own. */
async function oneList(answer: (path: string) => Said) {
  const machines = { machines: [{ agent_id: 'a1', name: 'web-01', tenant_id: 'acme' }] }
  const server = await aServer(({ path }) => (path.startsWith('/api/machines/a1/recordings') ? answer(path) : { body: machines }))
  const door = aDoor(server.url, webxtermSource.allowed)
  const lists = await webxtermSource.lists(door, { url: server.url, dialect: 'server', account: {} })
  const [list] = webxtermSource.recordingLists(lists)
  if (!list) throw new Error('no list')
  return { server, door, list }
}

describe.each(DIALECTS)('recordings of a %s server', (dialect) => {
  it('are listed and fetched as the server gives them', async () => {
    const sample = await startSample({ dialect, events: 2000, seed: 7, now: NOW })
    onTestFinished(() => sample.close())
    const door = aDoor(sample.url, webxtermSource.allowed)
    door.useToken(sample.tokens.super_admin)
    const reach = { url: sample.url, dialect, account: {} }
    const lists = webxtermSource.recordingLists(await webxtermSource.lists(door, reach))
    expect(lists).toHaveLength(60)
    const list = lists.find(({ label }) => label === 'recordings · db-04')
    if (!list) throw new Error('no db-04')
    const [page] = await pagesOf(door, list)
    expect(page?.recordings.length).toBe(page?.total)
    expect(page?.recordings.length).toBeGreaterThan(5)
    const [one] = page?.recordings ?? []
    expect(one).toMatchObject({ instance: 'fernhill', machine: 'db-04', session: expect.stringMatching(/^sess-/) })
    const { body, place } = await webxtermSource.fetchRecording(door, one?.id ?? '')
    expect(body.length).toBe(one?.size)
    expect(place).toMatch(/\/session\.cast$/)
    expect(sample.requests().filter(({ path }) => path.includes('X-Amz-')).map(({ authorized }) => authorized)).toEqual([false])
  })
})

describe('a list of recordings', () => {
  const row = (id: string, more = {}) => ({ id, session_id: 's', username: 'ana', created_at: '2026-02-06T10:00:00Z', ...more })

  it('is read page after page to its end', async () => {
    const all = Array.from({ length: 450 }, (_, i) => row(`r${i}`))
    const { door, list, server } = await oneList((path) => {
      const skip = Number(/skip=(\d+)/.exec(path)?.[1])
      return { body: { recordings: all.slice(skip, skip + 200), total: 450, limit: 200, skip } }
    })
    const pages = await pagesOf(door, list)
    expect(pages.map(({ recordings }) => recordings.length)).toEqual([200, 200, 50])
    expect(server.seen.at(-1)?.path).toBe('/api/machines/a1/recordings?limit=200&skip=400')
  })

  it.each<[string, (path: string) => Said, number]>([
    ['that gives the same page again and again ends', () => ({ body: { recordings: [row('r1')], total: 9 } }), 2],
    ['without a count ends where nothing new comes', () => ({ body: { recordings: [row('r1')] } }), 2],
    ['that is null is empty', () => ({ body: { recordings: null, total: 0 } }), 1],
  ])('%s', async (_what, answer, pages) => {
    const { door, list } = await oneList(answer)
    expect(await pagesOf(door, list)).toHaveLength(pages)
  })

  it('counts what cannot be read, and leaves out what is not said', async () => {
    const rows = [row('r1', { size_bytes: 12.4, duration_seconds: 1.5, tenant_id: 't2' }), { session_id: 's' }, 7, row('x'.repeat(300)), row('r2', { size_bytes: -1 })]
    const { door, list } = await oneList(() => ({ body: { recordings: rows, total: 5 } }))
    const [page] = await pagesOf(door, list)
    const shared = { machine: 'web-01', session: 's', user: 'ana', created: Date.UTC(2026, 1, 6, 10) }
    expect(page).toMatchObject({ rejected: 3, total: 5 })
    expect(page?.recordings).toEqual([
      { id: 'r1', instance: 't2', size: 12, durationMs: 1500, ...shared },
      { id: 'r2', instance: 'acme', ...shared },
    ])
  })

  it.each<[string, Said, string]>([
    ['is not there', { status: 404, body: { error: 'Not found' } }, 'not-offered'],
    ['is closed', { status: 403, body: { error: 'Not authorized' } }, 'forbidden'],
    ['is something else', { body: { logs: [] } }, 'bad-answer'],
  ])('%s', async (_what, said, code) => {
    const { door, list } = await oneList(() => said)
    expect((await faultOf(pagesOf(door, list))).code).toBe(code)
  })
})
