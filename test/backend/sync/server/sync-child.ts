import type { Ports } from '../../../../src/backend'
import { webxtermSource } from '../../../../src/backend/source/webxterm'
import { openWritable } from '../../../../src/backend/store'
import { syncServers } from '../../../../src/backend/sync'
import { nodeHttp } from '../../../../src/node/http'
import { memorySecrets } from '../../../../src/node/memory-secrets'
import { countWrites } from '../die-in-write'

// A process of its own, to be killed: `child FOLDER URL DIALECT NOW [write:N]` syncs once, then prints how often it wrote.
// With `write:N` it kills itself inside its Nth write to disk, of which half reaches the file.

const [folder = '', url = '', dialect = '', started = '', moment = ''] = process.argv.slice(2)
const counted = countWrites(moment.startsWith('write:') ? Number(moment.slice('write:'.length)) : 0)
const now = () => Number(started)
const http = nodeHttp()
const token = process.env['TOKEN'] ?? ''
const ports: Ports = {
  clock: { now },
  log: { info: () => {}, error: (message, error) => console.error(message, error) },
  http,
  secrets: memorySecrets(),
  env: (name) => process.env[name],
  pdf: { print: () => Promise.reject(new Error('no printer here')) },
  sample: { start: () => Promise.reject(new Error('no sample here')) },
}
process.stdout.write('running\n')

const store = await openWritable({ folder, now })
const server = { url, dialect, account: webxtermSource.accountOf(token), signIn: { by: 'token' as const, tokenEnv: 'TOKEN' }, paused: false }
store.note({ connection: 'acme', kind: 'webxterm', server })
const [job] = await syncServers({ store, ports, version: '0.0.0' }, { connection: 'acme' })
if (job?.state !== 'done') throw new Error(`the sync ended ${job?.state}: ${job?.fault?.message}`)
store.close()
await http.close()
process.stdout.write(`${JSON.stringify(counted)}\n`)
