import { expect, it } from 'vitest'
import { flatten, member, readJson, redacted, type JsonObject } from '../../../../src/backend/source/json'

function object(written: string): JsonObject {
  const value = readJson(Buffer.from(written))
  if (value.kind !== 'object') throw new Error('no object')
  return value
}

it('names every value by its path', () => {
  const row = object('{"a":"x","b":{"c":1.50,"d":[true,{"e":"y"},null]},"n":null,"empty":"","none":{},"no":[]}')
  expect(flatten(row)).toEqual({ a: 'x', 'b.c': '1.50', 'b.d.0': 'true', 'b.d.1.e': 'y' })
})

it('keeps repeated names apart: the first has the name', () => {
  expect(flatten(object('{"a":1,"a":2,"b":{"c":3,"c":4},"a":5,"b.c":6}'))).toEqual({
    a: '1',
    'a#2': '2',
    'a#3': '5',
    'b.c': '3',
    'b.c#2': '4',
    'b.c#3': '6',
  })
})

it('leaves out what has a place elsewhere, but not when it is written again', () => {
  const skip = new Set(['id', 'x'])
  expect(flatten(object('{"id":1,"id":2,"id":3,"a":{"id":4}}'), { skip })).toEqual({ 'id#2': '2', 'id#3': '3', 'a.id': '4' })
})

it('takes any name for a name', () => {
  const flat = flatten(object('{"__proto__":"p","constructor":"c","a":{"__proto__":1},"hasOwnProperty":2,"":3}'))
  expect(Object.getPrototypeOf(flat)).toBe(Object.prototype)
  expect(Object.entries(flat)).toEqual([
    ['__proto__', 'p'],
    ['constructor', 'c'],
    ['a.__proto__', '1'],
    ['hasOwnProperty', '2'],
    ['', '3'],
  ])
})

it('keeps a bounded number of names, of bounded length, and tells of the others', () => {
  const many = Array.from({ length: 5000 }, (_, i) => `"k${i}":${i}`).join(',')
  const flat = flatten(object(`{${many}}`))
  expect(Object.keys(flat)).toHaveLength(201)
  expect(flat['recount.beyond']).toBe('4800')
  expect(Object.keys(flatten(object(`{"${'n'.repeat(5000)}":1}`)))[0]).toHaveLength(200)
})

it('tells what stands for a hidden value', () => {
  const row = object('{"a":{"b":"secret"},"c":1}')
  const secret = member(member(row, 'a'), 'b')
  if (!secret) throw new Error('no member')
  expect(flatten(row, { hidden: new Map([[secret, '«redacted»']]) })).toEqual({ 'a.b': '«redacted»', c: '1' })
})

it('replaces values in a body and knows where the others went', () => {
  const written = '{"a":"s3cret","b":[1,{"token":12345}],"é":{"x":{"y":1}},"end":0}'
  const body = Buffer.from(written)
  const root = readJson(body)
  const span = (...path: string[]) => path.reduce((at, name) => member(at, name)!, root)
  const inner = readJson(body)
  const list = member(inner, 'b')
  const token = list?.kind === 'array' ? member(list.elements[1], 'token') : undefined
  const outer = span('é', 'x')
  const result = redacted(body, [outer, span('é', 'x', 'y'), { ...token!, instead: 'short' }, span('a')])
  const now = Buffer.from(result.body).toString()
  expect(now).toBe('{"a":"«redacted»","b":[1,{"token":"short"}],"é":{"x":"«redacted»"},"end":0}')
  const cut = (value: { start: number; end: number }) =>
    Buffer.from(result.body.subarray(result.moved(value.start), result.moved(value.end))).toString()
  expect(cut(root)).toBe(now)
  expect(cut(span('b'))).toBe('[1,{"token":"short"}]')
  expect(cut(span('a'))).toBe('"«redacted»"')
  expect(cut(span('end'))).toBe('0')
})

it('gives the same bytes where there is nothing to replace', () => {
  const body = Buffer.from('{}')
  expect(redacted(body, []).body).toBe(body)
})
