import type { ApprovalState } from '../../../contract'
import type { TimeRange } from '../../../domain'
import type { Request } from './model'
import type { Population } from './population'
import type { Unapproved, Uses } from './uses'

export type RequestFilter = {
  text: string
  state: ApprovalState | null
  unusual: boolean
  neverUsed: boolean
  /** Keys of requests that stand in a pattern. */
  marked: ReadonlyMap<string, unknown>
}

/** Those of the range that fit, newest first. */
export function* wantedRequests(population: Population | null, { text, state, unusual, neverUsed, marked }: RequestFilter): Generator<void, Request[]> {
  if (!population) return []
  const { window, uses } = population
  const holds = textTest(text)
  const found: Request[] = []
  for (let at = window.length - 1; at >= 0; at--) {
    if (at % 256 === 0) yield
    const request = window[at]
    if (!request || (state !== null && request.state !== state) || (unusual && !marked.has(request.key))) continue
    if (neverUsed && uses.of(request).outcome !== 'never-used') continue
    const { requester, decision, machine, justification, scope, id } = request
    if (holds([requester?.name, decision?.by?.name, machine, justification, scope, id])) found.push(request)
  }
  return found
}

/** Those of the range that fit, newest first. */
export function* wantedVisits({ unapproved }: Uses, { range, text }: { range: TimeRange | null; text: string }): Generator<void, Unapproved[]> {
  const holds = textTest(text)
  const found: Unapproved[] = []
  for (let at = unapproved.length - 1; at >= 0; at--) {
    if (at % 256 === 0) yield
    const one = unapproved[at]
    if (!one) continue
    const { from, user, machine, session } = one.visit
    if (range !== null && (from < range.from || from >= range.to)) continue
    if (holds([user.name, machine, session])) found.push(one)
  }
  return found
}

function textTest(text: string): (texts: readonly (string | null | undefined)[]) => boolean {
  const words = text.toLowerCase().split(/\s+/).filter((word) => word !== '')
  if (words.length === 0) return () => true
  return (texts) => {
    const all = texts.join('\n').toLowerCase()
    return words.every((word) => all.includes(word))
  }
}
