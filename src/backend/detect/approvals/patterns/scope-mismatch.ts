import { isGranted } from '../grants'
import type { Request } from '../model'
import { namesOf, type Pattern } from '../pattern'
import { momentOf, type Population } from '../population'
import type { Outside, Use } from '../uses'
import { many, number, span } from '../words'
import { keyOf } from './key'

/** Access that was used beyond what was granted, or granted beyond what was asked for. */
export function* scopeMismatch({ window, uses }: Population): Generator<void, Pattern[]> {
  const patterns: Pattern[] = []
  for (const [at, request] of window.entries()) {
    if (at % 1024 === 0) yield
    const use = uses.of(request)
    const [first] = use.outside
    if (first && isGranted(request)) patterns.push(told(request, use, first))
  }
  return patterns
}

function told(request: Request, { outside }: Use, first: Outside): Pattern {
  const who = request.requester?.name ?? 'Nobody named'
  const words = outside.map((one) => `${outsideWords(request, one)}.`)
  const visits = outside.flatMap((one) => ('visit' in one ? [one.visit] : []))
  const late = outside.reduce((sum, one) => sum + (one.kind === 'late' ? one.commands : 0), 0)
  return {
    rule: 'approval.scope_mismatch',
    level: 'high',
    key: keyOf(request, request.id),
    crossed: first.kind === 'longer' ? momentOf(request) : first.kind === 'late' ? first.since : first.visit.from,
    title: titleOf(request, first, who),
    words: `${who} was let in${request.scope === null ? '' : `: ${request.scope}`}. ${words.join(' ')}`,
    figures: [
      ...(visits.length > 0 ? [['sessions', String(visits.length)] satisfies [string, string]] : []),
      ...(late > 0 ? [['commands after the end', String(late)] satisfies [string, string]] : []),
    ],
    method: 'exact: person, machine and time of sessions against the grant',
    baseline: null,
    ...namesOf([request]),
    requests: [request],
    chain: request,
    hours: [],
  }
}

function titleOf({ machine }: Request, one: Outside, who: string): string {
  const granted = machine ?? 'one machine'
  if (one.kind === 'late') return `${who} worked on ${granted} after the grant had ended`
  if (one.kind === 'elsewhere') return `Approved for ${granted}, used on ${one.visit.machine ?? 'another machine'}`
  if (one.kind === 'person') return `Approved for ${who}, used by ${one.visit.user.name}`
  return `${granted} was granted for longer than asked`
}

/** What one thing beyond a grant is, without a full stop. */
export function outsideWords({ machine, grant, hours }: Request, one: Outside): string {
  switch (one.kind) {
    case 'late': {
      const { visit, commands, since } = one
      const until = (visit.commands.at(-1) ?? visit.to ?? visit.last) - since
      return commands > 0 ? `${many(commands, 'command')} came after the grant had ended, the last one ${span(until)} later` : `The session ended ${span(until)} after the grant`
    }
    case 'elsewhere': {
      const { visit } = one
      const begun = visit.from - (grant?.from ?? visit.from)
      return `No session used it on ${machine ?? 'the machine'}; ${span(begun)} after the decision a session with ${many(visit.commands.length, 'command')} began on ${visit.machine ?? 'another machine'}, which no grant covers`
    }
    case 'person':
      return `The session that names the grant is of ${one.visit.user.name}`
    case 'longer':
      return Number.isFinite(one.hours) ? `It was granted for ${number(one.hours)} h, and ${number(hours ?? 0)} h were asked for` : `It was granted without end, and ${number(hours ?? 0)} h were asked for`
  }
}
