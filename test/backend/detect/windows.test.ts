import { expect, it } from 'vitest'
import { Tally } from '../../../src/backend/detect/analytics/tally'
import { BigramSet, bigramsOf } from '../../../src/backend/detect/bigrams'
import { LastSeen, SlidingWindow } from '../../../src/backend/detect/correlate/window'

function randomFrom(seed: number): (n: number) => number {
  let state = seed
  return (n) => (state = (state * 48_271) % 2_147_483_647) % n
}

it('windows and tallies agree with counting anew', () => {
  const below = randomFrom(99)
  const span = 1000
  const window = new SlidingWindow()
  const seen = new LastSeen()
  const tally = new Tally(span)
  const all: { time: number; value: string; weight: number; row: number }[] = []
  for (let row = 0, time = 0; row < 3000; row++) {
    time += below(3) === 0 ? 0 : below(below(50) === 0 ? 3000 : 80)
    const one = { time, value: `v${below(9)}`, weight: 1 + below(3), row }
    all.push(one)
    window.evict(time - span)
    seen.evict(time - span)
    tally.moveTo(time)
    window.add(time, one.weight, row)
    seen.add(one.value, time)
    tally.add(time, one.value, one.weight)
    const inside = all.filter((other) => other.time > time - span)
    const counts = new Map<string, number>()
    for (const { value, weight } of inside) counts.set(value, (counts.get(value) ?? 0) + weight)
    const sums = [...counts.values()]
    const rows = inside.map((other) => other.row)
    expect([window.weight, window.count, window.first()]).toEqual([sums.reduce((a, b) => a + b, 0), inside.length, inside[0]?.time])
    expect([window.firstRows(), window.lastRows()]).toEqual([rows.slice(0, 5), rows.slice(-5)])
    expect([seen.size, tally.distinct, tally.total, tally.most()]).toEqual([counts.size, counts.size, window.weight, Math.max(...sums)])
    expect([tally.between(2, 6), tally.length()]).toEqual([sums.filter((n) => n >= 2 && n <= 6).length, time - (inside[0]?.time ?? 0)])
  }
})

it('a window of a flood stays small and keeps its sum', () => {
  const window = new SlidingWindow()
  for (let i = 0; i < 200_000; i++) window.add(i, 1, i)
  expect([window.weight, window.count]).toEqual([200_000, 200_000])
  expect(window.first()).toBeGreaterThan(100_000)
  const seen = new LastSeen()
  const tally = new Tally(1e9)
  for (let i = 0; i < 100_000; i++) {
    seen.add(`v${i}`, i)
    tally.add(i, `v${i}`, 1)
  }
  expect([seen.size, tally.distinct]).toEqual([65_536, 65_536])
})

it('bigrams never deny what is there', () => {
  const below = randomFrom(5)
  const set = new BigramSet()
  const alphabet = 'abc é𝕏'
  const word = (length: number) => Array.from({ length }, () => alphabet[below(alphabet.length)] ?? '').join('')
  let denied = 0
  for (let round = 0; round < 2000; round++) {
    const text = word(below(30))
    const looked = word(1 + below(3))
    set.mark(text)
    const may = set.hasAll(bigramsOf(looked))
    if (text.includes(looked)) expect(may).toBe(true)
    if (!may) denied++
  }
  expect(denied).toBeGreaterThan(500)
})
