import { shownText } from '../../../domain'
import type { HttpAnswer } from '../../ports'
import type { Allowed } from '../fetch-door'
import { ServerFault } from '../server-fault'
import type { Base } from './address'
import { refusal } from './guard'

const REDIRECTS: ReadonlySet<number> = new Set([301, 302, 303, 307, 308])

export function isRedirect(answer: HttpAnswer): boolean {
  return REDIRECTS.has(answer.status)
}

export type Redirected = {
  base: Base
  method: Allowed['method']
  target: string
  place: string
  allowed: readonly Allowed[]
}

/** Where a redirect leads, as a path of the same server. Throws `redirect-refused` where it may not be followed. */
export function followed(answer: HttpAnswer, { base, method, target, place, allowed }: Redirected): string {
  const refused = (why: string) => {
    const message = `${base.host} answered ${place} with a redirect ${why}, which was not followed.`
    return new ServerFault({ code: 'redirect-refused', status: answer.status, message })
  }
  const location = answer.headers['location'] ?? ''
  const from = base.origin + base.prefix + target
  if (location === '' || !URL.canParse(location, from)) throw refused('that leads nowhere')
  const to = new URL(location, from)
  if (to.origin !== base.origin || to.username !== '' || to.password !== '') throw refused(`to ${shownText(to.origin)}`)
  if (method !== 'GET') throw refused('of what is only sent to the place itself')
  const path = to.pathname + to.search
  const inside = path.startsWith(`${base.prefix}/`) ? path.slice(base.prefix.length) : null
  if (inside === null || refusal('GET', inside, allowed) !== null) throw refused(`to ${shownText(to.pathname)}`)
  return inside
}
