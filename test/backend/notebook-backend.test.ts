import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { NOTEBOOK_TEMPLATES, type Notices, type View } from '../../src/contract'
import { FIXTURE } from '../contract/a-backend'
import { aBackend, NOON, type ServedBackend } from './a-server-backend'
import { add, close, faultOf, journalOf, keys, NOW, record, records, writable } from './store/a-store'
import { tempFolder } from './temp-folder'

const ALL: View = { query: '', range: null, order: 'asc' }

/** A workspace with so many events. */
async function held(count: number): Promise<{ folder: string; held: string[] }> {
  const folder = tempFolder()
  const store = await writable(folder)
  add(store, records(0, count, { actor: { name: 'ann' } }))
  const found = keys(store)
  close(store)
  return { folder, held: found }
}

function heard({ backend }: ServedBackend): Notices['store.changed'][] {
  const told: Notices['store.changed'][] = []
  backend.on('store.changed', (notice) => void told.push(notice))
  return told
}

const event = (key: string) => ({ kind: 'event' as const, key })

describe('marks over the contract', () => {
  it('are told of, found by the query, walked to, and stand after a restart', async () => {
    const { folder, held: all } = await held(10)
    const served = await aBackend(folder)
    const told = heard(served)
    const [third = '', fifth = ''] = [all[2], all[4]]
    const { revision } = await served.backend.call('mark.of', { subjects: [] })
    await served.ask('mark.set', { target: { subjects: [event(third), event(fifth)] }, change: { star: true, quick: 'bad', add: ['odd'] } })
    await served.ask('comment.add', { subject: event(fifth), text: 'see *this*' })
    expect(told.filter(({ tables }) => tables.includes('mark')).length).toBeGreaterThanOrEqual(2)
    for (const notice of told) expect(notice.revision).toBeGreaterThan(revision)
    for (const query of ['is:marked', 'tag:odd', 'tag:bad']) expect((await served.ask('timeline.rows', { view: { ...ALL, query }, at: 0, count: 10 })).rows.map(({ key }) => key), query).toEqual([third, fifth])
    expect((await served.ask('timeline.count', { view: { ...ALL, query: 'has:comment' } })).rows).toBe(1)
    expect(await served.ask('timeline.nextMark', { view: ALL, row: 2, direction: 'forward' })).toEqual({ row: 4 })
    expect(await served.ask('mark.list', { text: 'THIS', quick: null, at: 0, count: 10 })).toMatchObject({ total: 1, rows: [{ subject: event(fifth), words: expect.stringContaining('ann'), time: NOW + 4 }], tags: [{ tag: 'odd', count: 2 }] })
    await served.backend.close()
    const again = await aBackend(folder)
    expect(await again.ask('mark.of', { subjects: [event(third), event(fifth)] })).toMatchObject([{ star: true, comments: 0 }, { star: true, comments: 1 }])
    expect(await again.ask('mark.set', { target: { view: { ...ALL, query: 'is:marked' } }, change: { quick: null } })).toEqual({ subjects: 2 })
  })

  it('that come while something is answered do not pass for a part of the answer', async () => {
    const { folder, held: all } = await held(3)
    const { backend } = await aBackend(folder)
    const { revision: before } = await backend.call('mark.of', { subjects: [] })
    const counting = backend.call('timeline.count', { view: { ...ALL, query: 'is:marked' } })
    await backend.call('mark.set', { target: { subjects: all.map(event) }, change: { star: true } })
    const { revision: after } = await backend.call('mark.of', { subjects: [] })
    expect(after).toBeGreaterThan(before)
    expect((await counting).revision).toBe(before)
  })

  it('say that a record is another since it was marked, or is gone', async () => {
    const { folder, held: all } = await held(3)
    const [first = '', second = ''] = all
    const served = await aBackend(folder)
    await served.ask('mark.set', { target: { subjects: [event(first), event(second), event('nowhere')] }, change: { star: true } })
    expect((await served.ask('mark.get', { subject: event(first) })).changed).toBeNull()
    await served.backend.close()
    const store = await writable(folder)
    store.append([record('id-0', { time: NOW }, 'other bytes')], { origin: 'request', place: 'GET x', fetchedAt: NOW }, { connection: 'logs', kind: 'sshd' })
    close(store)
    const again = await aBackend(folder)
    const { changed } = await again.ask('mark.get', { subject: event(first) })
    expect(changed?.since).toBe(NOON)
    expect(changed?.then).toMatch(/^[0-9a-f]{64}$/)
    expect(changed?.now).toMatch(/^[0-9a-f]{64}$/)
    expect(changed?.now).not.toBe(changed?.then)
    const detail = await again.ask('event.get', { key: first })
    expect([detail.rawSha256, detail.revisions.map(({ rawSha256 }) => rawSha256)]).toEqual([changed?.now, [changed?.then]])
    await again.ask('connection.remove', { name: 'logs', wipe: true })
    expect((await again.ask('mark.get', { subject: event(second) })).changed).toMatchObject({ now: null })
    expect((await again.ask('mark.get', { subject: event('nowhere') })).changed).toBeNull()
  })
})

