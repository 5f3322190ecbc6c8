import { BackendFault, type Ask, type ApprovalSummary, type Methods, type TableName } from '../contract'
import type { TimeRange } from '../domain'
import { chainRow, patternRow, recordedTest, ruleTitle, unapprovedRow, type RowGround } from './approval-rows'
import { ApprovalDesk, BY_REQUEST, inSlices, summarise, wantedRequests, wantedVisits, type Judged, type LookAsked } from './detect'
import { on, type Handlers, type Reading } from './handler'
import type { ReadableStore } from './store'

const READ: TableName[] = ['event', 'connection', 'coverage', 'setting', 'recording']
/** Name of the lists of requests in the ledger. */
const STREAM = 'approvals'
/** More than anybody reads; the gravest come first. */
const MOST_PATTERNS = 500

const ALWAYS = () => true

export function approvalHandlers({ store, ports }: Reading) {
  const desk = new ApprovalDesk(store, () => ports.clock.now())
  return {
    'approval.summary': on(READ, async ({ range, zone }: Ask<'approval.summary'>) => summaryOf(store, await judged(desk, store, { range, zone }), { range, zone })),
    'approval.patterns': on(READ, async ({ range, zone, suppressed, at, count }: Ask<'approval.patterns'>): Promise<Methods['approval.patterns']> => {
      const one = await judged(desk, store, { range, zone })
      if (!one.judged) return { rows: [], total: 0 }
      const ground = groundOf(store, one.judged)
      const shown = one.judged.patterns.all.filter(({ by }) => suppressed || by === null)
      return { rows: shown.slice(at, at + count).map((pattern) => patternRow(pattern, ground)), total: shown.length }
    }),
    'approval.requests': on(READ, async ({ at, count, range, zone, key, ...filter }: Ask<'approval.requests'>): Promise<Methods['approval.requests']> => {
      const one = await judged(desk, store, { range, zone })
      if (!one.judged) return { rows: [], total: 0 }
      const ground = groundOf(store, one.judged)
      const found = await desk.requests(JSON.stringify([range, zone, filter, store.settings()]), () => wantedRequests(one.judged?.population ?? null, { ...filter, marked: ground.patterns }))
      const asked = key === undefined ? found : found.filter((request) => request.key === key)
      return { rows: asked.slice(at, at + count).map((request) => chainRow(request, ground)), total: asked.length }
    }),
    'approval.unapproved': on(READ, async ({ range, text, at, count }: Ask<'approval.unapproved'>): Promise<Methods['approval.unapproved']> => {
      const { uses } = await desk.approvals()
      const found = (await inSlices(wantedVisits(uses, { range, text }), ALWAYS)) ?? []
      const isRecorded = recordedTest(store)
      return { rows: found.slice(at, at + count).map((one) => unapprovedRow(one, isRecorded)), total: found.length, basis: BASIS }
    }),
  } satisfies Partial<Handlers>
}

const BASIS =
  `A machine counts as worked on by request from ${BY_REQUEST.grants} grants of ${BY_REQUEST.people} people on, where at least ` +
  `${Math.round(BY_REQUEST.share * 100)} % of the sessions of people who ask for access have a grant, and clearly more than on all machines. ` +
  'Sessions before its first grant are left out.'

async function judged(desk: ApprovalDesk, store: ReadableStore, { range, zone }: Pick<LookAsked, 'range' | 'zone'>) {
  const settings = store.settings()
  try {
    return await desk.judged({ range, zone, production: settings['production'] ?? '' })
  } catch (error) {
    if (error instanceof RangeError) throw new BackendFault({ code: 'bad-ask', message: `There is no time zone ${zone}.` })
    throw error
  }
}

function groundOf(store: ReadableStore, { population, patterns: { byRequest } }: Judged): RowGround {
  return { uses: population.uses, robots: population.robots, patterns: byRequest, isRecorded: recordedTest(store) }
}

type Found = Awaited<ReturnType<ApprovalDesk['judged']>>

async function summaryOf(store: ReadableStore, { approvals, judged: one }: Found, { range, zone }: { range: TimeRange | null; zone: string }): Promise<ApprovalSummary> {
  const around = { zone, coverage: store.coverage(range).filter(({ stream }) => stream === STREAM), visibleTo: visibleTo(store), hasSessions: approvals.ledger.visits.length > 0 }
  if (!one) return { ...NOTHING, range: null, ...around }
  const facts = await inSlices(summarise(one), ALWAYS)
  if (!facts) return { ...NOTHING, range: null, ...around }
  const ground = groundOf(store, one)
  const { notComputed, ...rest } = facts
  return {
    range: one.population.range,
    ...around,
    ...rest,
    patternCount: one.patterns.all.length,
    patterns: one.patterns.all.slice(0, MOST_PATTERNS).map((pattern) => patternRow(pattern, ground)),
    notComputed: notComputed.map(({ rule, why }) => ({ rule, title: ruleTitle(rule), why })),
  }
}

function visibleTo(store: ReadableStore): ApprovalSummary['visibleTo'] {
  return store.connections().flatMap(({ name, server, streams, state }) => {
    const list = streams.find(({ stream }) => stream === STREAM)
    if (!server || state === 'removed') return []
    return [{ connection: name, role: server.account.role ?? null, status: list?.status ?? null, at: list?.at ?? null }]
  })
}

/** Where no request is held. */
const NOTHING: Omit<ApprovalSummary, 'range' | 'zone' | 'coverage' | 'visibleTo' | 'hasSessions'> = {
  counts: { requests: 0, approved: 0, rejected: 0, revoked: 0, expired: 0, pending: 0, medianMs: null, neverUsed: 0, unapproved: 0 },
  approvers: [],
  matrix: { approvers: [], requesters: [], counts: [], flagged: [] },
  hours: { counts: Array.from({ length: 24 }, () => 0), flagged: [], untimed: 0, workFrom: 0, workTo: 24 },
  patternCount: 0,
  patterns: [],
  robots: { decisions: 0, who: [] },
  fewDecisions: { approvers: 0, least: 20 },
  notComputed: [],
}
