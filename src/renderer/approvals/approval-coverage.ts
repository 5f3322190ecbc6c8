import type { ApprovalSummary } from '../../contract'
import { coverageNote, noteWords, roleWords } from '../shared'

type Basis = Pick<ApprovalSummary, 'coverage' | 'visibleTo'>
type Visible = ApprovalSummary['visibleTo'][number]

/** How far the figures can be relied on; `isLacking` where anything is not held. */
export function basisWords({ coverage, visibleTo }: Basis): { text: string; isLacking: boolean } {
  if (visibleTo.length === 0) return { text: 'No connection has a list of requests', isLacking: true }
  const hidden = visibleTo.flatMap((one) => hiddenWords(one) ?? [])
  const lacking = noteWords(coverageNote(coverage, null), 'No list of requests is held')
  const parts = [...(lacking === null ? [] : [`Requests: ${lacking}`]), ...hidden]
  return parts.length > 0 ? { text: parts.join('; '), isLacking: true } : { text: 'Requests: complete for this range', isLacking: false }
}

/** `super administrator`, or each of several; empty where no server says. */
export function visibleWords({ visibleTo }: Basis): string {
  return [...new Set(visibleTo.flatMap(({ role }) => (role === null ? [] : [roleWords(role)])))].join(', ')
}

/** Why one connection gives no list of requests, or not all of it; null where it does. */
function hiddenWords({ connection, role, status, at }: Visible): string | null {
  if (status === 'not-offered') return `${connection} does not offer requests`
  if (status === 'not-visible') return `requests of ${connection} are not visible to ${role === null ? 'this account' : roleWords(role)}`
  if (status === 'failed') return `the requests of ${connection} could not be read`
  if (status === null && at === null) return `the requests of ${connection} are not fetched yet`
  return null
}

/** Where no request is held: a heading that claims no more than is known, and what is known of each connection. */
export function noneWords({ coverage, visibleTo }: Basis): { title: string; lines: string[] } {
  if (visibleTo.length === 0) {
    return {
      title: 'No source here offers requests for access',
      lines: ['Requests and decisions come from a connected server that keeps them. Imported files hold none.'],
    }
  }
  const lines = visibleTo.flatMap((one) => hiddenWords(one) ?? [])
  const lacking = noteWords(coverageNote(coverage, null), 'No list of requests is held')
  if (lines.length === 0 && lacking === null) return { title: 'No request was made', lines: ['Every list of requests is complete.'] }
  const isOffered = visibleTo.some(({ status }) => status !== 'not-offered')
  const isVisible = visibleTo.some(({ status }) => status !== 'not-offered' && status !== 'not-visible')
  const title = !isOffered ? 'No source here offers requests for access' : !isVisible ? 'Requests are not visible to this account' : 'No request is held'
  return { title, lines: [...lines.map(sentence), ...(lacking === null || !isVisible ? [] : [`${lacking}. What is not held may tell of requests.`])] }
}

function sentence(words: string): string {
  return `${words.slice(0, 1).toUpperCase()}${words.slice(1)}.`
}
