import { expect, it } from 'vitest'
import { matched, run, storeOf, type Told } from './a-detection'

const FULL: Told = {
  category: 'command',
  action: 'execute',
  actionRaw: 'command_executed',
  outcome: 'success',
  reason: 'none',
  actor: { id: 'u-1', name: 'Ana', email: 'ana@example.org', kind: 'user' },
  onBehalf: 'root',
  target: { kind: 'machine', id: 'm-1', name: 'web' },
  machine: { kind: 'machine', id: 'm-2', name: 'db' },
  session: 's-1',
  approval: 'ap-1',
  ip: '192.0.2.7',
  userAgent: 'Browser/1',
  client: 'ui',
  tenant: 't-1',
  project: 'p-1',
  command: 'ls -l',
  exitCode: 2,
  durationMs: 1500,
  authMethod: 'password',
  mfa: 'otp',
  file: { name: 'a.txt', size: 12, direction: 'up' },
  decision: 'approved',
  approver: 'bea',
  justification: 'because',
  scope: 'all',
  repeat: 3,
  changes: [{ field: 'role', old: 'user', new: 'admin' }, { field: 'email', new: 'x@y' }],
  attributes: { 'entity.id': 'e-9', note: 'kept', pwd: '/root' },
}

const NAMES: [field: string, value: string][] = [
  ['user', 'ana'],
  ['user', 'u-1'],
  ['actor', 'ana@example.org'],
  ['user_name', 'ana'],
  ['actor_name', 'ana'],
  ['User', 'ana'],
  ['user_id', 'u-1'],
  ['actor_email', 'ana@example.org'],
  ['actor_type', 'user'],
  ['on_behalf', 'root'],
  ['target', 'web'],
  ['target_id', 'm-1'],
  ['resource_type', 'machine'],
  ['host', 'db'],
  ['machine', 'm-2'],
  ['host_name', 'db'],
  ['host_id', 'm-2'],
  ['src_ip', '192.0.2.7'],
  ['ip', '192.0.2.7'],
  ['user_agent', 'browser/1'],
  ['client', 'ui'],
  ['tenant', 't-1'],
  ['project', 'p-1'],
  ['session_id', 's-1'],
  ['approval', 'ap-1'],
  ['action', 'execute'],
  ['action', 'command_executed'],
  ['action_raw', 'command_executed'],
  ['category', 'command'],
  ['outcome', 'success'],
  ['basis', 'reported'],
  ['reason', 'none'],
  ['severity', 'warning'],
  ['command', 'ls -l'],
  ['exit_code', '2'],
  ['duration_ms', '1500'],
  ['repeat', '3'],
  ['auth_method', 'password'],
  ['mfa', 'otp'],
  ['file_name', 'a.txt'],
  ['file_size', '12'],
  ['decision', 'approved'],
  ['approver', 'bea'],
  ['justification', 'because'],
  ['scope', 'all'],
  ['connection', 'logs'],
  ['source', 'sshd'],
  ['stream', 'auth'],
  ['time', '2026-02-06T12:00:00.000Z'],
  ['entity.id', 'e-9'],
  ['field.note', 'kept'],
  ['note', 'kept'],
  ['changes.new', 'admin'],
  ['changes.role.old', 'user'],
  ['changes.field', 'email'],
  ['Image', '/usr/bin/ls'],
  ['CommandLine', 'ls -l'],
  ['CurrentDirectory', '/root'],
]

it('an event offers its fields under the words of queries and their other spellings', async () => {
  const store = await storeOf([FULL, {}])
  const wrong = NAMES.filter(([field, value]) => {
    const text = `{title: t, logsource: {product: recount}, detection: {a: {${field}: '${value}', command|exists: true}, condition: a}}`
    return matched(run(store, text)).join() !== '0'
  })
  expect(wrong).toEqual([])
})

