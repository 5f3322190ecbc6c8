import * as zlib from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { RecordingFault } from '../../../src/backend/recording/model'
import { unpack } from '../../../src/backend/recording/unpack'
import { Random } from '../random'
import { fileOf } from './read-recording'

const CAST = [
  '{"version": 2, "width": 100, "height": 30}',
  ...Array.from({ length: 120 }, (_, i) => `[${i / 10}, "o", "line ${i * i * 7919} of ${'the same words '.repeat(i % 3)}\\r\\n"]`),
].join('\n')

/** The same, by zstd -19. */
const CAST_ZSTD = Buffer.from(
  [
    'KLUv/QRoNRoABvp2G3BPlgPSQBoN5YNziv4XYpJJpiSlgDz59NYTAZAAYwBjAFRy3WukW6ZGbpFzJOJ1tU51qVJ7q0RMEksI1V65lEk7blMzo5ng',
    'tn/VL+LDkU4ritYmqsasaAnV91eGScZZ5iHTRiQgiAChwqHBwQEJh4YFE757AgwwPCgQocAhAYRDHBoeMGjAAIEAgAsxhwEMExYoYNCwgOEQIGIL',
    'JiBgUIHhEEAOAxgeQGAgIUIDBQYLATXrM0Wqz37KqD2GM0mR8WWcdOM3pF9n8ZOnlKo55rQZRDVR/U5QWdtMuREhcbSdLp/aZsabDNknOtxq21im',
    'xJDEakf4JQ27c/cIFTUeq1mMPOF6ieisEKr1YtekTKf1nGfJWUI1psyo9pq/JS9qtcyJW0RytfVPy1bHlGm11K9livD0d6/oej3RXNClhyxpkjRD',
    'dyJE6Ic0Rpu+f/yOhH0qPaLap9iatJ6k2i6nFKGhDLfGcDMUZAy9RLzQJ4jq0/ohqk2VOO+Dk506ksRq3wTLpKiWqHaJWcp0lxg3e1uM5p25/Kf6',
    '24dawZ8mppHXhkgUN6vsF9WnGJfxlcqZZMEiy2tE5pWjYrGNI/sONsh3PUo/urr4L+L8EvFPH+4s+kgSpo/YLf1D4oD7qJFgIyBEyVNjGAMwJRCR',
    'OOkyGAQrGFA0X0iMEm4MwyZW5gMNaDzppIIcEUIab6hosaAvE1A6m6KEvl2MgbwJuCkzZ12Q2Cnj6/zCEgON90FMX+qU69awTXAA4sVvS4w4GtVQ',
    'qooBn82QMYZqC6yCsL9jDMgQnbMynHuGL9E7wskrxqVTCmYdLkDjeeCU0UDjvh0NRrV3UgDDI2aNciVOVoEK24l/u41RgJBvQ1fKY7TMEbngWVAN',
    '4pyar0Eeh7c3RoIq9PaIMtRGLCSwl4osV8GcKO3G1VAxC11Q3XN3G+PfXYkBGGWaFzexziCaiN4eLCyDLAFuXGLqLYsrFLRyG25O7ZZwH4Qwos4d',
    'yyDKRKi3GSdzu+JvAFH8EiHclZ4ZiPUa4YedMq8K5i23tQoOfksqx7l9n4Iu2B6OAlXcu5IsIf4q75ooQn+SVEURNCKYs4sSOZh/jCwwHpCzSaFO',
    'tWJ59dNaBf5PnbA=',
  ].join(''),
  'base64',
)

async function unpacked(bytes: Uint8Array, limit?: number): Promise<{ text: string; damage: string[] }> {
  const { file, damage } = await unpack(fileOf(bytes), limit)
  return { text: new TextDecoder().decode(file.bytes), damage: damage.map(({ at, reason }) => `${at}: ${reason}`) }
}

describe('a file that is not compressed', () => {
  it.each(['', 'B', 'BZh9 is a text', '\x1f', CAST])('stays as it is: %#', async (text) => {
    const file = fileOf(text)
    expect((await unpack(file)).file).toBe(file)
  })

  it('may begin as gzip does, as a ttyrec of that second', async () => {
    const file = fileOf(Uint8Array.of(0x1f, 0x8b, 0x44, 0x60, 0, 0, 0, 0, 0, 0, 0, 0), 'a.ttyrec')
    expect((await unpack(file)).file).toBe(file)
  })
})

