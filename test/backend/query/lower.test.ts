import { describe, expect, it } from 'vitest'
import { lowerQuery, lowerText } from '../../../src/backend/query/lower'
import { tablesOf } from '../../../src/backend/query/view'
import type { Filter, TextColumn, TextMatch } from '../../../src/backend/store/filter'
import { BackendFault } from '../../../src/contract'

const filterOf = (text: string) => lowerText(text).filter
const equals = (value: string): TextMatch => ({ op: 'equals', value })
const text = (columns: TextColumn[], match: TextMatch): Filter => ({ kind: 'text', columns, match })

describe('lowering of fields', () => {
  it.each([
    ['user', ['actorName', 'actorEmail', 'actorId']],
    ['ip', ['ip']],
    ['machine', ['machineName', 'machineId']],
    ['target', ['targetName', 'targetId']],
    ['client', ['client']],
    ['tenant', ['tenant']],
    ['project', ['project']],
    ['session', ['session']],
    ['approval', ['approval']],
    ['source', ['source']],
    ['connection', ['connection']],
    ['stream', ['stream']],
    ['reason', ['reason']],
    ['action', ['action', 'actionRaw']],
  ] satisfies [string, TextColumn[]][])('%s', (field, columns) => {
    expect(filterOf(`${field}:x`)).toEqual(text(columns, equals('x')))
    expect(filterOf(`${field}:x*`)).toEqual(text(columns, { op: 'wildcard', pattern: 'x*' }))
    expect(filterOf(`${field}:"x*"`)).toEqual(text(columns, equals('x*')))
    expect(filterOf(`${field}:/x/`)).toEqual(text(columns, { op: 'regex', pattern: /x/ }))
    expect(filterOf(`${field}:*`)).toEqual(text(columns, { op: 'wildcard', pattern: '*' }))
    expect(filterOf(`-${field}:*`)).toEqual({ kind: 'not', part: text(columns, { op: 'wildcard', pattern: '*' }) })
  })

  it.each([
    ['category:sudo', text(['category'], equals('sudo'))],
    ['severity:info', text(['severity'], equals('info'))],
    ['outcome:failure', text(['outcome'], equals('failure'))],
    ['basis:derived', text(['outcomeBasis'], equals('derived'))],
    ['ip:10.0.0.0/8', text(['ip'], { op: 'cidr', block: '10.0.0.0/8' })],
    ['ip:2001:db8::1', text(['ip'], equals('2001:db8::1'))],
    ['command:rm*', text(['command'], { op: 'contains', value: 'rm*' })],
    ['command:*', text(['command'], { op: 'wildcard', pattern: '*' })],
    ['command:/^rm/i', text(['command'], { op: 'regex', pattern: /^rm/i })],
    ['text:x', { kind: 'anyText', match: { op: 'contains', value: 'x' } }],
    ['x?', { kind: 'anyText', match: { op: 'contains', value: 'x?' } }],
    ['"a b"', { kind: 'anyText', match: { op: 'contains', value: 'a b' } }],
    ['text:/a b/', { kind: 'anyText', match: { op: 'regex', pattern: /a b/ } }],
    ['text:*', { kind: 'all' }],
    ['field.a.b:x', { kind: 'attribute', name: 'a.b', match: equals('x') }],
    ['field.a:x*', { kind: 'attribute', name: 'a', match: { op: 'wildcard', pattern: 'x*' } }],
    ['exit>0', { kind: 'number', column: 'exitCode', comparison: '>', value: 0 }],
    ['exit:1', { kind: 'number', column: 'exitCode', comparison: '=', value: 1 }],
    ['exit:*', { kind: 'number', column: 'exitCode', comparison: '>=', value: Number.MIN_SAFE_INTEGER }],
    ['repeat>=5', { kind: 'number', column: 'repeat', comparison: '>=', value: 5 }],
    ['duration<=5m', { kind: 'number', column: 'durationMs', comparison: '<=', value: 300_000 }],
    ['time:1970-01-02..1970-01-03', { kind: 'time', from: 86_400_000, to: 172_800_000 }],
    ['time:1970-01-02..', { kind: 'time', from: 86_400_000, to: 8.64e15 }],
    ['time:..1970-01-02', { kind: 'time', from: -8.64e15, to: 86_400_000 }],
    ['', { kind: 'all' }],
  ] satisfies [string, Filter][])('%s', (query, expected) => {
    expect(filterOf(query)).toEqual(expected)
  })

  it('makes lists into alternatives and keeps the structure', () => {
    const user = (value: string) => text(['actorName', 'actorEmail', 'actorId'], equals(value))
    expect(filterOf('user:(a b)')).toEqual({ kind: 'or', parts: [user('a'), user('b')] })
    expect(filterOf('exit:(1 >125)')).toMatchObject({ kind: 'or', parts: [{ comparison: '=' }, { comparison: '>' }] })
    expect(filterOf('user:a OR NOT user:b user:c')).toEqual({
      kind: 'or',
      parts: [user('a'), { kind: 'and', parts: [{ kind: 'not', part: user('b') }, user('c')] }],
    })
  })
})

