import { expect, it } from 'vitest'
import { Exports } from '../../../src/backend/report'
import type { Ask, ExportManifest, ExportPart } from '../../../src/contract'
import { add, ALL, NOW, records, writable } from '../store/a-store'
import { tempFolder } from '../temp-folder'

async function exported(more: Pick<Ask<'export.beginEvents'>, 'format' | 'masks'>) {
  const workspace = tempFolder()
  const store = await writable(workspace)
  add(store, records(0, 5, { actor: { name: 'ana' }, ip: '10.0.0.1' }))
  const [second, first] = store.records(ALL, 1, 2).map(({ event }) => event.key)
  const exports = new Exports(store, { version: '1', workspace })
  const begun = exports.beginEvents({ keys: [first ?? '', second ?? ''], ...more }, NOW)
  const read = async (part: ExportPart) => Buffer.from((await exports.read(begun.id, part)).bytes).toString()
  const rows = await read('rows')
  const commitments = more.masks ? await read('commitments') : ''
  return { keys: [first, second], rows, commitments, manifest: JSON.parse(await read('manifest')) as ExportManifest }
}

it('writes chosen events in their order, and names them in the manifest', async () => {
  const { keys, rows, manifest } = await exported({ format: 'jsonl' })
  expect(rows.trimEnd().split('\n').map((line) => (JSON.parse(line) as { key: string }).key)).toEqual(keys)
  expect(manifest).toMatchObject({ table: 'events', complete: true, filter: { events: 2, keys }, counts: { rows: 2, matching: 2 }, redaction: null })
})

it('masks them as the timeline does, and does not name them then', async () => {
  const { rows, commitments, manifest } = await exported({ format: 'ecs', masks: ['user', 'ip'] })
  expect(rows).toContain('«user-1»')
  expect(rows + JSON.stringify(manifest)).not.toMatch(/ana|10\.0\.0\.1|sshd:/)
  expect(commitments.trimEnd().split('\n')).toHaveLength(2)
  expect(manifest).toMatchObject({ filter: { events: 2 }, redaction: { rows: 2 } })
})
