import { describe, expect, it } from 'vitest'
import type { SessionRow } from '../../../src/contract'
import type { CoverageRange, CoverageState } from '../../../src/domain'
import { coverageNote, noteWords } from '../../../src/renderer/shared/coverage-note'
import { seesAll } from '../../../src/domain'
import { lengthWords, offsetWords, recordingWords, sessionSentence } from '../../../src/renderer/sessions/session-words'
import { aRecording, aSession, NOW } from './a-session'

describe('the length of a session', () => {
  it.each([
    [{}, '1 min'],
    [{ to: null, state: 'open' }, '≥ 1 min'],
    [{ to: null, state: 'unknown' }, '≥ 1 min'],
    [{ to: null, last: NOW, state: 'unknown' }, ''],
    [{ from: null, to: null }, ''],
    [{ from: null, to: null, recordings: [aRecording({ durationMs: 90_000 })] }, '1 min 30 s'],
  ] satisfies [Partial<SessionRow>, string][])('%j is %j', (fields, words) => {
    expect(lengthWords(aSession(fields))).toBe(words)
  })
})

describe('recordings', () => {
  const held = aRecording()
  const listed = aRecording({ isHeld: false })
  it('are told with what of them is not here', () => {
    expect(recordingWords([])).toBeNull()
    expect(recordingWords([held])).toEqual({ text: 'recorded', isMissing: false })
    expect(recordingWords([listed])).toEqual({ text: 'not fetched', isMissing: true })
    expect(recordingWords([held, listed, held])).toEqual({ text: '3 recordings, 1 not fetched', isMissing: false })
  })
})

it('says of a lane what it shows', () => {
  const row = aSession({ commands: 3, failures: 1, recordings: [aRecording()] })
  expect(sessionSentence(row, () => 'NOON')).toBe('ana on web-01, session s, at NOON, 1 min, ended, 3 commands, 1 failed, recorded')
})

it.each([[0, '0:00'], [7.9, '0:07'], [808, '13:28'], [3723, '1:02:03'], [-1, '0:00']])('prints %f seconds as %s', (seconds, words) => {
  expect(offsetWords(seconds)).toBe(words)
})

describe('what a list rests on', () => {
  const HOUR = 3_600_000
  const hours = (from: number, to: number) => ({ from: from * HOUR, to: to * HOUR })
  const part = (stream: string, state: CoverageState, [from, to]: [number, number]): CoverageRange => ({ connection: 'c', stream, state, ...hours(from, to), held: 0 })
  it('is nothing to speak of where all is complete', () => {
    expect(noteWords(coverageNote([part('a', 'complete', [0, 100])], hours(10, 20)), 'No log of sessions is held')).toBeNull()
  })

  it('counts each list once, by its worst, in the range alone', () => {
    const ranges = [part('a', 'complete', [0, 50]), part('a', 'partial', [50, 60]), part('b', 'not-visible', [0, 100]), part('b', 'partial', [50, 60]), part('c', 'complete', [0, 70]), part('c', 'unknown', [70, 80])]
    expect(noteWords(coverageNote(ranges, hours(1, 55)), 'No log of sessions is held')).toBe('2 of 3 lists are not complete: 2 partial')
    expect(noteWords(coverageNote(ranges, hours(1, 50)), 'No log of sessions is held')).toBe('1 of 3 lists is not complete: 1 not visible')
    expect(noteWords(coverageNote(ranges, hours(101, 102)), 'No log of sessions is held')).toBe('3 of 3 lists are not complete: 3 unknown')
    expect(noteWords(coverageNote(ranges, null), 'No log of sessions is held')).toBe('3 of 3 lists are not complete: 2 partial, 1 unknown')
  })

  it('does not take what was never read for nothing', () => {
    const forever = Date.UTC(9999, 11, 31) / HOUR
    const ranges = [part('a', 'unknown', [0, 100]), part('a', 'complete', [100, 200]), part('a', 'not-asked', [200, forever])]
    expect(noteWords(coverageNote(ranges, null), 'No log of sessions is held')).toBe('1 list unknown before the oldest record')
    expect(noteWords(coverageNote(ranges, hours(150, 160)), 'No log of sessions is held')).toBeNull()
    expect(noteWords(coverageNote([part('a', 'not-asked', [0, forever])], null), 'No log of sessions is held')).toBe('1 of 1 list is not complete: 1 not asked')
  })

  it('is unknown where there is no ledger', () => {
    expect(noteWords(coverageNote([], null), 'No log of sessions is held')).toBe('No log of sessions is held')
  })
})

describe('who sees all sessions', () => {
  const server = (role: string | undefined, state = 'ready') =>
    ({ name: 'x', kind: 'webxterm', origin: 'server', state, rows: 0, companions: 0, first: null, last: null, files: [], streams: [],
      server: { url: '', dialect: '', account: role === undefined ? {} : { role }, signIn: { by: 'token' }, paused: false } }) as Parameters<typeof seesAll>[0][number]
  const files = { ...server('user'), origin: 'files', server: null } as const
  it('is everybody but an account that its server calls a plain user', () => {
    expect(seesAll([])).toBe(true)
    expect(seesAll([server('super_admin')])).toBe(true)
    expect(seesAll([server(undefined)])).toBe(true)
    expect(seesAll([server('user')])).toBe(false)
    expect(seesAll([server('user'), server('super_admin', 'removed')])).toBe(false)
    expect(seesAll([server('user'), server('company_admin')])).toBe(true)
    expect(seesAll([server('user'), files])).toBe(true)
  })
})
