import { readdirSync, writeFileSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { DetectionDesk, RuleShelf } from '../../src/backend/detect'
import { faultOf, add, NOW, record, writable } from './store/a-store'
import { aBackend } from './a-server-backend'
import { tempFolder } from './temp-folder'

const rule = (id: string, test: string, more = 'level: high') => `title: Rule ${id}\nid: ${id}\nauthor: Ann Author\nlicense: DRL 1.1\nreferences: [https://example.org/${id}]\n${more}\ndetection:\n  a: { ${test} }\n  condition: a\n`

async function deskOver(events: Parameters<typeof record>[1][], shelf: RuleShelf) {
  const store = await writable(tempFolder())
  add(store, events.map((event, i) => record(`e${i}`, event)))
  const errors: unknown[] = []
  const told: unknown[] = []
  let wake = () => {}
  const pace = { slice: 4, atWork: 0, giveWay: 1, answer: 0, mostWait: 0, quiet: 1, rest: 1, tell: 0 }
  const desk = new DetectionDesk({ store, shelf, now: () => NOW, onProgress: () => {}, onChange: () => wake(), onError: (error) => errors.push(error), onFound: (news) => told.push(news), pace })
  const ended = () =>
    new Promise<void>((resolve) => {
      const isOver = () => !desk.files().isReading && desk.run().state === 'done' && !desk.run().isStale
      wake = () => isOver() && resolve()
      desk.want()
      wake()
    })
  return { store, desk, errors, told, ended }
}

describe('new findings after a sync', () => {
  const shelf = () => new RuleShelf(join(tempFolder(), 'rules'))
  const command = (id: string, text: string) => record(id, { category: 'command', command: text })

  it('are told once, from the chosen level on, and never what was there before', async () => {
    const { store, desk, told, ended } = await deskOver([{ category: 'command', command: 'history -c' }], shelf())
    store.setSetting('notifyLevel', 'high')
    await ended()
    add(store, [command('n1', 'history -c'), command('n2', 'cat /etc/shadow'), command('n3', 'sudo useradd x')])
    desk.synced()
    await ended()
    expect(told).toEqual([{ count: 2, level: 'high', title: expect.any(String) }])
    desk.synced()
    await ended()
    add(store, [command('n4', 'ls'), command('n5', 'sudo useradd y')])
    desk.synced()
    await ended()
    expect(told).toHaveLength(1)
  })

  it('are not told where nobody wants to hear of them, nor those that are suppressed', async () => {
    const { store, desk, told, ended } = await deskOver([], shelf())
    await ended()
    add(store, [command('n1', 'history -c')])
    desk.synced()
    await ended()
    store.setSetting('notifyLevel', 'low')
    store.setSetting('detection.suppressions', JSON.stringify([{ rule: 'cmd.log_tamper', key: null, reason: 'x', since: 1, until: null }]))
    add(store, [command('n2', 'history -c')])
    desk.synced()
    await ended()
    expect(told).toEqual([])
  })

  it('are told of what this run of the program brought, where nothing was looked at before', async () => {
    const { store, desk, told, ended } = await deskOver([{ category: 'command', command: 'history -c' }], shelf())
    store.setSetting('notifyLevel', 'high')
    store.append([command('old', 'cat /etc/shadow')], { origin: 'file', place: 'x', fetchedAt: NOW - 1 }, { connection: 'logs', kind: 'sshd' })
    desk.synced()
    await ended()
    expect(told).toEqual([{ count: 1, level: 'high', title: 'Traces of what was done removed' }])
  })
})

describe('files of rules', () => {
  it('are kept in the workspace, run, and show whose they are', async () => {
    const folder = join(tempFolder(), 'rules')
    const shelf = new RuleShelf(folder)
    shelf.add([{ name: 'one.yml', text: rule('r-1', 'command|contains: frobnicate') }, { name: 'bad.yml', text: `${rule('r-2', 'command|expand: x')}---\n- no rule\n` }])
    expect(readdirSync(folder).toSorted()).toEqual(['bad.yml', 'one.yml'])
    const { desk, ended } = await deskOver([{ category: 'command', command: 'frobnicate -a' }], new RuleShelf(folder))
    await ended()
    expect(desk.files()).toEqual({ files: [{ name: 'bad.yml', rules: 0, inactive: 2 }, { name: 'one.yml', rules: 1, inactive: 0 }], least: 'medium', isReading: false })
    expect(desk.rule('r-1')).toMatchObject({ findings: 1, inactive: null, added: { file: 'one.yml', author: 'Ann Author' } })
    expect(desk.rule('r-1')?.parameters).toContainEqual(['Licence', 'DRL 1.1'])
    expect(desk.rule('r-1')?.parameters).toContainEqual(['References', 'https://example.org/r-1'])
    expect(desk.rule('r-2')).toMatchObject({ added: { file: 'bad.yml' }, inactive: 'the modifier expand is not supported' })
    expect(desk.rule('cmd.account')?.added).toBeUndefined()
  })

  it('run from a level on, which can be chosen, and never in place of an own rule', async () => {
    const shelf = new RuleShelf(join(tempFolder(), 'rules'))
    const text = [rule('r-low', 'command|contains: frob', 'level: low'), rule('cmd.account', 'command|contains: frob')].join('---\n')
    shelf.add([{ name: 'a.yml', text }])
    const { store, desk, ended } = await deskOver([{ category: 'command', command: 'frob' }], shelf)
    await ended()
    expect(desk.rule('r-low')).toMatchObject({ findings: 0, inactive: 'its level is low; added rules run from medium on' })
    expect(desk.rules().rules.filter(({ id }) => id === 'cmd.account').map(({ inactive }) => inactive)).toContain('an own rule has the same id')
    store.setSetting('detection.least', 'low')
    await ended()
    expect(desk.rule('r-low')).toMatchObject({ findings: 1, inactive: null })
    shelf.remove('a.yml')
    await ended()
    expect([desk.knows('r-low'), desk.files().files]).toEqual([false, []])
  })

  it('of one whose expression does not end in time: it is stopped, and the others go on', async () => {
    const shelf = new RuleShelf(join(tempFolder(), 'rules'))
    // Nothing in it is repeated, so it is not refused; it tries 2 to the 32nd ways.
    const slow = '(a|aa)'.repeat(32) + '!'
    shelf.add([{ name: 'a.yml', text: [rule('r-slow', `command|re: '${slow}'`), rule('r-fine', 'command|contains: aaa')].join('---\n') }])
    const { desk, errors, ended } = await deskOver([{ category: 'command', command: 'a'.repeat(200) }], shelf)
    await ended()
    expect(desk.rule('r-slow')).toMatchObject({ findings: 0, inactive: 'stopped: it took longer than 1000 ms for one event' })
    expect(desk.rule('r-fine')).toMatchObject({ findings: 1, inactive: null })
    expect(errors).toEqual([])
  }, 20_000)

  it('are named by the page and never placed by it, and are not without bounds', () => {
    const folder = join(tempFolder(), 'rules')
    const shelf = new RuleShelf(folder)
    for (const name of ['../a.yml', 'a/b.yml', 'a\\b.yml', '.yml', 'a.txt', 'a.yml\0', 'c:a.yml', `${'a'.repeat(200)}.yml`]) {
      expect([name, shelf.refusal([{ name, text: '' }])]).toEqual([name, expect.stringContaining('cannot be named')])
    }
    expect(shelf.refusal([{ name: 'ä b-1.2.yaml', text: '' }])).toBeNull()
    expect(shelf.refusal([{ name: 'a.yml', text: 'x'.repeat(1024 * 1024 + 1) }])).toContain('larger than')
    expect(shelf.refusal(Array.from({ length: 5001 }, (_, i) => ({ name: `${i}.yml`, text: '' })))).toContain('keeps 5000 files')
    mkdirSync(folder)
    writeFileSync(join(folder, 'note.txt'), 'x')
    expect(shelf.names()).toEqual([])
  })

  it('are added and removed through the contract, all of a batch or none', async () => {
    const { ask } = await aBackend()
    expect(await ask('rule.files', {})).toEqual({ files: [], least: 'medium', isReading: false })
    const bad = await faultOf(() => ask('rule.add', { files: [{ name: 'a.yml', text: rule('r-1', 'command: x') }, { name: '../b.yml', text: '' }] }))
    expect(bad).toMatchObject({ code: 'bad-ask' })
    expect((await ask('rule.files', {})).files).toEqual([])
    await ask('rule.add', { files: [{ name: 'a.yml', text: rule('r-1', 'command: x') }] })
    await ask('rule.setLeast', { level: 'critical' })
    expect((await ask('rule.files', {})).least).toBe('critical')
    await ask('rule.remove', { name: 'a.yml' })
    expect(await faultOf(() => ask('rule.remove', { name: 'a.yml' }))).toMatchObject({ code: 'not-found' })
    expect((await ask('rule.files', {})).files).toEqual([])
  })
})
