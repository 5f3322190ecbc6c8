import { productionTest, type Instant, type TimeRange } from '../../../domain'
import type { Filter, ReadableStore, StoreView } from '../../store'
import { findingId, type Finding } from '../finding'
import type { Visit } from './model'
import type { Uses } from './uses'

const DAY = 86_400_000
/** Events kept of the first session of a day, and of the last. */
const SAMPLE = 5

/** Sessions of production that no grant covers. */
export const NO_APPROVAL = {
  id: 'prod.no_approval',
  title: 'Session on a machine of production without approval',
  level: 'high',
  description:
    'No approved request that stood covers the user, the machine and the time. Told of machines alone that people are let in to ' +
    'by request, as the list of sessions without approval is. One finding for each user, machine and day (UTC).',
  parameters: [['Machines', 'those of production, as the settings name them']],
} as const

/** Null is all that is held. */
type Asked = { range: TimeRange | null; production: string }

export function* withoutApproval(store: ReadableStore, { unapproved }: Uses, { range, production }: Asked): Generator<void, Finding[]> {
  const isProduction = productionTest(production)
  const days = new Map<string, Visit[]>()
  for (const [at, { visit }] of unapproved.entries()) {
    if (at % 256 === 0) yield
    const { from, user, place, machine } = visit
    const isAsked = range === null || (from >= range.from && from < range.to)
    if (!isAsked || machine === null || !isProduction(machine)) continue
    const key = JSON.stringify([user.key, place, Math.floor(from / DAY)])
    const day = days.get(key)
    if (day) day.push(visit)
    else days.set(key, [visit])
  }
  const findings: Finding[] = []
  for (const visits of days.values()) {
    yield
    findings.push(...findingOf(store, visits))
  }
  return findings
}

function findingOf(store: ReadableStore, visits: readonly Visit[]): Finding[] {
  const [first, last] = [visits[0], visits.at(-1)]
  if (!first || !last) return []
  const { id, title, level } = NO_APPROVAL
  const key = [first.user.name, first.machine].join(', ')
  const of = (visit: Visit): string[] => store.page(eventsOf(visit), 0, SAMPLE).map(({ event }) => event.key)
  const sessions = visits.length === 1 ? 'a session' : `${visits.length} sessions`
  return [
    {
      id: findingId(id, key, first.from),
      rule: id,
      level,
      title,
      key,
      start: first.from,
      crossed: first.from,
      end: lastOf(visits),
      peak: visits.length,
      events: visits.length,
      sample: [...new Set([...of(first), ...of(last)])],
      why: `${sessions} on this day, and no grant of ${first.user.name} for ${first.machine} stood`,
    },
  ]
}

function eventsOf({ connection, session, from, last }: Visit): StoreView {
  const equals = (column: 'connection' | 'session', value: string): Filter => ({ kind: 'text', columns: [column], match: { op: 'equals', value } })
  const filter: Filter = { kind: 'and', parts: [equals('session', session), equals('connection', connection)] }
  return { filter, range: { from, to: last + 1 }, order: 'asc', companions: false }
}

function lastOf(visits: readonly Visit[]): Instant {
  return visits.reduce((end, visit) => Math.max(end, visit.last), 0)
}
