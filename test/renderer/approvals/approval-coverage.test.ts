import { describe, expect, it } from 'vitest'
import type { ApprovalSummary } from '../../../src/contract'
import type { CoverageState } from '../../../src/domain'
import { basisWords, noneWords, visibleWords } from '../../../src/renderer/approvals/approval-coverage'
import { DAY, NOW } from './chains'

type Visible = ApprovalSummary['visibleTo'][number]

const seen = (fields: Partial<Visible> = {}): Visible => ({ connection: 'work', role: 'super_admin', status: 'ok', at: NOW, ...fields })
const basis = (visibleTo: Visible[], state: CoverageState = 'complete') => ({
  visibleTo,
  coverage: [{ connection: 'work', stream: 'approvals', from: NOW - 90 * DAY, to: NOW, state, held: 12 }],
})

describe('what the figures rest on', () => {
  it('is called complete only where every list is', () => {
    expect(basisWords(basis([seen()]))).toEqual({ text: 'Requests: complete for this range', isLacking: false })
    expect(basisWords(basis([seen()], 'partial'))).toEqual({ text: 'Requests: 1 of 1 list is not complete: 1 partial', isLacking: true })
    expect(basisWords({ coverage: [], visibleTo: [] }).isLacking).toBe(true)
  })

  it('lets the newest minutes, which stay open until the next sync, be no hole', () => {
    const { coverage, visibleTo } = basis([seen()])
    const newest = { connection: 'work', stream: 'approvals', from: NOW, to: NOW + 300_000, state: 'unknown' as const, held: 0 }
    expect(basisWords({ coverage: [...coverage, newest], visibleTo }).isLacking).toBe(false)
    expect(basisWords({ coverage: [...coverage, { ...newest, to: NOW + DAY }], visibleTo }).isLacking).toBe(true)
  })

  it.each([
    [seen({ connection: 'old', status: 'not-offered' }), 'old does not offer requests'],
    [seen({ connection: 'old', status: 'not-visible', role: 'user' }), 'requests of old are not visible to user'],
    [seen({ connection: 'old', status: 'failed' }), 'the requests of old could not be read'],
    [seen({ connection: 'old', status: null, at: null }), 'the requests of old are not fetched yet'],
  ])('names a connection that gives none: %j', (other, words) => {
    expect(basisWords(basis([seen(), other]))).toEqual({ text: words, isLacking: true })
  })

  it('names the roles it was shown to, each once', () => {
    expect(visibleWords(basis([seen(), seen({ connection: 'b' }), seen({ connection: 'c', role: 'company_admin' }), seen({ connection: 'd', role: null })]))).toBe(
      'super administrator, company administrator',
    )
  })
})

describe('where no request is held', () => {
  it('none was made only where that is proven', () => {
    expect(noneWords(basis([seen()]))).toEqual({ title: 'No request was made', lines: ['Every list of requests is complete.'] })
    expect(noneWords(basis([seen()], 'partial')).title).toBe('No request is held')
  })

  it('says why, for every connection', () => {
    expect(noneWords({ coverage: [], visibleTo: [] }).title).toBe('No source here offers requests for access')
    expect(noneWords(basis([seen({ status: 'not-offered' })], 'not-offered')).title).toBe('No source here offers requests for access')
    const hidden = noneWords(basis([seen({ status: 'not-visible', role: 'company_admin' })], 'not-visible'))
    expect(hidden).toEqual({ title: 'Requests are not visible to this account', lines: ['Requests of work are not visible to company administrator.'] })
    const waiting = noneWords(basis([seen({ status: null, at: null })], 'not-asked'))
    expect(waiting.title).toBe('No request is held')
    expect(waiting.lines.join(' ')).toContain('The requests of work are not fetched yet.')
  })
})
