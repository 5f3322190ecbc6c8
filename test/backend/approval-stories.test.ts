import { describe, expect, onTestFinished, test } from 'vitest'
import type { Ask, ApprovalRule, ApprovalSummary } from '../../src/contract'
import type { RunningSample, SampleRequestStory } from '../../src/sample'
import { aBackend, aSample, connectedByToken, synced, type ServedBackend } from './a-server-backend'

const requests = (more: Partial<Ask<'approval.requests'>> = {}): Ask<'approval.requests'> => ({
  range: null,
  zone: 'UTC',
  text: '',
  state: null,
  unusual: false,
  neverUsed: false,
  at: 0,
  count: 1000,
  ...more,
})

type Told = { served: ServedBackend; sample: RunningSample; summary: ApprovalSummary }

async function told(events: number, seed: number): Promise<Told> {
  const [served, sample] = [await aBackend(), await aSample({ events, seed })]
  await connectedByToken(served, sample, { name: 'acme' })
  await synced(served, 'acme')
  const summary = await served.ask('approval.summary', { range: null, zone: 'UTC' })
  onTestFinished(() => expect(served.errors).toEqual([]))
  return { served, sample, summary }
}

function story({ sample }: Told, name: string): SampleRequestStory {
  const found = sample.requestStories().find((one) => one.name === name)
  if (!found) throw new Error(`there is no story ${name}`)
  return found
}

/** Ids of the requests of a rule's patterns. */
function idsOf({ summary }: Told, rule: ApprovalRule): string[] {
  return summary.patterns.filter((one) => one.rule === rule).flatMap((one) => one.requests)
}

/** The rule that finds a story, with all its requests. */
const FOUND: readonly [name: string, rule: ApprovalRule][] = [
  ['self-approval', 'approval.self'],
  ['scope-misuse', 'approval.scope_mismatch'],
  ['reciprocal-pair', 'approval.reciprocal'],
  ['approver-shopping', 'approval.reject_then_approve'],
]

describe.each([
  [20_000, 7],
  [60_000, 1],
])('a sample of %d events, seed %d', (events, seed) => {
  test('has its planted stories found, and what only looks like them not', { timeout: 120_000 }, async () => {
    const all = await told(events, seed)
    const { served, summary } = all
    for (const [name, rule] of FOUND) expect(idsOf(all, rule), name).toEqual(expect.arrayContaining(story(all, name).ids.approvals))
    const [stamper] = story(all, 'rubber-stamp').approvers
    const stamps = summary.patterns.filter(({ rule }) => rule.startsWith('approval.rubber_stamp'))
    expect(new Set(stamps.map(({ rule }) => rule)).size).toBe(2)
    for (const one of stamps) expect(one.approvers).toEqual([stamper])
    const unused = await served.ask('approval.requests', requests({ neverUsed: true }))
    const [wanted, fresh] = [story(all, 'never-used').ids.approvals, story(all, 'fresh-grant').ids.approvals]
    const ids = unused.rows.map(({ request }) => request)
    for (const id of wanted) expect(ids).toContain(id)
    // The one who was let in to a machine and worked on another did not use that either.
    expect(unused.total).toBe(wanted.length)
    expect(summary.counts.neverUsed).toBe(unused.total)
    for (const id of fresh) expect(ids).not.toContain(id)
    const flagged = new Set(summary.patterns.flatMap((one) => one.requests))
    const harmless = all.sample.requestStories().filter(({ looksLike }) => looksLike !== undefined)
    expect(harmless.length).toBe(6)
    for (const { name, ids: own } of harmless) expect(own.approvals.filter((id) => flagged.has(id)), name).toEqual([])
    expect(new Set(summary.patterns.map(({ rule }) => rule))).not.toContain('approval.off_hours')
  })
})

test('a pattern opens in the timeline at its events and no others', { timeout: 60_000 }, async () => {
  const { served, summary } = await told(20_000, 7)
  expect(summary.patterns.length).toBeGreaterThan(5)
  for (const pattern of summary.patterns) {
    const { rows, total } = await served.ask('timeline.rows', { view: pattern.view, at: 0, count: 1000 })
    expect(pattern.isExact).toBe(true)
    expect(total).toBe(pattern.count)
    expect(rows.map(({ key }) => key).toSorted()).toEqual(pattern.events.toSorted())
  }
})

