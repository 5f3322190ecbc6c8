import type { Instant } from '../../../../domain'
import type { Decision, Request } from '../model'
import { byAsked, namesOf, type Pattern } from '../pattern'
import { grouped, groupedSlowly, type Population } from '../population'
import { list, span } from '../words'
import { keyOf } from './key'

const SOON = 86_400_000

type Step = { request: Request; by: { key: string; name: string }; outcome: Decision['outcome']; at: Instant }
type Shopped = { no: Step; yes: Step }

/** A request was rejected, and soon after somebody else approved the same. */
export function* askedAgain({ ledger, range }: Population): Generator<void, Pattern[]> {
  const scopeOf = ({ org, requester, type, hosts, roles, decision, asked }: Request) => {
    if (requester === null || decision === null || asked >= range.to || asked < range.from - SOON) return null
    return [org, requester.key, type, ...hosts, '', ...roles].join('\n')
  }
  const groups = yield* groupedSlowly(ledger.requests, scopeOf)
  const found: Shopped[] = []
  let at = 0
  for (const same of groups.values()) {
    if (at++ % 256 === 0) yield
    found.push(...shoppedIn(same).filter(({ yes }) => yes.request.asked >= range.from))
  }
  const patterns = [...grouped(found, ({ yes }) => `${yes.request.org}\n${yes.request.requester?.key ?? ''}`).values()].map(told)
  return patterns.filter((pattern) => pattern !== null)
}

/** Each approval with the last rejection before it that is near enough and somebody else's. */
export function shoppedIn(same: readonly Request[]): Shopped[] {
  const steps = same.flatMap((request) => [...request.earlier, ...(request.decision ? [request.decision] : [])].flatMap((one) => stepOf(request, one)))
  steps.sort((a, b) => a.at - b.at)
  return steps.flatMap((yes, i) => {
    if (yes.outcome !== 'approved') return []
    const no = steps.slice(0, i).findLast((one) => one.outcome === 'rejected' && one.by.key !== yes.by.key && yes.at - one.at <= SOON)
    return no ? [{ no, yes }] : []
  })
}

function stepOf(request: Request, { by, outcome, at }: Decision): Step[] {
  return by === null || at === null ? [] : [{ request, by, outcome, at }]
}

function told(found: readonly Shopped[]): Pattern | null {
  const requests = byAsked([...new Set(found.flatMap(({ no, yes }) => [no.request, yes.request]))])
  const [first] = found.toSorted((a, b) => a.yes.at - b.yes.at)
  const requester = first?.yes.request.requester
  if (!first || !requester) return null
  const { no, yes } = first
  const name = requester.name
  const times = found.length === 1 ? '' : ` So it went ${found.length} times.`
  return {
    rule: 'approval.reject_then_approve',
    level: 'medium',
    key: keyOf(yes.request, name),
    crossed: yes.at,
    title: `${name} was rejected by ${no.by.name} and approved by ${yes.by.name}`,
    words: `${no.by.name} rejected ${yes.request.machine ?? 'the request'} to ${name}, and ${span(yes.at - no.at)} later ${yes.by.name} approved the same.${times}`,
    figures: [
      ['n', String(found.length)],
      ['apart', list(found.map((one) => span(one.yes.at - one.no.at)))],
    ],
    method: 'same requester and scope, another approver, within 24 h',
    baseline: null,
    approvers: [...new Set(found.flatMap((one) => [one.no.by.name, one.yes.by.name]))],
    requesters: namesOf(requests).requesters,
    requests,
    chain: yes.request,
    hours: [],
  }
}
