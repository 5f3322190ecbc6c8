import { PassThrough, Readable } from 'node:stream'
import { expect, it } from 'vitest'
import { linesOf } from '../../src/cli/lines'

it('reads lines as they are asked for, however the bytes come', async () => {
  const bytes = Buffer.from('246810\r\n\nBlåwick\nlast')
  for (const size of [1, 3, 100]) {
    const pieces = Array.from({ length: Math.ceil(bytes.length / size) }, (_, i) => bytes.subarray(i * size, (i + 1) * size))
    const next = linesOf(Readable.from(pieces, { objectMode: false }))
    expect([await next(), await next(), await next(), await next(), await next(), await next()]).toEqual([
      '246810',
      '',
      'Blåwick',
      'last',
      null,
      null,
    ])
  }
})

it('waits for a person and leaves alone what was not asked for', async () => {
  const input = new PassThrough()
  const next = linesOf(input)
  const asked = next()
  input.write('24')
  input.write('6810\n')
  expect(await asked).toBe('246810')
  expect(input.isPaused()).toBe(true)
  const later = next()
  input.end('fernhill\n')
  expect(await later).toBe('fernhill')
  expect(await next()).toBeNull()
})

it('ends with its input, also one that breaks or never was', async () => {
  const broken = new PassThrough()
  const next = linesOf(broken)
  const asked = next()
  broken.destroy(new Error('gone'))
  expect(await asked).toBeNull()
  expect(await next()).toBeNull()
})

it('takes no line without end', async () => {
  const next = linesOf(Readable.from([Buffer.alloc(1_000_000, 'x')], { objectMode: false }))
  expect((await next())?.length).toBe(10_000)
})