describe('gzip', () => {
  it('is unpacked, and leaves the name', async () => {
    const { file, damage } = await unpack(fileOf(zlib.gzipSync(CAST), 'session.cast.GZ'))
    expect(file).toEqual({ name: 'session.cast', bytes: Buffer.from(CAST) })
    expect(damage).toEqual([])
  })

  it('is told by its bytes, not by its name', async () => {
    const { file } = await unpack(fileOf(zlib.gzipSync(CAST), 'timing'))
    expect(file).toEqual({ name: 'timing', bytes: Buffer.from(CAST) })
  })

  it('may be of several members, or of nothing', async () => {
    const members = Buffer.concat([zlib.gzipSync('one '), zlib.gzipSync(''), zlib.gzipSync('two')])
    expect(await unpacked(members)).toEqual({ text: 'one two', damage: [] })
    expect(await unpacked(zlib.gzipSync(''))).toEqual({ text: '', damage: [] })
  })

  it('keeps all that a cut file holds, and says so', async () => {
    const random = Buffer.from(new Random(1).bytes(300_000)).toString('base64')
    const whole = zlib.gzipSync(random)
    const cut = await unpacked(whole.subarray(0, whole.length - 8))
    expect(cut.text).toBe(random)
    expect(cut.damage).toEqual([`unpacked byte ${random.length}: the gzip file is cut off here`])
    const half = await unpacked(whole.subarray(0, whole.length / 2))
    const reference = zlib.gunzipSync(whole.subarray(0, whole.length / 2), { finishFlush: zlib.constants.Z_SYNC_FLUSH })
    expect(half.text).toBe(reference.toString())
    expect(half.damage).toHaveLength(1)
  })

  it('keeps what comes before a damaged place', async () => {
    const random = Buffer.from(new Random(2).bytes(600_000)).toString('base64')
    const damaged = zlib.gzipSync(random)
    damaged.fill(0xff, 300_000, 300_100)
    const { text, damage } = await unpacked(damaged)
    expect(damage).toHaveLength(1)
    expect(damage[0]).toMatch(/^unpacked byte \d+: the gzip file is damaged here \(.+\)$/)
    expect(text.length).toBeGreaterThan(300_000)
    expect(random.startsWith(text.slice(0, 300_000))).toBe(true)
  })

  it('is refused where nothing can be unpacked', async () => {
    const bytes = zlib.gzipSync(CAST).subarray(0, 10)
    await expect(unpack(fileOf(bytes, 'a.gz'))).rejects.toThrow('nothing in it can be unpacked: the gzip file is cut off here')
    await expect(unpack(fileOf(bytes, 'a.gz'))).rejects.toBeInstanceOf(RecordingFault)
  })

  it('is cut at the limit, bomb or not', async () => {
    const bomb = zlib.gzipSync(Buffer.alloc(200_000_000))
    expect(bomb.length).toBeLessThan(300_000)
    const { file, damage } = await unpack(fileOf(bomb), 1_000_000)
    expect(file.bytes.length).toBe(1_000_000)
    expect(damage).toEqual([
      { at: 'unpacked byte 1000000', reason: 'the file unpacks to more than 1,000,000 bytes: the rest is left out' },
    ])
    expect(await unpacked(zlib.gzipSync('abcdef'), 6)).toEqual({ text: 'abcdef', damage: [] })
    expect((await unpacked(zlib.gzipSync('abcdef'), 5)).text).toBe('abcde')
  })
})

/** A frame of one block, with a window of 128 KiB. */
function zstdFrame(type: number, size: number, body: number[]): Uint8Array {
  const header = (size << 3) | (type << 1) | 1
  return Uint8Array.from([0x28, 0xb5, 0x2f, 0xfd, 0, 0x38, header & 255, (header >> 8) & 255, header >> 16, ...body])
}

const RAW = 0
const RUN = 1
const COMPRESSED = 2