test('patterns are findings too, under the same ids, and what suppresses one suppresses the other', { timeout: 60_000 }, async () => {
  const all = await told(20_000, 7)
  const { served } = all
  const first = await served.ask('detection.rules', {})
  expect(first.rules.filter(({ id }) => id.startsWith('approval.'))).toHaveLength(15)
  await expect.poll(async () => (await served.ask('detection.rules', {})).run.state, { timeout: 30_000 }).toBe('done')
  const { summary } = all
  const { rows } = await served.ask('detection.findings', { levels: [], rule: null, text: '', range: null, suppressed: false, at: 0, count: 1000 })
  const own = rows.filter(({ rule }) => rule.startsWith('approval.'))
  expect(own.map(({ id }) => id).toSorted()).toEqual(summary.patterns.map(({ id }) => id).toSorted())
  const self = summary.patterns.find(({ rule }) => rule === 'approval.self')
  if (!self) throw new Error('no self-approval')
  const detail = await served.ask('finding.get', { id: self.id })
  expect(detail.sample.map(({ key }) => key)).toEqual(self.events)
  await served.ask('finding.suppress', { rule: self.rule, key: self.key, reason: 'known', until: null })
  const after = await served.ask('approval.summary', { range: null, zone: 'UTC' })
  expect(after.patterns.find(({ id }) => id === self.id)?.suppressed).toEqual({ key: self.key, reason: 'known' })
  const unusual = await served.ask('approval.requests', requests({ unusual: true }))
  expect(unusual.rows.map(({ request }) => request)).not.toContain(self.requests[0])
  const left = await served.ask('detection.findings', { levels: [], rule: 'approval.self', text: '', range: null, suppressed: false, at: 0, count: 10 })
  expect(left).toMatchObject({ total: 0, suppressed: 1 })
})

test('a request is told on one line up to the session that used it', { timeout: 60_000 }, async () => {
  const all = await told(20_000, 7)
  const { served, summary } = all
  const misuse = summary.patterns.filter(({ rule }) => rule === 'approval.scope_mismatch').map(({ chain }) => chain)
  const kinds = misuse.map((chain) => chain?.outside.join(' '))
  expect(kinds.some((text) => text?.includes('after the grant had ended'))).toBe(true)
  expect(kinds.some((text) => text?.includes('which no grant covers'))).toBe(true)
  for (const chain of misuse) {
    expect(chain).toMatchObject({ state: 'approved', outcome: 'outside', decision: { outcome: 'approved', isSelf: false } })
    const [session] = chain?.sessions ?? []
    const { session: shown } = await served.ask('session.detail', { id: session?.id ?? '' })
    expect(shown).toMatchObject({ session: session?.session, user: chain?.requester })
    expect(session?.isOutside).toBe(true)
  }
  const sessions = new Set(story(all, 'scope-misuse').ids.sessions)
  expect(misuse.flatMap((chain) => chain?.sessions ?? []).every(({ session }) => sessions.has(session))).toBe(true)
  const page = await served.ask('approval.requests', requests({ at: 3, count: 2 }))
  const whole = await served.ask('approval.requests', requests())
  expect(page).toEqual({ rows: whole.rows.slice(3, 5), total: whole.total })
  expect(whole.total).toBe(summary.counts.requests)
  const asked = whole.rows.map((row) => row.asked)
  expect(asked).toEqual(asked.toSorted((a, b) => b - a))
  const last = whole.rows.at(-1)
  expect(await served.ask('approval.requests', requests({ key: last?.key ?? '', count: 1 }))).toEqual({ rows: [last], total: 1 })
  expect(await served.ask('approval.requests', requests({ key: 'none', count: 1 }))).toEqual({ rows: [], total: 0 })
  const rejected = await served.ask('approval.requests', requests({ state: 'rejected' }))
  expect(rejected.total).toBe(summary.counts.rejected)
  expect(new Set(rejected.rows.map(({ state }) => state))).toEqual(new Set(['rejected']))
  const named = await served.ask('approval.requests', requests({ text: 'KOLAR' }))
  expect(named.rows.every(({ requester, decision }) => requester === 'ext.kolar' || decision?.approver === 'ext.kolar')).toBe(true)
  expect(named.total).toBeGreaterThan(5)
})

