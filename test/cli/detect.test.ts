import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { startBackend } from '../../src/backend'
import { nodePorts } from '../../src/node/ports'
import { dataPath, describeWithData } from '../data'
import { failedLogins, Shell } from './shell'

const FAILED = `
title: Failed sign-in
name: failed
logsource: { category: authentication }
detection:
  attempt: { action: login, outcome: failure }
  condition: attempt
`

const BRUTE = `${FAILED}---
title: Many failed sign-ins
id: test.brute
level: high
correlation:
  type: event_count
  rules: [failed]
  group-by: [user_name]
  timespan: 10m
  condition: { gte: 3 }
`

type Episode = { key: string; start: string; crossed: string; end: string; peak: number }
type Expected = {
  rules: Record<string, { type: string; 'group-by': string[]; timespan: string; condition: Record<string, unknown> }>
  sets: Record<string, { episodes?: Record<string, Episode[]> }>
}

const SETS = [
  { set: 'linux-auth/loghub_linux', file: 'loghub/Linux.log', year: '2005' },
  { set: 'linux-auth/openssh2k', file: 'loghub/OpenSSH_2k.log', year: '2015' },
  { set: 'linux-auth/secrepo', file: 'secrepo-part/auth.log', year: '2014' },
]

describeWithData('detect on real logs', () => {
  it.each(SETS)('finds the episodes of $set and no others', async ({ set, file, year }) => {
    const expected = JSON.parse(readFileSync(dataPath('data/EXPECTED.json'), 'utf8')) as Expected
    const shell = new Shell()
    await shell.run('import', dataPath(`data/linux-auth/${file}`), '--year', year)
    // YAML takes JSON as it is.
    const documents = Object.entries(expected.rules).map(([id, rule]) => {
      return JSON.stringify({ title: id, id, level: 'medium', correlation: { ...rule, rules: ['failed'] } })
    })
    // Of a server without any `Failed` line the truth was computed on those lines alone: on what is reported.
    const failed = set === 'linux-auth/secrepo' ? FAILED.replace('outcome: failure', 'outcome: failure, basis: reported') : FAILED
    shell.file('rules.yml', [failed, ...documents].join('\n---\n'))
    const said = await shell.run('detect', '--rules', 'rules.yml')
    expect(said).toMatchObject({ code: 0, stderr: '' })
    for (const id of Object.keys(expected.rules)) {
      const found = said.objects.filter(({ rule }) => rule === id).map(episodeOf)
      const wanted = expected.sets[set]?.episodes?.[id] ?? []
      expect(found.toSorted(inOrder)).toEqual(wanted.map(toMilliseconds).toSorted(inOrder))
    }
  })
})

function episodeOf({ key, start, crossed, end, peak }: Record<string, unknown>): Episode {
  return { key: String(key), start: String(start), crossed: String(crossed), end: String(end), peak: Number(peak) }
}

function toMilliseconds({ key, start, crossed, end, peak }: Episode): Episode {
  const at = (time: string) => new Date(time).toISOString()
  return { key, start: at(start), crossed: at(crossed), end: at(end), peak }
}

function inOrder(a: Episode, b: Episode): number {
  return `${a.start} ${a.key}` < `${b.start} ${b.key}` ? -1 : 1
}

const T0 = '2015-05-10T10:00:00.000Z'

async function held(): Promise<Shell> {
  const shell = new Shell()
  shell.file('auth.log', failedLogins('root', [0, 1, 2, 30, 31, 32]))
  await shell.run('import', 'auth.log', '--year', '2015')
  shell.file('rules/brute.yml', BRUTE)
  return shell
}