describe('notebooks over the contract', () => {
  it('freeze and cite, are rendered, packed and taken in by another workspace', async () => {
    const { folder, held: all } = await held(4)
    const served = await aBackend(folder)
    const { id } = await served.ask('notebook.create', { title: 'Über: a/b', template: 'blank', range: null })
    const frozen = await served.ask('notebook.freeze', { view: ALL })
    const citations = await served.ask('notebook.cite', { keys: all.slice(0, 2) })
    await served.ask('notebook.apply', {
      id,
      changes: [
        { do: 'add', id: 'q', content: { kind: 'query', title: 'All', view: ALL, frozen }, after: null },
        { do: 'add', id: 'f', content: { kind: 'finding', claim: 'Ann did it', severity: 'high', eventTime: NOW, discoveredAt: NOON, citations }, after: 'q' },
      ],
    })
    const side = await served.ask('notebook.side', { id })
    expect(side).toMatchObject({ people: ['ann'], events: 4, frozen: 1, check: { cited: 6, same: 6, changed: [], missing: [], damaged: [] }, custody: { isIntact: true } })
    expect((await served.ask('timeline.count', { view: { ...ALL, query: 'is:cited' } })).rows).toBe(4)
    for (const format of ['md', 'html', 'jsonl'] as const) {
      const { name, bytes } = await served.ask('notebook.export', { id, format, zone: 'UTC' })
      expect(name).toBe(`uber-a-b.${format}`)
      expect(Buffer.from(bytes).toString()).toContain('Ann did it')
    }
    const { bytes } = await served.ask('notebook.pack', { id })
    const other = await aBackend()
    expect(await other.ask('notebook.merge', { bytes })).toMatchObject({ id, title: 'Über: a/b', isNew: true, added: 2, conflicts: 0 })
    expect((await other.ask('notebook.side', { id })).check).toMatchObject({ cited: 6, same: 0, damaged: [] })
    expect(await other.ask('notebook.list', { removed: false })).toMatchObject([{ id, cells: 2, findings: 1 }])
  })

  it('begin from templates whose queries are ones that can be asked, over the range and the names', async () => {
    const served = await aBackend()
    await served.ask('import.start', { inputs: [{ path: FIXTURE }], options: { year: 2026 } })
    const range = { from: Date.UTC(2026, 0, 1), to: Date.UTC(2027, 0, 1) }
    for (const template of NOTEBOOK_TEMPLATES) {
      const { id } = await served.ask('notebook.create', { title: template, template, range, names: ['O"Hara \\', 'OR'] })
      const { cells, range: window } = await served.ask('notebook.get', { id })
      expect(window).toEqual(range)
      expect(cells.length > 0).toBe(template !== 'blank')
      for (const { content } of cells) {
        if (!('view' in content)) continue
        expect(content.view.range).toEqual(range)
        await served.ask('timeline.count', { view: content.view })
      }
      if (template !== 'blank') expect(JSON.stringify(cells)).toContain('Hara')
    }
    const { id } = await served.ask('notebook.create', { title: 'q', template: 'approvals-quarter', range: null })
    expect((await served.ask('notebook.get', { id })).range).toEqual({ from: Date.UTC(2025, 9, 1), to: Date.UTC(2026, 0, 1) })
  })

  it('are written where the journal of the cache is damaged, and the screen is told what of them was mended', async () => {
    const { folder } = await held(20)
    const first = await aBackend(folder)
    const { id } = await first.ask('notebook.create', { title: 'Kept', template: 'failed-sign-ins', range: null })
    await first.backend.close()
    const bytes = readFileSync(journalOf(folder))
    bytes[300] = (bytes[300] ?? 0) ^ 0xff
    writeFileSync(journalOf(folder), Buffer.concat([bytes, bytes.subarray(48)]))
    const notes = `${folder}/notebook/journal-000001.log`
    writeFileSync(notes, 'torn', { flag: 'a' })
    const served = await aBackend(folder)
    const summary = await served.ask('workspace.summary', {})
    expect(summary.readOnly).toMatchObject({ code: 'damaged' })
    expect(summary.recovered.join(' ')).toContain('notes and marks')
    await served.ask('notebook.apply', { id, changes: [{ do: 'title', title: 'Still written' }] })
    await served.ask('comment.add', { subject: event('k'), text: 'so is this' })
    await served.backend.close()
    expect(await (await aBackend(folder)).ask('notebook.get', { id })).toMatchObject({ title: 'Still written' })
  })

  it('are written where nothing of the cache can be read, by one program at a time, and the cache is left as it is', async () => {
    const { folder } = await held(3)
    const first = await aBackend(folder)
    const { id } = await first.ask('notebook.create', { title: 'Kept', template: 'blank', range: null })
    await first.backend.close()
    const manifest = `${folder}/workspace.json`
    const whole = readFileSync(manifest)
    const journal = readFileSync(journalOf(folder))
    for (const damage of [() => writeFileSync(manifest, 'damaged'), () => rmSync(manifest)]) {
      damage()
      const served = await aBackend(folder)
      expect(await served.ask('workspace.summary', {})).toMatchObject({ held: 0, readOnly: { code: 'damaged', message: expect.stringContaining('notes and marks can be read and written') } })
      await served.ask('comment.add', { subject: event('k'), text: 'written' })
      const second = await aBackend(folder)
      expect(await second.ask('notebook.get', { id })).toMatchObject({ title: 'Kept' })
      expect(await faultOf(() => second.ask('comment.add', { subject: event('k'), text: 'x' }))).toMatchObject({ code: 'workspace-locked' })
      expect(await faultOf(() => served.ask('settings.set', { zone: 'UTC' }))).toMatchObject({ code: 'workspace-damaged' })
      await second.backend.close()
      await served.backend.close()
      expect(readFileSync(journalOf(folder))).toEqual(journal)
    }
    writeFileSync(manifest, whole)
    const mended = await aBackend(folder)
    expect(await mended.ask('workspace.summary', {})).toMatchObject({ held: 3, readOnly: null })
    expect(await mended.ask('mark.of', { subjects: [event('k')] })).toMatchObject([{ comments: 2 }])
  })

  it('are read by a second program, which sees what the first writes and can write nothing', async () => {
    const { folder, held: all } = await held(2)
    const writer = await aBackend(folder)
    const reader = await aBackend(folder)
    const { id } = await writer.ask('notebook.create', { title: 'One', template: 'blank', range: null })
    expect(await reader.ask('notebook.get', { id })).toMatchObject({ title: 'One' })
    await writer.ask('mark.set', { target: { subjects: [event(all[0] ?? '')] }, change: { star: true } })
    expect(await reader.ask('mark.of', { subjects: [event(all[0] ?? '')] })).toMatchObject([{ star: true }])
    expect(await faultOf(() => reader.ask('notebook.freeze', { view: ALL }))).toMatchObject({ code: 'workspace-locked' })
    expect(await faultOf(() => reader.ask('mark.set', { target: { view: ALL }, change: { star: true } }))).toMatchObject({ code: 'workspace-locked' })
  })
})
