import { describe, expect, it } from 'vitest'
import { canonicalRow, leafHash, rootOf } from '../../../../src/backend/evidence'
import { storeView } from '../../../../src/backend/query'
import { NOW } from '../../store/a-store'
import { asked, ground, held, linesOf, login, made, MINUTE, PERIOD, request, rowsOf, session, told } from './a-report'

const iso = (minute: number) => new Date(NOW + minute * MINUTE).toISOString()

describe('an access report', () => {
  it('has one row for each person on each machine, with whose grant and room for a sign-off', async () => {
    const store = await held([
      request('q1', 0),
      session('one', 5, { approval: 'q1' }),
      told('c1', 6, { command: 'sudo reboot', session: 'one' }),
      session('two', 300),
      session('three', 10, { actor: { name: 'cy' }, machine: { name: 'db-01' } }),
    ])
    const { head, text } = await made(store)
    const rows = rowsOf(text)
    expect(rows.map(({ person, machine }) => [person, machine])).toEqual([['ana', 'web-01'], ['cy', 'db-01']])
    expect(rows[0]).toMatchObject({ first_access: iso(5), last_access: iso(310), accesses: '2', sessions: '2', commands: '1', sudo: '1', privileged: 'true', granted_by: 'ben (1)', granted: '1', without_grant: '1', grant_unknown: '0', decision: '', reviewer: '', reviewed_on: '' })
    expect(rows[1]).toMatchObject({ granted_by: '', granted: '0', without_grant: '0', grant_unknown: '1' })
    expect(head).toMatchObject({ rowsIn: 5, rowsShown: 2, coverage: 'complete', version: '1.2.3', hidden: null })
  })

  it('agrees with the list of accesses', async () => {
    const store = await held([request('q1', 0), session('one', 5), session('two', 9, { machine: { name: 'db-01' } }), login('l', 11, { outcome: 'success', actor: { name: 'bo' } })])
    const list = await ground(store).answers['access.list']({ range: PERIOD, text: '', person: null, machine: null, production: false, privileged: false, ungranted: false, first: false, order: 'person', descending: false, at: 0, count: 1000 })
    const { text } = await made(store)
    expect(rowsOf(text).map(({ person, machine, accesses, granted }) => [person, machine, Number(accesses), Number(granted)])).toEqual(list.rows.map(({ person, machine, accesses, granted }) => [person, machine, accesses, granted]))
    expect(list.rows).toHaveLength(3)
    expect(rowsOf((await made(store, { text: 'bo' })).text)).toHaveLength(1)
    expect(rowsOf((await made(store, { only: ['privileged'] })).text)).toHaveLength(0)
  })

  it('lists what was granted and never used', async () => {
    const { text } = await made(await held([request('q1', 0), request('q2', 400), session('one', 5), session('x', 1400, { actor: { name: 'cy' } })]), { format: 'jsonl' })
    const unused = linesOf(text).filter(({ table }) => table === 'never_used')
    expect(unused.map(({ request: id }) => id)).toEqual(['q2'])
  })
})

describe('an approval history', () => {
  const records = [
    request('q1', 0),
    request('q2', 10, { approver: 'ana' }),
    request('q3', 20, { action: 'approval.reject', actionRaw: 'rejected', outcome: 'failure', attributes: { rejected_at: iso(25) }, decision: 'rejected' }),
    session('one', 5),
  ]

  it('has every request with its decision, and says how many approved their own', async () => {
    const store = await held(records)
    const { head, text } = await made(store, { kind: 'approvals' })
    const rows = rowsOf(text.replaceAll('"web-01, 2 h"', 'web-01 2 h'))
    expect(rows.map(({ request: id, state, self_approved }) => [id, state, self_approved])).toEqual([['q1', 'approved', 'false'], ['q2', 'approved', 'true'], ['q3', 'denied', 'false']])
    expect(rows[0]).toMatchObject({ asked: iso(0), approver: 'ben', decided: iso(1), latency_ms: '60000', granted_from: iso(1), granted_to: iso(121) })
    expect(head.rowsIn).toBe(3)
    const md = (await made(store, { kind: 'approvals', format: 'md' })).text
    expect(md).toContain('- **Self-approvals:** 1 of 3 decisions')
    expect(md).toContain('- **Denied:** 1')
  })

  it('agrees with the summary on the screen', async () => {
    const store = await held(records)
    const { counts, approvers, patternCount } = await ground(store).answers['approval.summary']({ range: PERIOD, zone: 'UTC' })
    const lines = linesOf((await made(store, { kind: 'approvals', format: 'jsonl' })).text)
    const rows = lines.filter(({ table }) => table === 'requests')
    expect([rows.length, rows.filter(({ state }) => state === 'approved').length, rows.filter(({ state }) => state === 'denied').length]).toEqual([counts.requests, counts.approved, counts.rejected])
    expect(lines.filter(({ table }) => table === 'approvers').map(({ approver, decisions }) => [approver, decisions])).toEqual(approvers.map(({ approver, n }) => [approver, n]))
    expect(lines.filter(({ table }) => table === 'exceptions')).toHaveLength(patternCount)
  })
})

