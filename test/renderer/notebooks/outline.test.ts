import { describe, expect, it } from 'vitest'
import type { Cell, CellContent } from '../../../src/contract'
import { cellWords } from '../../../src/renderer/notebooks/cell-words'
import { countBy } from '../../../src/renderer/notebooks/cells/chart-counts'
import { secondsOf } from '../../../src/renderer/notebooks/clip-times'
import { historyGroups } from '../../../src/renderer/notebooks/history-groups'
import { negativeVerdict, saveWords } from '../../../src/renderer/notebooks/notebook-words'
import { claimWords, incidentOf, outlineOf } from '../../../src/renderer/notebooks/outline'

function cell(id: string, content: CellContent): Cell {
  return { id, folded: false, content, by: 'ann', at: 0, op: id, conflicts: [] }
}

function finding(id: string, claim: string, eventTime: number | null): Cell {
  return cell(id, { kind: 'finding', claim, severity: 'high', eventTime, discoveredAt: 9, citations: [] })
}

describe('the outline', () => {
  it('has the headings of texts and the findings under them', () => {
    const cells = [
      cell('a', { kind: 'text', text: '# One\n\nwords\n\n### *Deep*' }),
      finding('b', 'It was **them**.', 1),
      cell('c', { kind: 'query', title: '# no heading', view: { query: '', range: null, order: 'asc' }, frozen: null }),
      cell('d', { kind: 'text', text: '```\n# no heading\n```' }),
    ]
    expect(outlineOf(cells)).toEqual([
      { cell: 'a', kind: 'heading', depth: 1, words: 'One' },
      { cell: 'a', kind: 'heading', depth: 3, words: 'Deep' },
      { cell: 'b', kind: 'finding', depth: 4, words: 'It was them.' },
    ])
  })
})

describe('the incident timeline', () => {
  it('is in the order of what happened, whatever the order of the page', () => {
    const cells = [finding('late', 'B', 200), finding('early', 'A', 100), finding('never', 'C', null), cell('t', { kind: 'text', text: 'x' })]
    const { moments, timeless } = incidentOf(cells)
    expect(moments.map(({ cell: id, at, words }) => [id, at, words])).toEqual([
      ['early', 100, 'A'],
      ['late', 200, 'B'],
    ])
    expect(timeless).toBe(1)
  })

  it('has words for every claim', () => {
    expect(claimWords('')).toBe('Finding without a claim')
    expect(claimWords('# Head\n\nmore')).toBe('Head')
    expect(claimWords('x'.repeat(500))).toHaveLength(120)
  })
})

describe('words about saving', () => {
  it('say what is', () => {
    expect(saveWords({ kind: 'saved', at: 8000 }, 0, 10_000)).toBe('saved 2 s ago')
    expect(saveWords({ kind: 'saved', at: null }, 4000, 10_000)).toBe('saved 6 s ago')
    expect(saveWords({ kind: 'saving' }, 0, 10_000)).toBe('saving')
    expect(saveWords({ kind: 'failed', message: 'The disk is full.' }, 0, 10_000)).toBe('Not saved: the disk is full')
  })
})

describe('a negative finding', () => {
  it('claims absence in a complete range alone', () => {
    expect(negativeVerdict({ rows: 0, coverage: 'complete' })).toEqual({ tone: 'holds', words: 'Searched in a complete range: nothing.' })
    for (const coverage of ['partial', 'unknown', 'not-visible', 'not-offered', 'beyond-retention', 'not-held', 'not-asked'] as const) {
      const { tone, words } = negativeVerdict({ rows: 0, coverage })
      expect(tone).toBe('open')
      expect(words).toContain('whether it happened is not known')
    }
    expect(negativeVerdict({ rows: 1, coverage: 'complete' })).toMatchObject({ tone: 'against', words: '1 event matches: this is not a negative finding.' })
  })
})

describe('a cell in a line', () => {
  it('names what it holds', () => {
    const view = { query: 'user:akim', range: null, order: 'asc' as const }
    expect(cellWords({ kind: 'text', text: '## Head\n\nmore' })).toBe('Head')
    expect(cellWords({ kind: 'text', text: '' })).toBe('Empty text')
    expect(cellWords({ kind: 'query', title: '', view, frozen: null })).toBe('user:akim')
    expect(cellWords({ kind: 'events', title: '', citations: [] })).toBe('Cited events · 0 events')
    expect(cellWords({ kind: 'negative', claim: '', view, frozen: null })).toBe('Searched · user:akim')
  })
})

describe('what was typed as a moment of a recording', () => {
  it('is seconds', () => {
    expect([secondsOf('13:20'), secondsOf('1:02:05.5'), secondsOf('800'), secondsOf('x'), secondsOf('')]).toEqual([800, 3725.5, 800, null, null])
  })
})

describe('frozen rows', () => {
  it('are counted by a field with their weights, the most first', () => {
    const row = { key: 'k', time: 0, timePrecision: 's', category: 'authentication', outcome: 'failure', severity: 'info', action: 'login', place: null, ip: null, lead: '', detail: '', companion: false, connection: 'c' } as const
    const rows = [
      { ...row, user: 'ann', repeat: 1 },
      { ...row, user: null, repeat: 5 },
      { ...row, user: 'ann', repeat: 2 },
    ]
    expect(countBy(rows, 'user')).toEqual([
      { value: null, count: 5 },
      { value: 'ann', count: 3 },
    ])
    expect(countBy(rows, 'machine')).toBeNull()
  })
})

describe('the history', () => {
  it('shows typing without a pause as one line', () => {
    const entry = (at: number, words: string, by = 'ann') => ({ op: `op-${at}`, at, by, words, undone: false })
    const groups = historyGroups([
      entry(60_000, 'Wrote the text “abc”'),
      entry(59_000, 'Wrote the text “ab”'),
      entry(52_000, 'Wrote the text “a”'),
      entry(30_000, 'Wrote the text “x”'),
      entry(29_000, 'Wrote the finding “f”'),
      entry(28_000, 'Wrote the finding “f”', 'ben'),
      entry(27_000, 'Added the text “t”', 'ben'),
      entry(26_000, 'Added the text “t”', 'ben'),
    ])
    expect(groups.map(({ words, writings }) => `${words} ${writings}`)).toEqual([
      'Wrote the text “abc” 3',
      'Wrote the text “x” 1',
      'Wrote the finding “f” 1',
      'Wrote the finding “f” 1',
      'Added the text “t” 1',
      'Added the text “t” 1',
    ])
  })
})
