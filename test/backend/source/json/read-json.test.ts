import { describe, expect, it } from 'vitest'
import { elements, JsonFault, member, readJson, text, type JsonValue } from '../../../../src/backend/source/json'
import { Random } from '../../random'

function bytes(written: string): Uint8Array {
  return new TextEncoder().encode(written)
}

function plain(value: JsonValue): unknown {
  switch (value.kind) {
    case 'object':
      return Object.fromEntries(value.members.map((one) => [one.name, plain(one.value)]))
    case 'array':
      return value.elements.map(plain)
    case 'string':
      return value.text
    case 'number':
      return Number(value.text)
    default:
      return value.kind === 'null' ? null : value.kind === 'true'
  }
}

function faultOf(body: string | Uint8Array): JsonFault {
  try {
    readJson(typeof body === 'string' ? bytes(body) : body)
  } catch (error) {
    if (error instanceof JsonFault) return error
    throw error
  }
  throw new Error('no fault')
}

describe('a body is read', () => {
  it.each([
    '{}',
    '[]',
    ' [ ] ',
    'null',
    'true',
    '"a"',
    '-0.5e+10',
    '{"a":[1,2,{"b":null}],"c":"ü 😀 \\u0041\\n\\"\\\\\\/"}',
    '{"":{"":""}}',
    '\r\n\t{"a" :\t1 }\n',
    '"\\ud83d\\ude00 \\ud800"',
    '[0,-0,10,1e5,1E-5,0.0]',
  ])('as others read it: %s', (written) => {
    expect(plain(readJson(bytes(written)))).toEqual(JSON.parse(written))
  })

  it('with every value in its place, in bytes', () => {
    const written = '{ "größe" : [ 12 , "é" ] , "b":{"c":false} }'
    const body = bytes(written)
    const cut = (value: JsonValue | undefined) => Buffer.from(body.subarray(value?.start, value?.end)).toString()
    const root = readJson(body)
    expect(cut(root)).toBe(written)
    expect(cut(member(root, 'größe'))).toBe('[ 12 , "é" ]')
    expect(elements(member(root, 'größe')).map(cut)).toEqual(['12', '"é"'])
    expect(cut(member(member(root, 'b'), 'c'))).toBe('false')
  })

  it('from the middle of a larger buffer', () => {
    const all = bytes('xxx{"a":1}yyy')
    expect(plain(readJson(all.subarray(3, 10)))).toEqual({ a: 1 })
  })

  it('with all digits of a number', () => {
    const root = readJson(bytes('{"n":12345678901234567890123,"m":1.10,"e":1E400}'))
    expect(['n', 'm', 'e'].map((name) => text(member(root, name)))).toEqual(['12345678901234567890123', '1.10', '1E400'])
  })

  it('with repeated names in their order; the first one answers', () => {
    const root = readJson(bytes('{"a":1,"b":2,"a":3,"__proto__":4,"a":5}'))
    expect(root.kind === 'object' && root.members.map((one) => `${one.name}=${text(one.value)}`)).toEqual([
      'a=1',
      'b=2',
      'a=3',
      '__proto__=4',
      'a=5',
    ])
    expect(text(member(root, 'a'))).toBe('1')
    expect(text(member(root, '__proto__'))).toBe('4')
  })

  it('after a byte order mark', () => {
    expect(readJson(bytes('\ufeff[1]'))).toMatchObject({ kind: 'array', start: 3, end: 6 })
  })

  it('where a text is no UTF-8', () => {
    const body = Uint8Array.of(34, 0x61, 0xff, 0x62, 34)
    expect(readJson(body)).toMatchObject({ text: 'a\ufffdb', start: 0, end: 5 })
  })
})

describe('a body is refused', () => {
  it.each([
    ['{"a":1,}', 7],
    ['{a:1}', 1],
    ['[1 2]', 3],
    ['[01]', 2],
    ['[1.]', 3],
    ['[-]', 2],
    ['[.5]', 1],
    ['[1e]', 3],
    ['["\t"]', 2],
    ['["\\x"]', 2],
    ['["\\u12g4"]', 2],
    ['[nul]', 1],
    ["['a']", 1],
    ['{} {}', 3],
    ['<!doctype html>', 0],
    ['[1],', 3],
    ['[NaN]', 1],
    ['{"a" 1}', 5],
  ])('that is not JSON, with its place: %s', (written, at) => {
    expect(faultOf(written)).toMatchObject({ at, truncated: false })
    expect(() => JSON.parse(written) as unknown).toThrow(SyntaxError)
  })

  it('wherever it is cut off, and says that it is', () => {
    const whole = '{"logs":[{"id":"aé\\u0041","n":-1.5e3,"t":true,"f":false,"z":null},{}],"total":12}'
    const body = bytes(whole)
    for (let end = 0; end < body.length; end++) expect(faultOf(body.subarray(0, end)), `at ${end}`).toMatchObject({ truncated: true })
    expect(plain(readJson(body))).toEqual(JSON.parse(whole))
  })

  it('nested deeper than 200', () => {
    const nested = (depth: number) => bytes('['.repeat(depth) + ']'.repeat(depth))
    expect(readJson(nested(200)).kind).toBe('array')
    expect(faultOf(nested(201))).toMatchObject({ at: 200 })
    expect(faultOf('{"a":'.repeat(1_000_000))).toBeInstanceOf(JsonFault)
  })
})

it('agrees with the engine on 3,000 damaged bodies', () => {
  const random = new Random(7)
  const whole = bytes('{"a":[1,-2.5e3,"x\\n\\u00e9é",true,null],"b":{"c":"d","c":[]},"e":""}')
  for (let i = 0; i < 3000; i++) {
    const body = whole.slice()
    for (let n = random.int(3); n >= 0; n--) body[random.int(body.length)] = 32 + random.int(95)
    const written = new TextDecoder().decode(body)
    let expected: unknown
    try {
      expected = JSON.parse(written)
    } catch {
      expect(() => readJson(body), written).toThrow(JsonFault)
      continue
    }
    const root = readJson(body)
    // Of repeated names the engine keeps the last, as this does when it is made an object.
    expect(plain(root), written).toEqual(expected)
  }
})
