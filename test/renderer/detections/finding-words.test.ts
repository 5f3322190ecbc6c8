import { describe, expect, it } from 'vitest'
import type { DetectionRun, FindingDetail, FindingRow } from '../../../src/contract'
import { keyWords, LEVELS, runWords, spanWords, sumWords, viewWords } from '../../../src/renderer/detections/finding-words'

const NOW = Date.UTC(2026, 1, 6, 12)

const finding: FindingRow = {
  id: 'f', rule: 'r', title: 't', level: 'high', key: '203.0.113.9', who: '203.0.113.9', isEvent: false, start: NOW, crossed: NOW, end: NOW, peak: 12, events: 12,
  why: '', mayBeginEarlier: false, suppressed: null,
}

const run = (fields: Partial<DetectionRun> = {}): DetectionRun => ({ state: 'done', done: 5, total: 5, asOf: NOW, isStale: false, ...fields })

it('lists the levels with the gravest first', () => {
  expect(LEVELS).toEqual(['critical', 'high', 'medium', 'low', 'informational'])
})

it('sums up all levels, and names those to look at first', () => {
  const none = { informational: 0, low: 0, medium: 0, high: 0, critical: 0 }
  expect(sumWords(none)).toBe('0 findings')
  expect(sumWords({ ...none, low: 1 })).toBe('1 finding')
  expect(sumWords({ ...none, medium: 1200, high: 3, critical: 1 })).toBe('1,204 findings: 1 critical, 3 high')
})

describe('of the run', () => {
  it('nothing is said where its findings are all there is', () => {
    expect(runWords(run(), 'NOON')).toBeNull()
  })

  it.each([
    [run({ state: 'running', done: 1500, total: 20_000, asOf: null }), null, '1,500 of 20,000 events looked at. Nothing is known yet.'],
    [run({ state: 'running', done: 1, total: 1 }), 'NOON', '1 of 1 event looked at. What is shown was found at NOON.'],
    [run({ state: 'waiting', isStale: true }), 'NOON', 'What is held is changing; the rules run again soon. What is shown was found at NOON.'],
    [run({ state: 'failed', asOf: null }), null, 'The rules could not be run to their end. Nothing is known yet.'],
    [run({ isStale: true }), 'NOON', 'What is held has changed since. What is shown was found at NOON.'],
  ])('%j is told', (state, at, words) => {
    expect(runWords(state, at)).toBe(words)
  })
})

describe('the view of a finding', () => {
  const detail = (rows: number, events: number, sample = 1): Pick<FindingDetail, 'finding' | 'rows' | 'sample'> => ({
    finding: { ...finding, events },
    rows,
    sample: Array.from({ length: sample }, () => ({}) as FindingDetail['sample'][number]),
  })

  it.each([
    [detail(12, 12), 'Shows exactly its 12 events.'],
    [detail(1, 1), 'Shows exactly its event.'],
    [detail(30, 12), 'Shows 30 events of its time that are alike; 12 of them belong to it.'],
    [detail(11, 12), 'Shows 11 events of its time; it was found in 12.'],
    [detail(30, 12, 0), 'Its events are not held any more.'],
  ])('says how far it is exact', (given, words) => {
    expect(viewWords(given)).toBe(words)
  })
})

it('tells how long it lasted, where it did', () => {
  expect(spanWords(finding)).toBe('')
  expect(spanWords({ start: NOW, end: NOW + 90_000 })).toBe('1 min 30 s')
})

it('names what a suppression would take out', () => {
  expect(keyWords(finding)).toBe('Findings of 203.0.113.9')
  expect(keyWords({ isEvent: true, who: 'ana · web-1' })).toBe('This event alone')
  expect(keyWords({ isEvent: false, who: '' })).toBe('Findings of all events together')
})
