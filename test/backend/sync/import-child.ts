import { createHash } from 'node:crypto'
import fs from 'node:fs'
import { syncBuiltinESMExports } from 'node:module'
import { openWritable, type WritableStore } from '../../../src/backend/store'
import { planImport, runImport } from '../../../src/backend/sync'

// A process of its own, to be killed: `child FOLDER LOG [write:N]` imports the log, then prints a digest of all that is held.
// With `write:N` it kills itself inside its Nth write to disk, of which half reaches the file.

const [folder = '', log = '', moment = ''] = process.argv.slice(2)
const NOW = Date.UTC(2026, 1, 6)
const dieAt = moment.startsWith('write:') ? Number(moment.slice('write:'.length)) : 0
let writes = 0
countWrites()
process.stdout.write('running\n')

const store = await openWritable({ folder, now: () => NOW })
const plan = await planImport([{ path: log }], { year: 2026 })
await runImport({ store, plan, options: { year: 2026 }, now: () => NOW, signal: new AbortController().signal, onProgress: () => {} })
process.stdout.write(`${JSON.stringify({ writes, ...digest(store) })}\n`)
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

function countWrites(): void {
  const { writeSync, renameSync, fdatasyncSync } = fs
  const die = () => process.kill(process.pid, 'SIGKILL')
  const isTime = () => ++writes === dieAt
  Object.assign(fs, {
    writeSync(...args: [number, Uint8Array, number?, number?, number?]) {
      const [fd, bytes, offset = 0, length = 0, position] = args
      if (isTime()) {
        if (typeof bytes !== 'string') writeSync(fd, bytes, offset, Math.floor(length / 2), position)
        die()
      }
      return writeSync(...args)
    },
    renameSync(from: string, to: string) {
      if (isTime()) die()
      renameSync(from, to)
    },
    fdatasyncSync(fd: number) {
      if (isTime()) die()
      fdatasyncSync(fd)
    },
  })
  syncBuiltinESMExports()
}