describe('failed sign-ins', () => {
  it('are listed one by one, counted by what they stand for, beside who reports them', async () => {
    const store = await held([login('a', 1, { repeat: 5 }), login('b', 2, { actor: { name: 'bo' } }), login('c', 3, { outcome: 'success' })])
    const { head, text } = await made(store, { kind: 'signins' })
    expect(rowsOf(text).map(({ time, user, ip, stands_for }) => [time, user, ip, stands_for])).toEqual([[iso(1), 'ana', '203.0.113.7', '5'], [iso(2), 'bo', '203.0.113.7', '1']])
    expect(head).toMatchObject({ rowsIn: 3, rowsShown: 2 })
    const lines = linesOf((await made(store, { kind: 'signins', format: 'jsonl' })).text)
    expect(lines.filter(({ table }) => table === 'failed_by_user').map(({ user, attempts }) => [user, attempts])).toEqual([['ana', 5], ['bo', 1]])
    const { counts } = await ground(store).answers['signin.summary']({ range: PERIOD, zone: 'UTC' })
    expect((await made(store, { kind: 'signins', format: 'md' })).text).toContain(`- **Failed:** ${counts.failure} attempts in 2 records`)
  })
})

describe('privileged commands', () => {
  it('are those with the rights of somebody else, run or refused', async () => {
    const store = await held([
      told('1', 1, { command: 'sudo reboot' }),
      told('2', 2, { command: 'ls' }),
      told('3', 3, { command: 'ls', actor: { name: 'root' } }),
      told('4', 4, { category: 'sudo', action: 'sudo', command: '/bin/cat', outcome: 'failure', onBehalf: 'root' }),
      told('5', 5, { command: 'su - bo' }),
      told('6', 6, { command: 'echo sudo' }),
      told('7', 7, { category: 'sudo', action: 'authenticate' }),
    ])
    const { text } = await made(store, { kind: 'privileged' })
    expect(rowsOf(text).map(({ command, run_as, outcome }) => [command, run_as, outcome])).toEqual([['sudo reboot', '', 'success'], ['ls', '', 'success'], ['/bin/cat', 'root', 'failure'], ['su - bo', '', 'success']])
  })
})

describe('role and permission changes', () => {
  it('have a line for each field, with old and new', async () => {
    const store = await held([
      told('1', 1, { category: 'privilege', action: 'role_change', target: { kind: 'user', name: 'jo' }, changes: [{ field: 'role', old: 'member', new: 'admin' }, { field: 'note', new: 'x' }] }),
      told('2', 2, { category: 'privilege', action: 'group_add', target: { kind: 'user', name: 'bo' } }),
      told('3', 3, { category: 'account', action: 'user_create' }),
    ])
    const { head, text } = await made(store, { kind: 'changes' })
    expect(rowsOf(text).map(({ changed_by, subject, action, field, old, new: after }) => [changed_by, subject, action, field, old, after])).toEqual([
      ['ana', 'user/jo', 'role_change', 'role', 'member', 'admin'],
      ['ana', 'user/jo', 'role_change', 'note', '', 'x'],
      ['ana', 'user/bo', 'group_add', '', '', ''],
    ])
    expect(head).toMatchObject({ rowsIn: 2, rowsShown: 3 })
  })
})