describe('detect', () => {
  it('prints a finding a line, in the order of time, by the fields of the contract', async () => {
    const shell = await held()
    const said = await shell.run('detect', '--rules', 'rules')
    expect(said).toMatchObject({ code: 0, stderr: '' })
    const [first, second] = said.objects
    expect(Object.keys(second ?? {})).toEqual(['rule', 'level', 'title', 'key', 'start', 'crossed', 'end', 'peak', 'events', 'sample', 'why'])
    const minute = (at: number) => new Date(Date.parse(T0) + at * 60_000).toISOString()
    const shared = { rule: 'test.brute', level: 'high', title: 'Many failed sign-ins', key: 'root', peak: 3, events: 3 }
    expect(first).toMatchObject({ ...shared, start: minute(0), crossed: minute(2), end: minute(2), mayBeginEarlier: true })
    expect(second).toMatchObject({ ...shared, start: minute(30), crossed: minute(32), end: minute(32) })
    const keys = (await shell.run('query', '', '--order', 'asc')).objects.map(({ key }) => key)
    expect(second?.['sample']).toEqual(keys.slice(3))
  })

  it('looks at a range alone', async () => {
    const shell = await held()
    const keyTimes = async (...words: string[]) => (await shell.run('detect', '--rules', 'rules', ...words)).objects.map(({ crossed }) => crossed)
    expect(await keyTimes('--from', '2015-05-10T10:20:00Z')).toEqual(['2015-05-10T10:32:00.000Z'])
    expect(await keyTimes('--to', '2015-05-10T10:02:00Z')).toEqual([])
    expect(await keyTimes('--to', '2015-05-10T10:02:01Z')).toEqual(['2015-05-10T10:02:00.000Z'])
  })

  it.each([
    ['informational', 1],
    ['medium', 1],
    ['high', 1],
    ['critical', 0],
  ])('--fail-on %s ends with %i where the highest level is high', async (level, code) => {
    const shell = await held()
    const said = await shell.run('detect', '--rules', 'rules', '--fail-on', level)
    expect(said.code).toBe(code)
    expect(said.objects).toHaveLength(2)
  })

  it('--fail-on is done where nothing is found', async () => {
    const shell = await held()
    expect((await shell.run('detect', '--rules', 'rules', '--to', '2015-01-01', '--fail-on', 'low')).code).toBe(0)
  })

  it('uses the own rules where none are named', async () => {
    const shell = new Shell()
    shell.file('auth.log', failedLogins('root', Array.from({ length: 12 }, (_, i) => i / 2).map(Math.floor)))
    await shell.run('import', 'auth.log', '--year', '2015')
    const said = await shell.run('detect')
    expect(said).toMatchObject({ code: 0, stderr: '' })
    expect(said.objects.map(({ rule }) => String(rule)).toSorted()).toEqual(['auth.bruteforce.user', 'auth.distributed'])
    expect((await shell.run('detect', '--rules', shell.file('none.yml', BRUTE.replace('action: login', 'action: x')))).objects).toEqual([])
  })

  it('uses the rules, levels and suppressions of the workspace where none are named, and tells what is left out', async () => {
    const shell = new Shell()
    await shell.run('import', shell.file('auth.log', failedLogins('root', [0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5])), '--year', '2015')
    const { close, ...ports } = nodePorts(() => {}, { env: {} })
    const backend = await startBackend({ workspace: shell.workspace, ports })
    await backend.call('rule.add', { files: [{ name: 'brute.yml', text: BRUTE }, { name: 'bad.yml', text: BRUTE.slice(FAILED.length).replace('[failed]', '[nobody]').replace('test.brute', 'test.bad') }] })
    await backend.call('detection.setLevel', { rule: 'auth.bruteforce.user', level: 'critical' })
    await backend.call('finding.suppress', { rule: 'auth.distributed', key: null, reason: 'A test of the host.', until: null })
    await backend.close()
    await close()
    const said = await shell.run('detect', '--fail-on', 'critical')
    expect(said.objects.map(({ rule, level }) => [rule, level])).toEqual(expect.arrayContaining([['auth.bruteforce.user', 'critical'], ['test.brute', 'high']]))
    expect(said.objects).toHaveLength(2)
    expect(said.code).toBe(1)
    expect(said.stderr).toMatch(/^not active: bad.yml: test.bad: .+\nsuppressed: 1\n$/)
  })

  it('takes several files and folders, and tells what is not active by file and reason', async () => {
    const shell = await held()
    shell.file('more/deep/bad.yaml', FAILED.replace('action: login', 'action|expand: login').replace('name: failed', 'name: bad'))
    shell.file('more/notes.txt', 'no rules')
    const said = await shell.run('detect', '--rules', 'rules/brute.yml', '--rules', 'more')
    expect(said.code).toBe(0)
    expect(said.objects).toHaveLength(2)
    expect(said.stderr).toContain(`not active: ${shell.folder}/more/deep/bad.yaml: bad: the modifier expand is not supported`)
    expect(said.stderr.trim().split('\n')).toHaveLength(1)
  })

  it.each([
    ['an unknown level', ['--fail-on', 'worst'], '--fail-on is one of informational, low, medium, high, critical, not «worst».'],
    ['a file that is not there', ['--rules', 'nowhere.yml'], 'There is no file nowhere.yml that --rules names.'],
    ['a folder without rules', ['--rules', '.'], 'holds no .yml and no .yaml'],
    ['a word', ['root'], '«root» is one word too many for detect.'],
    ['a bad time', ['--from', 'yesterday'], '--from needs a time such as'],
  ])('answers %s with exit 2', async (_name, words, message) => {
    const said = await new Shell().run('detect', ...words)
    expect(said).toMatchObject({ code: 2, stdout: '' })
    expect(said.stderr).toContain(message)
  })

  it('says that nothing is held', async () => {
    const said = await new Shell().run('detect')
    expect(said).toMatchObject({ code: 0, stdout: '' })
    expect(said.stderr).toContain('Nothing is held')
  })
})
