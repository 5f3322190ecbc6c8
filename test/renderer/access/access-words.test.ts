import { expect, test } from 'vitest'
import { deedWords, grantSentence, grantWords, sumWords } from '../../../src/renderer/access/access-words'
import { entryPlace, grantPlace } from '../../../src/renderer/access/to-timeline'

const row = { person: 'ana', approvers: [{ name: 'ben', accesses: 2 }], granted: 2, ungranted: 0, accesses: 2 }
const at = (time: number) => `t${time}`

test('a row tells by whose grant', () => {
  expect(grantWords(row)).toBe('ben')
  expect(grantWords({ ...row, ungranted: 1, accesses: 3 })).toBe('ben · 1 of 3 without')
  expect(grantWords({ ...row, approvers: ['Ana', 'ben', 'cy', 'di'].map((name) => ({ name, accesses: 1 })) })).toBe('Ana (own request), ben +2')
  expect(grantWords({ ...row, approvers: [{ name: null, accesses: 2 }] })).toBe('approver unknown')
  expect(grantWords({ ...row, approvers: [], granted: 0, ungranted: 2 })).toBe('none known')
  expect(grantWords({ ...row, approvers: [], granted: 0 })).toBe('no requests held')
})

test('an access tells on whose word it was', () => {
  const grant = { request: 'r1', approver: 'ben', from: 1, to: 2, scope: null, justification: null, key: 'k', isNamed: false }
  expect(grantSentence(grant, 'ana', at)).toBe('Approved by ben, t1 to t2')
  expect(grantSentence({ ...grant, to: null }, 'BEN', at)).toBe('Approved by ben (own request), from t1, without an end')
  expect(grantSentence({ ...grant, from: null, approver: null }, 'ana', at)).toBe('Approved by approver unknown; the request is not held')
  expect(grantSentence('none', 'ana', at)).toContain('No grant of this person')
  expect(grantSentence('unknown', 'ana', at)).toBe('No request for this machine is held')
  expect(grantPlace(grant)).toMatchObject({ query: 'approval:"r1"', selected: 'k' })
  expect(grantPlace({ ...grant, key: null })).toBeNull()
})

test('an access tells what was done, and where its events are', () => {
  expect(deedWords({ commands: 2, sudo: 1, files: 1, failures: 3 })).toBe('2 commands, 1 with sudo, 1 file transfer, 3 failed')
  expect(deedWords({ commands: 0, sudo: 0, files: 0, failures: 0 })).toBe('')
  const entry = {
    from: 5, to: 5, kind: 'work', session: null, connection: 'c', client: null, ip: null, commands: 1, sudo: 0, files: 0, failures: 0, isPrivileged: false, key: 'k', grant: 'none',
  } as const
  expect(entryPlace({ query: 'user:ana' }, entry)).toEqual({ screen: 'timeline', query: 'user:ana', range: { from: 5, to: 6 }, order: 'asc', selected: 'k' })
})

test('a list is summed up', () => {
  expect(sumWords({ people: 1, machines: 2, accesses: 1204, privileged: 0, ungranted: 0, unknown: 0 })).toBe('1 person on 2 machines, 1,204 accesses')
})
