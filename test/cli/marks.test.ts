import { expect, test } from 'vitest'
import { startBackend } from '../../src/backend'
import { nodePorts } from '../../src/node/ports'
import { failedLogins, Shell } from './shell'

test('a query of the command line knows what was marked in the window', async () => {
  const shell = new Shell()
  await shell.run('import', shell.file('auth.log', failedLogins('ana', [0, 1, 2])), '--year', '2024')
  const { close, ...ports } = nodePorts(() => {}, { env: {} })
  const backend = await startBackend({ workspace: shell.workspace, ports })
  const { value } = await backend.call('timeline.rows', { view: { query: '', range: null, order: 'asc' }, at: 0, count: 9 })
  const key = value.rows[1]?.key ?? ''
  await backend.call('mark.set', { target: { subjects: [{ kind: 'event', key }] }, change: { quick: 'suspicious' } })
  await backend.close()
  await close()
  expect((await shell.run('query', 'is:marked')).objects).toMatchObject([{ key }])
  expect((await shell.run('query', 'tag:sus*', '--count')).objects).toMatchObject([{ rows: 1 }])
  expect((await shell.run('query', '-is:marked', '--by', 'user')).objects).toEqual([{ value: 'ana', rows: 2, count: 2 }])
})
