import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { ACTS } from '../../../src/backend/custody/acts'
import type { CustodyEntry } from '../../../src/contract'
import { asks } from '../../../src/contract/asks'
import { checkCustodyLines } from '../../../src/backend/notebook'
import { aBackend, aSample, connectedByToken, NOON, synced, type ServedBackend } from '../a-server-backend'
import { tempFolder } from '../temp-folder'

const AUTH = join(import.meta.dirname, '../../fixtures/auth/auth.log')
const ALL = { query: '', range: null, order: 'desc' } as const

/** Key of the first event of a log that was imported to its end. */
async function imported(served: ServedBackend): Promise<string> {
  await served.ask('import.start', { inputs: [{ path: AUTH }], options: { year: 2026 } })
  await until(() => told(served.workspace).some((line) => line.startsWith('import · auth.log · done')))
  const { rows } = await served.ask('timeline.rows', { view: ALL, at: 0, count: 1 })
  return rows[0]?.key ?? ''
}

/** Oldest first, as it stands on the disk. */
const entriesIn = (workspace: string): CustodyEntry[] =>
  readFileSync(join(workspace, 'notebook', 'custody.jsonl'), 'utf8')
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line) as CustodyEntry)

const told = (workspace: string) => entriesIn(workspace).map(({ action, object, detail }) => `${action} · ${object} · ${detail}`)

async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise((resolve) => setTimeout(resolve, 5))
}

describe('acts over the backend', () => {
  it('are written with who, when, zone and what was there before, before they are answered', async () => {
    const served = await aBackend()
    const { ask, workspace } = served
    const key = await imported(served)
    await ask('settings.set', { zone: 'Europe/Berlin' })
    await ask('timeline.count', { view: { ...ALL, query: 'outcome:failure' } })
    await ask('event.get', { key })
    const subject = { kind: 'event', key } as const
    await ask('mark.set', { target: { subjects: [subject] }, change: { star: true, add: ['breach'] } })
    await ask('mark.set', { target: { subjects: [subject] }, change: { quick: 'bad', remove: ['breach'] } })
    const { id } = await ask('comment.add', { subject, text: 'the first text' })
    await ask('comment.edit', { id, text: 'the second text' })
    await ask('comment.remove', { id })
    const lines = told(workspace)
    expect(lines).toContain('setting · settings · zone: UTC → Europe/Berlin')
    expect(lines.some((line) => /^query · outcome:failure, all times · \d+ matching of \d+ held; coverage/.test(line))).toBe(true)
    expect(lines.some((line) => line.startsWith(`open · event ${key} · `))).toBe(true)
    expect(lines).toContain(`mark · event ${key} · star set; tag breach added; before: nothing`)
    expect(lines).toContain(`mark · event ${key} · marked bad; tag breach taken away; before: star, breach`)
    expect(lines).toContain(`comment · event ${key} · comment ${id}: the first text`)
    expect(lines).toContain(`comment · event ${key} · comment ${id} changed to: the second text\nbefore: the first text`)
    expect(lines.at(-1)).toBe(`comment · event ${key} · comment ${id} taken back; it said: the second text`)
    expect(entriesIn(workspace).at(-1)).toMatchObject({ zone: 'Europe/Berlin', at: NOON })
    expect(checkCustodyLines(readFileSync(join(workspace, 'notebook', 'custody.jsonl'))).problems).toEqual([])
    expect(served.errors).toEqual([])
  })

  it('that only look are told once while they go on, and again after a rest', async () => {
    const served = await aBackend()
    const { ask, workspace, clock } = served
    const key = await imported(served)
    const looks = async () => {
      await ask('timeline.count', { view: ALL })
      await ask('timeline.count', { view: { ...ALL, query: 'ssh' } })
      await ask('event.get', { key })
    }
    await looks()
    await looks()
    const count = () => entriesIn(workspace).filter(({ action }) => action === 'query' || action === 'open').length
    expect(count()).toBe(2)
    clock.at += 11 * 60_000
    await looks()
    expect(count()).toBe(4)
  })

  it('of typing are one entry a cell and minute, with the text before', async () => {
    const { ask, workspace, clock } = await aBackend()
    const { id } = await ask('notebook.create', { title: 'Night of the 5th', template: 'blank', range: null })
    await ask('notebook.apply', { id, changes: [{ do: 'add', id: 'one', content: { kind: 'text', text: 'at first' }, after: null }] })
    const type = (text: string) => ask('notebook.apply', { id, changes: [{ do: 'write', cell: 'one', content: { kind: 'text', text } }] })
    await type('at first a')
    await type('at first ab')
    clock.at += 61_000
    await type('at first abc')
    await ask('notebook.apply', { id, changes: [{ do: 'remove', cell: 'one' }] })
    const lines = told(workspace).filter((line) => line.startsWith('notebook · notebook Night of the 5th'))
    expect(lines.slice(1)).toEqual([
      'notebook · notebook Night of the 5th · cell one added, text: at first',
      'notebook · notebook Night of the 5th · text of cell one changed; before: at first',
      'notebook · notebook Night of the 5th · text of cell one changed; before: at first ab',
      'notebook · notebook Night of the 5th · cell one removed; it said: at first abc',
    ])
  })

  it('are not written by a reader', async () => {
    const writer = await aBackend()
    await imported(writer)
    const reader = await aBackend(writer.workspace)
    const before = entriesIn(writer.workspace).length
    await reader.ask('timeline.count', { view: { ...ALL, query: 'ssh' } })
    expect(entriesIn(writer.workspace)).toHaveLength(before)
    expect((await reader.ask('custody.list', { text: '', at: 0, count: 10 })).state).toMatchObject({ isReadOnly: true, entries: before })
  })

  it('miss entries that were cut from the end while the program was closed', async () => {
    const workspace = tempFolder()
    const first = await aBackend(workspace)
    await imported(first)
    await first.backend.close()
    const path = join(workspace, 'notebook', 'custody.jsonl')
    const lines = readFileSync(path, 'utf8').split('\n').slice(0, -1)
    writeFileSync(path, `${lines.slice(0, -1).join('\n')}\n`)
    const { ask } = await aBackend(workspace)
    const { state } = await ask('custody.list', { text: '', at: 0, count: 10 })
    expect(state.broken).toEqual({ seq: lines.length, reason: expect.stringContaining('missing or another one') })
  })
})