test('sessions without approval are listed with why', { timeout: 60_000 }, async () => {
  const all = await told(20_000, 7)
  const { served, summary } = all
  const { rows, total, basis } = await served.ask('approval.unapproved', { range: null, text: '', at: 0, count: 1000 })
  expect(total).toBe(rows.length)
  expect(basis).toContain('3 grants')
  const misuse = rows.filter(({ session }) => story(all, 'scope-misuse').ids.sessions.includes(session))
  expect(misuse).toHaveLength(1)
  expect(misuse[0]?.why).toMatch(/No request of|The nearest|It began/)
  const [one] = rows
  const found = await served.ask('approval.unapproved', { range: { from: one?.from ?? 0, to: (one?.from ?? 0) + 1 }, text: one?.user ?? '', at: 0, count: 10 })
  expect(found.rows.map(({ id }) => id)).toEqual([one?.id])
  expect(summary.counts.unapproved).toBeLessThanOrEqual(total)
})

test('nothing held is told as such, and an unknown zone is refused', async () => {
  const served = await aBackend()
  const summary = await served.ask('approval.summary', { range: null, zone: 'UTC' })
  expect(summary).toMatchObject({ range: null, patterns: [], hasSessions: false, coverage: [], visibleTo: [] })
  expect(await served.ask('approval.requests', requests())).toEqual({ rows: [], total: 0 })
  const sample = await aSample()
  await connectedByToken(served, sample, { name: 'acme' })
  await synced(served, 'acme')
  await expect(served.ask('approval.summary', { range: null, zone: 'Atlantis/Capital' })).rejects.toMatchObject({ code: 'bad-ask' })
  const now = await served.ask('approval.summary', { range: null, zone: 'Asia/Kolkata' })
  expect(now.visibleTo).toMatchObject([{ connection: 'acme', role: 'super_admin', status: 'ok' }])
  expect(now.coverage.length).toBeGreaterThan(0)
  expect(now.hours.counts.reduce((sum, count) => sum + count, 0)).toBe(now.approvers.reduce((sum, { n }) => sum + n, 0))
})

test('of production they are findings, one for each user, machine and day', { timeout: 60_000 }, async () => {
  const { served } = await told(20_000, 7)
  const { rows } = await served.ask('approval.unapproved', { range: null, text: '', at: 0, count: 1000 })
  const production = [...new Set(rows.map(({ machine }) => machine ?? ''))].slice(0, 2)
  await served.ask('settings.set', { production: production.join(', ') })
  const wanted = rows.filter(({ machine }) => production.includes(machine ?? ''))
  const days = new Map<string, number>()
  for (const { user, machine, from } of wanted) {
    const day = JSON.stringify([`${user}, ${machine}`, new Date(from).toISOString().slice(0, 10)])
    days.set(day, (days.get(day) ?? 0) + 1)
  }
  expect(days.size).toBeGreaterThan(1)
  await served.ask('detection.rules', {})
  const asked = { levels: [], rule: 'prod.no_approval', text: '', range: null, suppressed: false, at: 0, count: 1000 }
  await expect.poll(async () => (await served.ask('detection.findings', asked)).run.state, { timeout: 30_000 }).toBe('done')
  const found = await served.ask('detection.findings', asked)
  const byDay = found.rows.map(({ key, start, events }) => [JSON.stringify([key, new Date(start).toISOString().slice(0, 10)]), events])
  expect(Object.fromEntries(byDay)).toEqual(Object.fromEntries(days))
  const [first] = found.rows
  const { sample } = await served.ask('finding.get', { id: first?.id ?? '' })
  expect(sample.length).toBeGreaterThan(0)
  for (const { user, place } of sample) expect(first?.key).toBe(`${user}, ${place}`)
})