describe('companions', () => {
  it.each([
    ['is:companion', true],
    ['a OR (b -is:companion)', true],
    ['companion', false],
    ['', false],
  ])('%s', (query, companions) => {
    expect(lowerText(query).companions).toBe(companions)
  })

  it('are not spoken of by marks', () => {
    expect(lowerText('is:marked tag:x').companions).toBe(false)
  })

  it.each(['changed', 'late', 'vanished'] as const)('are not spoken of by is:%s', (what) => {
    expect(lowerText(`is:${what}`)).toEqual({ filter: { kind: 'drift', what }, companions: false })
  })

  it('lowers to a filter of its own', () => {
    expect(lowerText('-is:companion').filter).toEqual({ kind: 'not', part: { kind: 'companion' } })
  })
})

describe('what people wrote', () => {
  it.each([
    ['is:marked', { kind: 'keys', of: 'marked' }],
    ['is:cited', { kind: 'keys', of: 'cited' }],
    ['has:comment', { kind: 'keys', of: 'commented' }],
    ['has:recording', { kind: 'recorded' }],
    ['tag:Bad', { kind: 'tag', match: { op: 'equals', value: 'Bad' } }],
    ['tag:c2*', { kind: 'tag', match: { op: 'wildcard', pattern: 'c2*' } }],
    ['-tag:(a b)', {
      kind: 'not',
      part: { kind: 'or', parts: ['a', 'b'].map((value) => ({ kind: 'tag', match: { op: 'equals', value } })) },
    }],
  ])('%s', (query, expected) => {
    expect(filterOf(query)).toEqual(expected)
  })

  it.each([
    ['user:x', ['event']],
    ['a OR -(b is:marked)', ['event', 'mark', 'notebook']],
    ['tag:x', ['event', 'mark', 'notebook']],
    ['has:comment', ['event', 'mark', 'notebook']],
    ['has:recording', ['event', 'recording']],
    ['is:companion', ['event']],
    ['is:', ['event']],
  ])('%s is read from its tables', (query, tables) => {
    expect(tablesOf({ query })).toEqual(tables)
  })
})

describe('lowerText', () => {
  it('throws a fault that points at the first error', () => {
    try {
      lowerText('a usr:x (')
      expect.unreachable()
    } catch (error) {
      expect(error).toBeInstanceOf(BackendFault)
      if (!(error instanceof BackendFault)) return
      expect(error.code).toBe('bad-query')
      expect(error.message).toBe('Unknown field «usr». Did you mean user?')
      expect(error.detail).toMatchObject({ from: 2, to: 5 })
    }
  })

  it('gives each filter its own arrays', () => {
    const [a, b] = [filterOf('user:x'), filterOf('user:x')]
    expect(a.kind === 'text' && b.kind === 'text' && a.columns !== b.columns).toBe(true)
    expect(lowerQuery({ kind: 'all' })).toEqual({ filter: { kind: 'all' }, companions: false })
  })
})