describe('what arrived', () => {
  it('is chained in order, and the custody log holds the head', async () => {
    const served = await aBackend()
    const sample = await aSample()
    await connectedByToken(served, sample, { name: 'Fernhill' })
    await synced(served, 'Fernhill')
    await until(() => told(served.workspace).some((line) => line.includes('files and bodies so far')))
    const chain = await served.ask('arrival.chain', { connection: 'Fernhill' })
    expect(chain.bodies).toBeGreaterThan(3)
    expect(chain.recorded).toMatchObject({ bodies: chain.bodies, isSame: true })
    const { bytes } = await served.ask('arrival.export', { connection: 'Fernhill' })
    const bodies = Buffer.from(bytes).toString().split('\n').slice(0, -1).map((line) => JSON.parse(line) as { sha256: string; hash: string; prev: string })
    expect(bodies).toHaveLength(chain.bodies)
    expect(bodies.at(-1)?.hash).toBe(chain.head)
    expect(bodies.slice(1).map(({ prev }) => prev)).toEqual(bodies.slice(0, -1).map(({ hash }) => hash))
    const { rows } = await served.ask('timeline.rows', { view: ALL, at: 0, count: 1 })
    const detail = await served.ask('event.get', { key: rows[0]?.key ?? '' })
    expect(bodies.map(({ sha256 }) => sha256)).toContain(detail.provenance.sha256)
    await expect(served.ask('arrival.chain', { connection: 'Nowhere' })).rejects.toMatchObject({ code: 'not-found' })
    // The journal is written anew, and read again.
    await imported(served)
    await served.ask('connection.remove', { name: 'auth.log', wipe: true })
    expect(await served.ask('arrival.chain', { connection: 'Fernhill' })).toEqual(chain)
    await served.backend.close()
    const again = await aBackend(served.workspace)
    expect(await again.ask('arrival.chain', { connection: 'Fernhill' })).toEqual(chain)
    expect(served.errors).toEqual([])
  })
})

describe('a review', () => {
  const range = { from: NOON - 7 * 86_400_000, to: NOON }

  it('is signed in the log and due again after its days', async () => {
    const served = await aBackend()
    const { ask, workspace, clock } = served
    await imported(served)
    const first = await ask('review.sign', { name: 'Failed sign-ins', query: 'outcome:failure "a b"', range, days: 7, note: 'nothing\nunusual' })
    expect(first).toMatchObject({ name: 'Failed sign-ins', query: 'outcome:failure "a b"', range, days: 7, dueAt: NOON + 7 * 86_400_000, note: 'nothing\nunusual', isLast: true })
    clock.at += 86_400_000
    await ask('review.sign', { name: 'Failed sign-ins', query: '', range, days: null, note: '' })
    const reviews = await ask('review.list', {})
    expect(reviews.map(({ isLast, dueAt, note }) => [isLast, dueAt, note])).toEqual([[true, null, ''], [false, first.dueAt, 'nothing\nunusual']])
    expect(entriesIn(workspace).filter(({ action }) => action === 'review').map(({ seq }) => seq)).toEqual(reviews.map(({ seq }) => seq).toReversed())
    await served.backend.close()
    expect((await (await aBackend(workspace)).ask('review.list', {}))).toEqual(reviews)
  })
})

describe('the table of acts', () => {
  it('says of every method whether it is written', () => {
    expect(Object.keys(ACTS).toSorted()).toEqual(Object.keys(asks).toSorted())
  })
})