const RAW = JSON.stringify({
  eventName: 'StopLogging',
  userIdentity: { type: 'IAMUser', arn: null, 'a.b': { c: 1 } },
  'dotted.name': 'first',
  dotted: { name: 'second' },
  list: [{ id: 'x' }, { id: 'y' }, 7],
  yes: true,
  empty: {},
  action: 'raw action',
  note: 'raw note',
})

it.each([
  ['a name', 'eventName: stoplogging', [0]],
  ['a path', 'userIdentity.type: IAMUser', [0]],
  ['a path over a name with dots', 'userIdentity.a.b.c: 1', [0]],
  ['the exact dotted name first', 'dotted.name: first', [0]],
  ['not the path where the exact name is there', 'dotted.name: second', []],
  ['any element of a list', 'list.id: y', [0]],
  ['any element that is no object', 'list: 7', [0]],
  ['all of a list', 'list.id|all: [x, y]', [0]],
  ['a truth value', 'yes: true', [0]],
  ['null as absent', 'userIdentity.arn: null', [0, 1, 2]],
  ['an object as being there', 'empty|exists: true', [0]],
  ['the event before its record', 'action: raw action', []],
  ['attributes before the record', 'note: raw note', [2]],
])('the record as JSON gives %s', async (_what, item, expected) => {
  const events: Told[] = [{ raw: RAW, attributes: { note: 'attribute' } }, { raw: 'no JSON' }, { raw: '{"note": "raw note", "broken": ' }, {}]
  // The third record is no JSON, being cut off; a whole one of its kind has the note.
  events[2] = { raw: '{"note": "raw note"}' }
  const found = run(await storeOf(events.slice(0, 3)), `{title: t, logsource: {product: recount}, detection: {a: {${item}}, condition: a}}`)
  expect(found.refused).toEqual([])
  expect(matched(found)).toEqual(expected)
})

it('does not read what its verdicts on another store were', async () => {
  const text = `{title: t, logsource: {product: recount}, detection: {a: {user: ana}, condition: a}}`
  const names = async (list: string[]) => matched(run(await storeOf(list.map((name) => ({ actor: { name } }))), text))
  expect(await names(['ana', 'bea'])).toEqual([0])
  expect(await names(['bea', 'ana'])).toEqual([1])
})

it.each([
  ['{category: process_creation, product: linux}', [0, 1]],
  ['{category: process_creation, product: windows}', []],
  ['{product: recount, category: command_line}', [0, 1]],
  ['{product: linux, service: sudo}', [1]],
  ['{product: linux, service: sshd}', [0, 1, 2, 3]],
  ['{product: okta}', []],
  ['{product: sshd}', [0, 1, 2, 3]],
  ['{category: authentication}', [2]],
  ['{category: webserver}', []],
  ['{product: recount, service: auth}', [0, 1, 2, 3]],
])('a logsource %s is about its events', async (logsource, expected) => {
  const events: Told[] = [
    { category: 'command', command: 'ls' },
    { category: 'sudo', command: '/bin/ls' },
    { category: 'authentication' },
    { category: 'session' },
  ]
  const found = run(await storeOf(events), `{title: t, logsource: ${logsource}, detection: {a: {outcome: failure}, condition: a}}`)
  expect(matched(found)).toEqual(expected)
})

it('a rule about processes looks at each command of a line, without a parent', async () => {
  const lines = ['cd /tmp && FOO=1 sudo -u root /sbin/insmod evil.ko', 'echo insmod; ls', 'insmod x']
  const store = await storeOf(lines.map((command) => ({ category: 'command', command })))
  const rule = (item: string) => `{title: t, logsource: {category: process_creation, product: linux}, detection: {a: {${item}}, condition: a}}`
  expect(matched(run(store, rule("Image|endswith: /insmod")))).toEqual([0, 2])
  expect(matched(run(store, rule("Image|endswith: /insmod, CommandLine|contains: evil")))).toEqual([0])
  expect(matched(run(store, rule("CommandLine: 'echo insmod'")))).toEqual([1])
  expect(matched(run(store, rule('ParentImage|exists: true')))).toEqual([])
})
