import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { checkCustodyLines } from '../../src/backend/notebook'
import { openWritable } from '../../src/backend/store'
import { failedLogins, Shell } from './shell'

const logOf = (shell: Shell) => readFileSync(join(shell.workspace, 'notebook', 'custody.jsonl'))
const told = (shell: Shell) =>
  logOf(shell)
    .toString()
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line) as { action: string; object: string; detail: string })

it('commands are written in the custody log of the workspace, one chain with that of the app', async () => {
  const shell = new Shell()
  await shell.run('import', shell.file('auth.log', failedLogins('ana', [0, 1, 2])), '--year', '2024')
  await shell.run('query', 'user:ana', '--count')
  await shell.run('query', 'user:ana', '--from', '2024-05-10', '--format', 'csv')
  await shell.run('disconnect', 'auth.log', '--wipe')
  expect(told(shell).map(({ action, object }) => [action, object])).toEqual([
    ['import', 'auth.log'],
    ['query', 'user:ana, all times'],
    ['export', 'user:ana, from 2024-05-10T00:00:00.000Z'],
    ['remove', 'auth.log'],
  ])
  expect(told(shell)[0]?.detail).toContain('3 added')
  expect(checkCustodyLines(logOf(shell)).found).toBe(0)
})

it('a look that cannot be written because another process writes says so', async () => {
  const shell = new Shell()
  await shell.run('import', shell.file('auth.log', failedLogins('ana', [0])), '--year', '2024')
  const store = await openWritable({ folder: shell.workspace, now: () => shell.now })
  try {
    const said = await shell.run('query', 'user:ana', '--count')
    expect([said.code, said.stderr]).toEqual([0, expect.stringContaining('This is not written in the custody log.')])
    expect(told(shell)).toHaveLength(1)
  } finally {
    store.close()
  }
})