describe('zstd', () => {
  it('is unpacked, and leaves the name', async () => {
    const { file, damage } = await unpack(fileOf(CAST_ZSTD, 'session.cast.zst'))
    expect(file.name).toBe('session.cast')
    expect(new TextDecoder().decode(file.bytes)).toBe(CAST)
    expect(damage).toEqual([])
  })

  it('may be of several frames, and of some that hold nothing', async () => {
    const skipped = Uint8Array.of(0x5e, 0x2a, 0x4d, 0x18, 3, 0, 0, 0, 1, 2, 3)
    const { text, damage } = await unpacked(Buffer.concat([CAST_ZSTD, skipped, zstdFrame(RAW, 2, [0x61, 0x62]), CAST_ZSTD]))
    expect(text).toBe(`${CAST}ab${CAST}`)
    expect(damage).toEqual([])
  })

  it('keeps the blocks of a cut file, and says so', async () => {
    const open = zstdFrame(RAW, 2, [0x61, 0x62])
    open[6] = (open[6] ?? 0) & 0xfe
    expect(await unpacked(open)).toEqual({ text: 'ab', damage: ['unpacked byte 2: the zstd file is cut off here'] })
    const { text, damage } = await unpacked(Buffer.concat([CAST_ZSTD, CAST_ZSTD.subarray(0, -30)]))
    expect(text).toBe(CAST)
    expect(damage).toEqual([`unpacked byte ${CAST.length}: the zstd file is cut off here`])
  })

  it('keeps the blocks before a damaged one', async () => {
    const { text, damage } = await unpacked(Buffer.concat([CAST_ZSTD, zstdFrame(3, 1, [0])]))
    expect(text).toBe(CAST)
    expect(damage).toEqual([`unpacked byte ${CAST.length}: the zstd file is damaged here (a block is of no kind that there is)`])
  })

  it('is cut at the limit, bomb or not', async () => {
    const bomb = Buffer.concat(Array.from({ length: 3000 }, () => zstdFrame(RUN, 131_072, [0x61])))
    const { file, damage } = await unpack(fileOf(bomb), 1_000_000)
    expect(file.bytes.length).toBe(1_000_000)
    expect(damage.map(({ reason }) => reason)).toEqual(['the file unpacks to more than 1,000,000 bytes: the rest is left out'])
    expect((await unpacked(CAST_ZSTD, 1000)).text).toBe(CAST.slice(0, 1000))
  })

  it('does not believe in more sequences than a block can hold', async () => {
    // 98,047 sequences of 131,071 bytes each, in a block of 9 bytes.
    const body = [0, 255, 255, 255, 0x54, 35, 0, 52, 1]
    await expect(unpack(fileOf(zstdFrame(COMPRESSED, body.length, body)))).rejects.toThrow('a block is longer than it may be')
  })

  it('does not wait for a table of one symbol to end', async () => {
    const table = [4, 0xf0, 3, 0x80, 0x80, 0, 0, 0, 1]
    const sizes = 2 | (10 << 4) | (table.length << 14)
    const body = [sizes & 255, (sizes >> 8) & 255, sizes >> 16, ...table, 0]
    await expect(unpack(fileOf(zstdFrame(COMPRESSED, body.length, body)))).rejects.toThrow('a table has too many weights')
  })

  it('gives nothing but a refusal or bounded output, whatever is changed', async () => {
    const random = new Random(77)
    let damaged = 0
    for (let i = 0; i < 2000; i++) {
      const bytes = Uint8Array.from(CAST_ZSTD)
      for (let flips = 1 + random.int(3); flips > 0; flips--) bytes[4 + random.int(bytes.length - 4)] = random.int(256)
      const length = await unpack(fileOf(bytes), 50_000).then(
        ({ file }) => file.bytes.length,
        (error: unknown) => {
          expect(error).toBeInstanceOf(RecordingFault)
          damaged++
          return 0
        },
      )
      expect(length).toBeLessThanOrEqual(50_000)
    }
    expect(damaged).toBeGreaterThan(500)
  }, 60_000)

  const compress: unknown = Reflect.get(zlib, 'zstdCompressSync')
  it.skipIf(typeof compress !== 'function')('reads what Node writes', async () => {
    if (typeof compress !== 'function') return
    const random = new Random(3)
    for (const size of [0, 1, 17, 1000, 70_000, 400_000]) {
      const text = Array.from({ length: size }, () => 'etaoin shrdlu\n'[random.int(14)] ?? '').join('')
      const packed: unknown = compress(Buffer.from(text))
      if (!(packed instanceof Uint8Array)) throw new TypeError('no bytes')
      expect(await unpacked(packed)).toEqual({ text, damage: [] })
    }
  })
})

describe('compressions that are not read', () => {
  it.each([
    ['bzip2', Buffer.from('BZh91AY&SY\x01\x02\x03\x04', 'latin1')],
    ['bzip2', Buffer.from([0x42, 0x5a, 0x68, 0x39, 0x17, 0x72, 0x45, 0x38, 0x50, 0x90, 0, 0, 0, 0])],
    ['xz', Buffer.from([0xfd, 0x37, 0x7a, 0x58, 0x5a, 0, 0, 4])],
  ])('%s is refused by name', async (name, bytes) => {
    const refused = unpack(fileOf(bytes, 'game.ttyrec.bz2'))
    await expect(refused).rejects.toThrow(`compressed with ${name}, which is not read. Unpack it with`)
    await expect(refused).rejects.toMatchObject({ name: 'RecordingFault', place: 'game.ttyrec.bz2' })
  })
})
