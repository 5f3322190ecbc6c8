import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type RunningBackend, startBackend } from '../../src/backend'
import { nodePorts } from '../../src/node/ports'
import type { Backend } from '../../src/contract'

/** The log that the cases speak of. */
export const FIXTURE = fileURLToPath(new URL('../fixtures/auth/auth.log', import.meta.url))

export type TestBackend = { backend: RunningBackend; workspace: string; errors: unknown[]; close(): Promise<void> }

/** A backend over a new workspace; its clock stands in the winter after the log. */
export async function startTestBackend(): Promise<TestBackend> {
  const home = mkdtempSync(join(tmpdir(), 'recount-contract-'))
  const workspace = join(home, 'workspace')
  const errors: unknown[] = []
  const { close: closePorts, ...ports } = nodePorts(() => {}, { env: {} })
  ports.clock = { now: () => Date.UTC(2026, 11, 1) }
  ports.log = { info: () => {}, error: (_message, error) => errors.push(error) }
  const backend = await startBackend({ workspace, ports })
  const close = async () => {
    await backend.close()
    await closePorts()
    rmSync(home, { recursive: true })
  }
  return { backend, workspace, errors, close }
}

/** Imports the fixture as a person would and waits for its end. */
export async function importFixture(backend: Backend): Promise<void> {
  const options = { name: 'auth.log', year: 2026 }
  const started = await backend.call('import.start', { inputs: [{ path: FIXTURE }], options })
  for (;;) {
    const { value: jobs } = await backend.call('import.jobs', {})
    const job = jobs.find(({ job: id }) => id === started.value.job)
    if (job?.state === 'done') return
    if (job?.fault) throw new Error(job.fault.message)
    await new Promise((resolve) => setImmediate(resolve))
  }
}
