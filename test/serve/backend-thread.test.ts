import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest'
import { clientOver, type Backend, type SyncJob } from '../../src/contract'
import { BackendKeeper, memorySecrets } from '../../src/node'
import { backendThread } from '../../src/serve/backend-thread'
import { buildPrograms } from '../build-programs'

// The backend in a real thread, with the threads it starts for itself.

let built: Awaited<ReturnType<typeof buildPrograms>>
beforeAll(async () => {
  built = await buildPrograms({ backend: 'src/node/backend-worker.ts', 'sample-server': 'src/node/sample-server.ts' })
}, 60_000)
afterAll(() => built.remove())

async function someRows(backend: Backend): Promise<number> {
  for (;;) {
    const { held } = (await backend.call('workspace.summary', {})).value
    if (held > 0) return held
    const [job] = (await backend.call('sync.jobs', {})).value as (SyncJob | undefined)[]
    if (job?.fault) throw new Error(job.fault.message)
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}

it('opens the sample server beside itself, keeps its token with the host and ends it with itself', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'recount-thread-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const secrets = memorySecrets()
  const lines: string[] = []
  const keeper = new BackendKeeper({
    launch: () => backendThread(join(built.folder, 'backend.js'), join(folder, 'workspace'), (line) => void lines.push(line)),
    log: { error: (line) => void lines.push(line) },
    secrets,
  })
  const backend = clientOver(keeper.connect())
  const { connection } = (await backend.call('sample.open', {})).value
  expect(await someRows(backend)).toBeGreaterThan(0)
  const [{ server } = { server: null }] = (await backend.call('connection.list', {})).value
  const token = await secrets.get(connection)
  expect(token).not.toBeNull()
  const answer = await fetch(`${server?.url}/api/audit?limit=1`, { headers: { authorization: `Bearer ${token}` } })
  expect(answer.status).toBe(200)
  await answer.text()
  await keeper.close()
  await expect(fetch(`${server?.url}/health`)).rejects.toThrow()
  expect(lines).toEqual([])
})
