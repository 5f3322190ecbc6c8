import { describe, expect, test } from 'vitest'
import { actorLabel, coverageStream, rowText, sentence, shownText, thingLabel } from '../../src/domain'
import { event } from '../backend/store/a-store'

describe('a text that is shown', () => {
  test.each([
    ['plain Ünïcode 日本 😀', 'plain Ünïcode 日本 😀'],
    ['a\0b\n\t\x1b[31m', 'a‹NUL›b‹LF›‹TAB›‹ESC›[31m'],
    ['\x7f\x9b', '‹U+007F›‹U+009B›'],
    ['\u202egnp.exe', '‹U+202E›gnp.exe'],
    ['\u200b\u200d\ufeff\u2066', '‹U+200B›‹U+200D›‹U+FEFF›‹U+2066›'],
    ['\u2028\u2029', '‹U+2028›‹U+2029›'],
    ['\ud800', '‹U+D800›'],
    ['\u{e0001}', '‹U+E0001›'],
  ])('%j is %j', (text, shown) => {
    expect(shownText(text)).toBe(shown)
  })
})

test('people and things are called by the first of their names', () => {
  expect(actorLabel({ id: '1', name: 'Ada', email: 'a@b' })).toBe('Ada')
  expect(actorLabel({ id: '1', email: 'a@b' })).toBe('a@b')
  expect(actorLabel({ id: '1' })).toBe('1')
  expect(actorLabel({})).toBeNull()
  expect(actorLabel(undefined)).toBeNull()
  expect(thingLabel({ kind: 'host', name: 'web-1', id: '1' })).toBe('web-1')
  expect(thingLabel({ kind: 'db', id: '1' })).toBe('db/1')
  expect(thingLabel({ kind: 'db' })).toBeNull()
  expect(coverageStream('auth', 'web-1')).toBe('auth · web-1')
})

describe('what happened', () => {
  test.each([
    [{ command: 'rm -rf /', reason: 'denied' }, 'rm -rf /', 'denied'],
    [{ actionRaw: 'Failed password', authMethod: 'password', ip: '10.0.0.1' }, 'Failed password', '10.0.0.1'],
    [{ actionRaw: 'Accepted', authMethod: 'publickey' }, 'Accepted', 'publickey'],
    [{ actionRaw: 'ROLE', changes: [{ field: 'role', old: 'user', new: 'admin' }, { field: 'x' }] }, 'ROLE', 'user → admin · ∅ → ∅'],
    [{ actionRaw: 'session opened', attributes: { message: 'session opened for user root' } }, 'session opened', 'for user root'],
    [{ actionRaw: '', action: 'other', attributes: {} }, 'other', ''],
  ])('in %j is lead and rest', (fields, lead, detail) => {
    expect(rowText(event(fields))).toEqual({ lead, detail })
  })

  test.each([
    [{ actor: { name: 'root' }, machine: { kind: 'host', name: 'web-1' }, ip: '10.0.0.1', repeat: 5 }, 'Failed sign-in as root on web-1 from 10.0.0.1, 5 times'],
    [{ outcome: 'success' as const }, 'Signed in'],
    [{ outcome: 'unknown' as const, actor: { id: '7' } }, 'Sign-in as 7'],
    [{ action: 'login_limit' }, 'Too many failed sign-ins'],
    [{ action: 'session_open', actor: { name: 'a' } }, 'Session opened for a'],
    [{ action: 'session_close' }, 'Session closed'],
    [{ action: 'sudo', outcome: 'failure' as const, command: 'ls', onBehalf: 'root' }, 'Somebody was refused ls as root'],
    [{ action: 'sudo', outcome: 'success' as const, actor: { name: 'a' } }, 'a ran a command'],
    [{ action: 'role_change', actionRaw: '', target: { kind: 'user', name: 'b' }, actor: { name: 'a' } }, 'Role change: user/b by a'],
    [{ category: 'approval' as const, action: 'approval.approve', actionRaw: 'approved', actor: { name: 'a' }, approver: 'b', machine: { kind: 'machine', name: 'm' } }, 'Request for access by a, approved (b) on m'],
    [{ category: 'approval' as const, action: 'approval.request', actionRaw: 'pending' }, 'Request for access, pending'],
  ])('of %j is said in a sentence', (fields, said) => {
    expect(sentence(event(fields))).toBe(said)
  })
})
