import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { chooseSample } from '../../../../src/backend/report/reports/sample'
import { held, login, made, rowsOf } from './a-report'

const names = Array.from({ length: 1000 }, (_, at) => `name-${at}`)

/** The same by sorting all of them. */
function naive(size: number, seed: string): number[] {
  const hashed = names.map((name, at) => ({ at, hash: createHash('sha256').update(`${seed}\n${name}`).digest('hex') }))
  return hashed.sort((a, b) => (a.hash < b.hash ? -1 : 1)).slice(0, size).map(({ at }) => at).sort((a, b) => a - b)
}

describe('a sample', () => {
  it.each([1, 2, 25, 999, 1000, 5000])('of %d is those with the smallest hashes, in their own order', async (size) => {
    expect(await chooseSample(names, { size, seed: 's' })).toEqual(naive(size, 's'))
  })

  it('is the same for the same seed and another for another', async () => {
    const [one, again, other] = await Promise.all(['a', 'a', 'b'].map((seed) => chooseSample(names, { size: 50, seed })))
    expect(again).toEqual(one)
    expect(other).not.toEqual(one)
  })

  it('says in the head how it was drawn from how many, and leaves root and population alone', async () => {
    const store = await held(Array.from({ length: 40 }, (_, at) => login(`l${at}`, at)))
    const all = await made(store, { kind: 'signins' })
    const some = await made(store, { kind: 'signins', sample: { size: 5, seed: 'x' } })
    expect(rowsOf(some.text)).toHaveLength(5)
    expect(rowsOf(all.text)).toEqual(expect.arrayContaining(rowsOf(some.text)))
    expect(some.head).toMatchObject({ rowsIn: 40, rowsShown: 5, root: all.head.root, sample: { size: 5, seed: 'x', population: 40 } })
    expect((await made(store, { kind: 'signins', sample: { size: 5, seed: 'x' } })).text).toBe(some.text)
  })
})
