import { createHash } from 'node:crypto'
import { openWritable, type WritableStore } from '../../../src/backend/store'
import { planImport, runImport } from '../../../src/backend/sync'
import { countWrites } from './die-in-write'

// A process of its own, to be killed: `child FOLDER LOG [write:N]` imports the log, then prints a digest of all that is held.
// With `write:N` it kills itself inside its Nth write to disk, of which half reaches the file.

const [folder = '', log = '', moment = ''] = process.argv.slice(2)
const NOW = Date.UTC(2026, 1, 6)
const counted = countWrites(moment.startsWith('write:') ? Number(moment.slice('write:'.length)) : 0)
process.stdout.write('running\n')

const store = await openWritable({ folder, now: () => NOW })
const plan = await planImport([{ path: log }], { year: 2026 })
await runImport({ store, plan, options: { year: 2026 }, now: () => NOW, signal: new AbortController().signal, onProgress: () => {} })
process.stdout.write(`${JSON.stringify({ ...counted, ...digest(store) })}\n`)
store.close()

/** Everything of every record, and everything that is said of the whole. */
function digest(held: WritableStore) {
  const view = { filter: { kind: 'all' }, range: null, order: 'asc', companions: true } as const
  const { rows } = held.count(view)
  const hash = createHash('sha256')
  for (let at = 0; at < rows; at += 2000) {
    for (const { raw, ...rest } of held.records(view, at, 2000)) hash.update(JSON.stringify(rest)).update(raw)
  }
  const { recovered, ...state } = held.state()
  return { rows, records: hash.digest('hex'), recovered: recovered.length, whole: { state, connections: held.connections(), coverage: held.coverage(null) } }
}
