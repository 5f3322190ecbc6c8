import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { Shell } from './shell'

const LINES = [
  'Feb  6 02:58:01 web-01 sshd[100]: Failed password for akim from 203.0.113.42 port 4001 ssh2',
  'Feb  6 02:58:02 web-01 sshd[101]: Accepted password for akim from 203.0.113.42 port 4002 ssh2',
  'Feb  6 03:01:00 web-01 sudo:     akim : TTY=pts/0 ; PWD=/home/akim ; USER=root ; COMMAND=/usr/bin/cat /etc/shadow',
]

async function aShell(): Promise<Shell> {
  const shell = new Shell()
  await shell.run('import', shell.file('auth.log', `${LINES.join('\n')}\n`), '--year', '2026', '--name', 'logs')
  return shell
}

const DAY = ['--from', '2026-02-06', '--to', '2026-02-07']

test('prints the rows of a report, and its head apart from them', async () => {
  const shell = await aShell()
  const said = await shell.run('report', 'signins', ...DAY)
  expect(said.code).toBe(0)
  expect(said.stdout.replace('\ufeff', '').split('\r\n').map((line) => line.split(',').slice(0, 3))).toEqual([['time', 'user', 'ip'], ['2026-02-06T02:58:01.000Z', 'akim', '203.0.113.42'], ['']])
  expect(said.stderr).toContain('Failed sign-ins, 2026-02-06T00:00:00.000Z to 2026-02-07T00:00:00.000Z: 1 rows on 2 records of logs')
  expect(said.stderr).toContain('coverage unknown')
  expect(said.stderr).toMatch(/root [0-9a-f]{64}/)
  const lines = await shell.run('report', 'privileged', ...DAY, '--format', 'jsonl')
  expect(lines.objects[0]).toMatchObject({ type: 'report', kind: 'privileged', rowsIn: 1, tlp: 'TLP:AMBER', period: { from: '2026-02-06T00:00:00.000Z', to: '2026-02-07T00:00:00.000Z' } })
  expect(lines.objects[1]).toMatchObject({ type: 'row', table: 'privileged_commands', user: 'akim', run_as: 'root', command: '/usr/bin/cat /etc/shadow' })
})

test('writes a file whole, its head beside a CSV, and never over another', async () => {
  const shell = await aShell()
  const out = join(shell.folder, 'access.csv')
  const said = await shell.run('report', 'access', ...DAY, '--out', out)
  expect(said.objects).toMatchObject([{ file: out, format: 'csv', rows: 1 }])
  expect(readFileSync(out, 'utf8')).toContain('akim,web-01,')
  expect(JSON.parse(readFileSync(`${out}.head.json`, 'utf8'))).toMatchObject({ kind: 'access', rowsShown: 1, root: said.objects[0]?.['root'] })
  expect(await shell.run('report', 'access', ...DAY, '--out', out)).toMatchObject({ code: 2 })
  for (const [format, start] of [['html', '<!doctype html>'], ['md', '# Access report']] as const) {
    expect((await shell.run('report', 'access', ...DAY, '--format', format, '--tlp', 'TLP:RED', '--zone', 'Europe/Berlin')).stdout.slice(0, start.length)).toBe(start)
  }
})

test('says what a PDF needs where there is no Chromium', async () => {
  const shell = await aShell()
  shell.env['RECOUNT_CHROMIUM'] = join(shell.folder, 'none')
  const said = await shell.run('report', 'access', ...DAY, '--format', 'pdf', '--out', join(shell.folder, 'a.pdf'))
  expect(said.code).toBe(1)
  expect(said.stderr).toContain('A PDF needs a Chromium')
  expect(said.stderr).toContain('RECOUNT_CHROMIUM')
})

test.each([
  [['access'], 'A report is on a period'],
  [['all', ...DAY], '«all» is not one of access, approvals'],
  [['access', ...DAY, '--sample', '5'], 'both --sample N and --seed S'],
  [['signins', ...DAY, '--only', 'privileged'], '--only is for report access.'],
  [['access', ...DAY, '--zone', 'Nowhere'], 'There is no time zone Nowhere.'],
  [['signins', ...DAY, '--query', 'user:('], ''],
])('refuses %j', async (words, why) => {
  const said = await (await aShell()).run('report', ...words)
  expect(said.code).toBe(2)
  expect(said.stderr).toContain(why)
  expect(said.stdout).toBe('')
})
