import { describe, expect, test } from 'vitest'
import { COVERAGE_STATES, mergeCoverage, type CoverageRange, type CoverageState } from '../../src/domain'
import { Random } from '../backend/random'

type Range = Omit<CoverageRange, 'connection' | 'held'>

/** `complete 0-10 partial 10-20`, of one stream. */
function ranges(text: string, stream = 's'): Range[] {
  return [...text.matchAll(/([a-z-]+) (\d+)-(\d+)/g)].map(([, state, from, to]) => ({ stream, from: Number(from), to: Number(to), state: state as CoverageState }))
}

const written = (merged: Range[]) => merged.map(({ state, from, to }) => `${state} ${from}-${to}`).join(' ')

describe('news', () => {
  test.each([
    ['of nothing held', '', 'complete 0-10', 'complete 0-10'],
    ['beside what is held', 'complete 0-10', 'partial 20-30', 'complete 0-10 partial 20-30'],
    ['that go on where the same ends', 'complete 0-10', 'complete 10-20', 'complete 0-20'],
    ['that overlap the same', 'complete 0-10', 'complete 5-20', 'complete 0-20'],
    ['that fill a gap', 'complete 0-10 complete 20-30', 'complete 10-20', 'complete 0-30'],
    ['that overwrite the middle', 'complete 0-30', 'not-visible 10-20', 'complete 0-10 not-visible 10-20 complete 20-30'],
    ['that overwrite all', 'partial 5-10 unknown 12-20', 'complete 0-30', 'complete 0-30'],
    ['of a walk under way inside a known range', 'complete 0-30', 'partial 10-20', 'complete 0-30'],
    ['of a walk under way around a known range', 'complete 10-20', 'partial 0-30', 'partial 0-10 complete 10-20 partial 20-30'],
    ['of a walk under way across several', 'complete 5-10 unknown 10-20 complete 20-25', 'partial 0-30', 'partial 0-5 complete 5-10 partial 10-20 complete 20-25 partial 25-30'],
    ['that finish a walk', 'partial 0-30', 'complete 0-30', 'complete 0-30'],
    ['of retention', 'complete 0-30', 'not-held 0-10', 'not-held 0-10 complete 10-30'],
    ['one after the other', '', 'partial 0-10 complete 0-5 partial 3-8', 'complete 0-5 partial 5-10'],
  ])('%s', (...[, held, news, expected]) => {
    expect(written(mergeCoverage(ranges(held), ranges(news)))).toBe(expected)
  })

  test('of one stream leave the others alone; streams come in order', () => {
    const merged = mergeCoverage(ranges('complete 0-30', 'b'), [...ranges('partial 10-20', 'c'), ...ranges('not-held 5-6', 'a')])
    expect(merged.map(({ stream, state }) => `${stream} ${state}`)).toEqual(['a not-held', 'b complete', 'c partial'])
  })

  test('with another note stay apart from their neighbours', () => {
    const [a, b] = ranges('partial 0-10 partial 10-20') as [Range, Range]
    expect(mergeCoverage([{ ...a, note: 'cut' }], [b])).toHaveLength(2)
    expect(mergeCoverage([{ ...a, note: 'cut' }], [{ ...b, note: 'cut' }])).toEqual([{ ...a, to: 20, note: 'cut' }])
  })

  test('with a total join neighbours that have one, and where all is held also those that have none', () => {
    const [a, b] = ranges('partial 0-10 partial 10-20') as [Range, Range]
    const complete = (range: Range): Range => ({ ...range, state: 'complete' })
    expect(mergeCoverage([{ ...a, serverTotal: 5 }], [{ ...b, serverTotal: 7 }])).toEqual([{ ...a, to: 20, serverTotal: 12 }])
    expect(mergeCoverage([{ ...a, serverTotal: 5 }], [b])).toEqual([{ ...a, serverTotal: 5 }, b])
    expect(mergeCoverage([{ ...complete(a), serverTotal: 5 }], [complete(b)])).toEqual([{ ...complete(a), to: 20 }])
  })

  test('that cut a range take its total from the pieces', () => {
    const [held] = ranges('complete 0-30') as [Range]
    expect(mergeCoverage([{ ...held, serverTotal: 9 }], ranges('not-held 10-20'))).toEqual(ranges('complete 0-10 not-held 10-20 complete 20-30'))
    expect(mergeCoverage([{ ...held, serverTotal: 9 }], ranges('partial 10-20'))).toEqual([{ ...held, serverTotal: 9 }])
    const [walk] = ranges('partial 0-40') as [Range]
    expect(mergeCoverage([held], [{ ...walk, serverTotal: 9 }])).toEqual(ranges('complete 0-30 partial 30-40'))
  })

  test('of a walk under way take from a known range when they overrule it', () => {
    const [news] = ranges('partial 10-20') as [Range]
    expect(mergeCoverage(ranges('complete 0-30'), [{ ...news, overrule: true }])).toEqual(ranges('complete 0-10 partial 10-20 complete 20-30'))
  })

  test('leave what they were given as it was', () => {
    const held = ranges('complete 0-30')
    mergeCoverage(held, ranges('not-held 10-20'))
    expect(held).toEqual(ranges('complete 0-30'))
  })
})

test('every millisecond has the state that the news gave it, and no two ranges overlap or could be one', () => {
  const random = new Random(8)
  for (let round = 0; round < 300; round++) {
    const model = new Map<string, CoverageState[]>()
    let held: Range[] = []
    for (let step = 0; step < 6; step++) {
      const news = Array.from({ length: random.int(4) }, (): Range => {
        const from = random.int(60)
        return { stream: random.pick(['a', 'b']), from, to: from + 1 + random.int(30), state: random.pick(COVERAGE_STATES) }
      })
      held = mergeCoverage(held, news)
      for (const { stream, from, to, state } of news) {
        const line = model.get(stream) ?? []
        model.set(stream, line)
        for (let at = from; at < to; at++) if (state !== 'partial' || line[at] !== 'complete') line[at] = state
      }
      for (const stream of ['a', 'b']) {
        const own = held.filter((range) => range.stream === stream)
        const line = Array.from({ length: 100 }, (_, at) => own.filter(({ from, to }) => from <= at && at < to).map(({ state }) => state))
        expect(line).toEqual(Array.from({ length: 100 }, (_, at) => [model.get(stream)?.[at] ?? []].flat()))
        own.forEach((range, i) => {
          const next = own[i + 1]
          expect(range.from).toBeLessThan(range.to)
          if (next) expect(range.to < next.from || (range.to === next.from && range.state !== next.state)).toBe(true)
        })
      }
    }
  }
})
