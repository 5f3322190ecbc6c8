import { join } from 'node:path'
import { ANSWERED, REFUSED } from '../contract/cases'
import type { Backend } from '../../src/contract'
import { expect, test } from './app'
import { ROOT } from './hosts'
import { ShellPage } from './pages/shell'
import { clientThroughPage } from './utility-wire'

const FIXTURE = join(ROOT, 'test/fixtures/auth/auth.log')

test('the contract holds over the bridge and the process of the backend', async ({ app, host }) => {
  test.skip(host !== 'desktop', 'the other wires have the same cases among the unit tests')
  await expect(new ShellPage(app.page).importDoor).toBeVisible()
  const backend = await clientThroughPage(app.page)
  await importFixture(backend)
  for (const { name, run } of [...ANSWERED, ...REFUSED]) await test.step(name, () => run(backend))
})

async function importFixture(backend: Backend): Promise<void> {
  const options = { name: 'auth.log', year: 2026 }
  const { job } = (await backend.call('import.start', { inputs: [{ path: FIXTURE }], options })).value
  const state = async () => (await backend.call('import.jobs', {})).value.find((one) => one.job === job)?.state
  await expect.poll(state).toBe('done')
}