describe('a retention copy', () => {
  it('holds every record of the period and no other, companions included, whole', async () => {
    const store = await held([told('before', -1, {}), told('first', 0, {}), told('mate', 1, { companion: true }), told('after', 1440, {})])
    const { head, text } = await made(store, { kind: 'retention', format: 'jsonl' })
    const [first, ...events] = linesOf(text)
    expect(first).toMatchObject({ type: 'report', kind: 'retention', rowsIn: 2, rowsShown: 2 })
    expect(events.map(({ type, raw, companion }) => [type, raw, companion])).toEqual([['event', 'first', undefined], ['event', 'mate', true]])
    const records = store.records({ ...storeView({ query: '', range: PERIOD, order: 'asc' }), companions: true }, 0, 10)
    expect(head.root).toBe(rootOf(records.map((record) => leafHash(canonicalRow(record)))).toString('hex'))
  })

  it('is narrowed by a query, which is refused where it is none', async () => {
    const store = await held([told('1', 1, {}), told('2', 2, { actor: { name: 'bo' } })])
    const { head, text } = await made(store, { kind: 'retention', text: 'user:bo OR user:cy' })
    expect(rowsOf(text).map(({ user }) => user)).toEqual(['bo'])
    expect(head).toMatchObject({ query: '(user:bo OR user:cy)', filters: ['query: user:bo OR user:cy'] })
    await expect(made(store, { kind: 'signins', text: 'user:(' })).rejects.toMatchObject({ code: 'bad-query' })
  })
})

describe('what an account may not see', () => {
  it.each(['access', 'approvals'] as const)('is said of %s in every format, and is never an empty table', async (kind) => {
    const store = await held([session('one', 5), request('q1', 0)], 'user')
    for (const format of ['csv', 'jsonl', 'md', 'html'] as const) {
      const { head, text } = await made(store, { kind, format })
      expect(text).toContain('Not visible to this account')
      expect(text).not.toContain('web-01')
      expect(head).toMatchObject({ root: null, rowsShown: 0 })
    }
    expect((await made(store, { kind })).text).not.toContain('person,machine')
  })

  it('is said of the rest as what it is: their own records alone', async () => {
    const { head, text } = await made(await held([login('a', 1)], 'user'), { kind: 'signins', format: 'md' })
    expect(head.hidden).toBeNull()
    expect(text).toContain('A plain user is given their own records alone: of others nothing can be told.')
  })
})

describe('the head', () => {
  it('tells what an auditor relies on', async () => {
    const { head, text } = await made(await held([session('one', 5)]), { format: 'html', zone: 'Asia/Kolkata', tlp: 'TLP:AMBER+STRICT' })
    expect(head.sources).toEqual([{ connection: 'org', kind: 'webxterm', place: 'https://x.example', tenant: 'fernhill', account: 'Ana', role: 'super_admin', held: 1 }])
    expect(head.streams).toEqual([{ connection: 'org', stream: 'logs', state: 'complete', held: 1, serverTotal: 1, holes: [] }])
    expect(head.visibleTo).toBe('Role super_admin.')
    for (const words of ['TLP:AMBER+STRICT', '1 held of 1 that the servers count', 'tenant fernhill', '2026-02-06 17:30:00.000+05:30 up to', `${head.root}`, ' with Recount 1.2.3', 'It does not show:']) expect(text).toContain(words)
  })

  it('has no link in it that leads nowhere', async () => {
    const store = await held([request('q1', 0), session('one', 5), login('a', 1), told('c', 7, { command: 'sudo ls' })])
    for (const kind of ['access', 'approvals', 'signins', 'privileged', 'changes', 'retention'] as const) {
      const { text } = await made(store, { kind, format: 'html' })
      const places = new Set([...text.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id))
      const links = [...text.matchAll(/href="#([^"]+)"/g)].map(([, id]) => id)
      expect(links.length).toBeGreaterThan(2)
      expect(links.filter((id) => !places.has(id))).toEqual([])
    }
  })

  it('warns where the period is not known to be complete', async () => {
    const { head, text } = await made(await held([session('one', 5)]), { range: { from: PERIOD.from - 1000, to: PERIOD.to }, format: 'md' })
    expect(head.coverage).toBe('not-asked')
    expect(text).toContain('**Note:** What is held of the period is not known to be complete (1 list: 1 not asked)')
  })

  it('is empty of records where nothing is held, and says that nothing proves anything', async () => {
    const { head } = await made(await held([]), asked())
    expect(head).toMatchObject({ rowsIn: 0, root: 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855' })
  })
})
