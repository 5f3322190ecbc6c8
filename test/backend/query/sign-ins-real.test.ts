import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { SignInSummaries } from '../../../src/backend/query'
import { aBackend, aSample, connectedByToken, synced } from '../a-server-backend'
import { dataPath, describeWithData } from '../../data'
import { imported } from '../sync/an-import'
import { writable } from '../store/a-store'
import { tempFolder } from '../temp-folder'

type Expected = { failed_login_attempts: number; distinct_failing_sources: number }

const SETS = [
  ['linux-auth/openssh2k', 'loghub/OpenSSH_2k.log'],
  ['linux-auth/loghub_linux', 'loghub/Linux.log'],
  ['linux-auth/secrepo', 'secrepo-part/auth.log'],
] as const

const sum = (numbers: readonly number[]) => numbers.reduce((all, number) => all + number, 0)

describeWithData('sign-ins of real logs', () => {
  const expected = (set: string): Expected => {
    const { sets }: { sets: Record<string, Expected> } = JSON.parse(readFileSync(dataPath('data/EXPECTED.json'), 'utf8'))
    return sets[set] ?? { failed_login_attempts: -1, distinct_failing_sources: -1 }
  }
  const summaryOf = async (file: string) => {
    const store = await writable(tempFolder())
    await imported({ store, items: [dataPath(`data/linux-auth/${file}`)] })
    return new SignInSummaries(store).summary({ range: null, zone: 'America/New_York' })
  }

  test.each(SETS)('%s has as many failed ones as are known, in each of its charts', async (set, file) => {
    const summary = await summaryOf(file)
    const failed = expected(set).failed_login_attempts
    expect(summary.counts.failure).toBe(failed)
    expect(sum(summary.buckets.failure)).toBe(failed)
    expect(sum(summary.week.map(({ failure }) => failure))).toBe(failed)
    expect(sum(summary.lists.map(({ counts }) => counts.failure))).toBe(failed)
  })

  // Of the key-only server the known number is of lines that it does not write.
  test.each(SETS.slice(0, 2))('%s names as many failing sources as are known', async (set, file) => {
    const { tallies } = await summaryOf(file)
    expect(tallies.find(({ field }) => field === 'ip')?.failing).toBe(expected(set).distinct_failing_sources)
  })

  test('tell what their failed ones rest on', async () => {
    const [keys] = (await summaryOf('secrepo-part/auth.log')).lists
    expect(keys).toMatchObject({ report: 'reported', why: expect.stringMatching(/All of the failed ones follow from a line that names an unknown user/) })
    const [old] = (await summaryOf('loghub/Linux.log')).lists
    expect(old).toMatchObject({ counts: { success: 0 }, why: expect.stringMatching(/No line tells of a sign-in that worked, though \d+ sessions were opened/) })
  })
})

test('a synced server tells of failed sign-ins in its audit, and of none past the portal', async () => {
  const sample = await aSample({ events: 2000 })
  const served = await aBackend()
  const { name } = await connectedByToken(served, sample, { name: 'fern' })
  await synced(served, name)
  const { lists, counts } = await served.ask('signin.summary', { range: null, zone: 'UTC' })
  const [portal, outside] = lists
  expect(portal).toMatchObject({ connection: 'fern', label: 'sign-ins to the portal', streams: ['audit'], report: 'reported' })
  expect(outside).toMatchObject({ report: 'successes', counts: { failure: 0, unknown: 0 } })
  expect(outside?.counts.success).toBeGreaterThan(0)
  expect(outside?.streams.every((stream) => stream.startsWith('signins/'))).toBe(true)
  expect(counts.failure).toBe(portal?.counts.failure)
  const shown = await served.ask('timeline.count', { view: { query: 'category:authentication action:login outcome:failure', range: null, order: 'asc' } })
  expect(counts.failure).toBe(shown.matching)
})

test.each([
  { dialect: 'server', role: 'super_admin', report: 'reported', why: /status of 400 or above\.$/ },
  { dialect: 'server', role: 'company_admin', report: 'partly', why: /this account is not given them, only a super administrator is/ },
  { dialect: 'documented', role: 'user', report: 'unread', why: /This account may not read the list\./ },
] as const)('of a server that speaks $dialect the account of a $role is told of failed ones: $report', async ({ dialect, role, report, why }) => {
  const sample = await aSample({ events: 600, dialect })
  const served = await aBackend()
  const { name } = await connectedByToken(served, sample, { name: 'fern', role })
  await synced(served, name)
  const { lists } = await served.ask('signin.summary', { range: null, zone: 'UTC' })
  expect(lists.find(({ label }) => label === 'sign-ins to the portal')).toMatchObject({ report, why: expect.stringMatching(why) })
})
