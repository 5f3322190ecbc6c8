import { describe, expect, it } from 'vitest'
import { zoneFormat } from '../../../src/renderer/shared/zoned-time'
import { syncStatus } from '../../../src/renderer/shell/sync-status'
import { budgetWords, cardLine, tokenState, waitWords } from '../../../src/renderer/sources/server-state'
import { newerJob } from '../../../src/renderer/sync/use-sync-jobs'
import { server, syncJob } from './jobs'

const HOUR = 3_600_000
const zone = { ...zoneFormat('UTC'), toggle: () => {} }

describe('of two words about a sync', () => {
  it('the later job counts, and of one job its end', () => {
    const [old, now] = [syncJob({ startedAt: 1 }), syncJob({ startedAt: 2, state: 'running' })]
    expect(newerJob(undefined, old)).toBe(old)
    expect(newerJob(old, now)).toBe(now)
    expect(newerJob(now, old)).toBe(now)
    const ended = syncJob({ startedAt: 2 })
    expect(newerJob(ended, now)).toBe(ended)
    expect(newerJob(now, ended)).toBe(ended)
  })
})

describe('the status bar', () => {
  const said = (jobs: ReturnType<typeof syncJob>[], servers = [server('work')]) =>
    syncStatus(servers, new Map(jobs.map((job) => [job.connection, job])), 13_000)

  it('says nothing without a server', () => {
    expect(syncStatus([], new Map(), 0)).toBeNull()
  })

  it('tells how old the oldest answer is', () => {
    expect(said([syncJob()])).toEqual({ look: 'good', words: 'Synced 12 s ago' })
    const two = [server('work'), server('home', {}, [{ stream: 'audit', label: 'audit', status: 'ok', requests: 1, at: 3000 }])]
    expect(said([syncJob({ endedAt: 12_000 })], two)?.words).toBe('Synced 10 s ago')
    expect(said([])).toEqual({ look: 'silent', words: 'Not synced yet' })
  })

  it('tells how far a sync is, and promises no number it does not know', () => {
    const running = syncJob({ state: 'running', recordsDone: 41, recordsTotal: 100 })
    expect(said([running])?.words).toBe('Syncing · work 41 %')
    expect(said([{ ...running, recordsTotal: null }])?.words).toBe('Syncing · work')
    expect(said([{ ...running, recordsDone: 100 }])?.words).toBe('Syncing · work 99 %')
    expect(said([{ ...running, state: 'waiting' }])?.words).toBe('Sync waits · work')
    expect(said([{ ...running, live: true }])?.look).toBe('silent')
  })

  it('tells what went wrong', () => {
    const failed = (code: string) => syncJob({ state: 'failed', fault: { code, message: 'It is gone.' } })
    expect(said([failed('unreachable')])?.words).toBe('No answer from work yet')
    const heard = server('work', {}, [{ stream: 'audit', label: 'audit', status: 'ok', requests: 1, at: 3000 }])
    expect(said([failed('unreachable')], [heard])?.words).toBe('No answer from work, the last 10 s ago')
    expect(said([failed('unauthorized')])).toEqual({ look: 'bad', words: 'Sign-in needed · work' })
    expect(said([failed('server-error')])).toEqual({ look: 'bad', words: 'Sync failed: It is gone.' })
    expect(said([syncJob({ state: 'cancelled' })])?.words).toBe('Sync stopped · work')
  })
})

describe('a card', () => {
  it('warns before a token ends, and says when it has', () => {
    const until = (expiresAt: number) => server('work', { account: { expiresAt } })
    expect(tokenState(until(9 * HOUR), undefined, 0)).toEqual({ state: 'good', words: 'token ends in 9 h' })
    expect(tokenState(until(HOUR / 2), undefined, 0)).toEqual({ state: 'soon', words: 'token ends in 30 min' })
    expect(tokenState(until(HOUR), undefined, HOUR)).toMatchObject({ state: 'ended' })
    expect(tokenState(server('work'), undefined, 0)).toEqual({ state: 'silent' })
    const refused = syncJob({ state: 'failed', fault: { code: 'unauthorized', message: 'no' } })
    expect(tokenState(until(9 * HOUR), refused, 0)).toEqual({ state: 'ended', words: 'sign-in needed' })
  })

  it('tells of the request budget when it runs out', () => {
    expect(budgetWords(syncJob({ budget: { spent: 10, limit: 100 } }))).toBeNull()
    expect(budgetWords(syncJob({ budget: { spent: 99, limit: 100 } }))).toBe('1 request left')
    const waiting = syncJob({ state: 'waiting', waitingUntil: 3_723_000, waitingFor: 'server' })
    expect(waitWords(waiting, zone)).toMatch(/asked to wait.* goes out at 01:02:03 UTC\.$/)
    expect(waitWords({ ...waiting, waitingFor: 'budget' }, zone)).toMatch(/^The request budget is spent/)
  })

  it('says in one line what keeps it from being up to date', () => {
    const failed = syncJob({ state: 'failed', recordsDone: 41_200, fault: { code: 'unreachable', message: 'No answer.' } })
    const words = (job: typeof failed | undefined, facts = {}) =>
      cardLine(server('work', facts), { job, refusal: null })?.words ?? null
    expect(words(undefined)).toBeNull()
    expect(words(failed)).toBe('No answer. What was read is kept; the next sync goes on from there.')
    expect(words({ ...failed, recordsDone: 0 })).toContain('What is held stays')
    expect(words(syncJob({ state: 'cancelled' }))).toContain('What was read is kept')
    expect(words(undefined, { paused: true })).toMatch(/^Paused/)
  })
})
