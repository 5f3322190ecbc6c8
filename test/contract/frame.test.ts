import { describe, expect, test } from 'vitest'
import { decodeFrame, encodeFrame } from '../../src/contract'
import { Random } from '../backend/random'

/** A frame of a head and bytes behind it, as anybody may send one. */
function frameOf(head: string, body: Uint8Array = new Uint8Array(), length = Buffer.byteLength(head)): Uint8Array {
  const size = Buffer.alloc(4)
  size.writeUInt32LE(length)
  return new Uint8Array(Buffer.concat([size, Buffer.from(head), body]))
}

describe('a frame', () => {
  test.each([
    ['nothing', null],
    ['numbers and texts', { id: 1, text: 'ü😀\u2028"\\', deep: [[[{ a: -1.5e300 }]]], none: null, yes: true }],
    ['bytes', { raw: Uint8Array.of(1, 2, 3) }],
    ['no bytes', { raw: new Uint8Array() }],
    ['bytes deep inside, several times', { a: [{ b: Uint8Array.of(1) }, Uint8Array.of(2, 3)], c: { d: { e: Uint8Array.of(4) } } }],
    ['bytes alone', Uint8Array.of(9, 8)],
    ['what looks like bytes', { attributes: { $bytes: 'text' }, x: { $bytes: 5 } }],
    ['names of every object', JSON.parse('{"__proto__":{"a":1},"constructor":"c"}') as unknown],
  ])('of %s is read as it was written', (_name, message) => {
    expect(decodeFrame(encodeFrame(message))).toEqual(message)
  })

  test('carries the bytes of a Buffer, and of a view into other memory', () => {
    const memory = Buffer.from('before MIDDLE after')
    const decoded = decodeFrame(encodeFrame({ part: memory.subarray(7, 13), deep: [Buffer.from('x')] })) as { part: Uint8Array; deep: Uint8Array[] }
    expect(decoded.part).toBeInstanceOf(Uint8Array)
    expect(Buffer.from(decoded.part).toString()).toBe('MIDDLE')
    expect(Buffer.from(decoded.deep[0] ?? []).toString()).toBe('x')
  })

  test('is read where it lies in other memory, and its bytes are not copied', () => {
    const frame = encodeFrame({ raw: new Uint8Array(1000).fill(7) })
    const memory = new Uint8Array(frame.length + 9)
    memory.set(frame, 3)
    const { raw } = decodeFrame(memory.subarray(3, 3 + frame.length)) as { raw: Uint8Array }
    expect([...new Set(raw)]).toEqual([7])
    expect(raw.buffer).toBe(memory.buffer)
  })

  test('of many megabytes is one buffer', () => {
    const raw = new Random(1).bytes(4_000_000)
    const frame = encodeFrame({ raw })
    expect(frame.length).toBeLessThan(raw.length + 100)
    expect(Buffer.from((decodeFrame(frame) as { raw: Uint8Array }).raw).equals(Buffer.from(raw))).toBe(true)
  })
})

describe('what is no frame', () => {
  test.each([
    ['empty', new Uint8Array()],
    ['shorter than its length', Uint8Array.of(1, 0, 0)],
    ['shorter than its head', frameOf('{}', new Uint8Array(), 3)],
    ['of a huge head', frameOf('{}', new Uint8Array(), 0xffff_ffff)],
    ['no JSON', frameOf('{')],
    ['no text', frameOf('\0\xff')],
    ['without a head', frameOf('')],
    ...['[0,4]', '[1,3]', '[-1,2]', '[0,-1]', '[0.5,1]', '[0,1.5]', '["0","1"]', '[null,null]', '[]', '[0]', '[0,1e300]', '[9007199254740993,1]', '[{},[]]', '[[0],[1]]', '[true,true]']
      .map((place): [string, Uint8Array] => [`of bytes at ${place}`, frameOf(`{"a":{"$bytes":${place}}}`, Uint8Array.of(1, 2, 3))]),
  ])('%s throws', (_name, frame) => {
    expect(() => decodeFrame(frame)).toThrow(/./)
    try {
      decodeFrame(frame)
    } catch (error) {
      expect(error instanceof RangeError || error instanceof SyntaxError).toBe(true)
    }
  })

  test('whatever is changed in a frame, it is read or refused', () => {
    const random = new Random(3)
    const frame = encodeFrame({ id: 1, method: 'upload.append', ask: { upload: 'x', bytes: random.bytes(50) } })
    for (let i = 0; i < 5000; i++) {
      const changed = Uint8Array.from(frame.subarray(0, random.chance(0.3) ? random.int(frame.length) : frame.length))
      for (let n = random.int(4); n >= 0; n--) changed[random.int(frame.length)] = random.int(256)
      try {
        decodeFrame(changed)
      } catch (error) {
        expect(error instanceof RangeError || error instanceof SyntaxError).toBe(true)
      }
    }
  })
})
