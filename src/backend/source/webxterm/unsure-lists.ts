import type { PageAsk, ServerList } from '../server-source'
import type { Rows } from './form'

// Lists that are in no documentation: a server may offer them or not, whatever its dialect.

/** The most that servers seen in public give at once. */
const PAGE_SIZE = 200
/** A request for access moves from each of these states to a later one, never back. */
const STATES = ['pending', 'approved', 'rejected', 'expired', 'revoked'] as const
/** The end of a sign-in is written into its record. */
const SIGN_IN_CHANGES = 24 * 3_600_000

const OWN_REQUESTS = 'Only this account\'s own requests: the requests of others are not visible to it.'

/** Requests for access, then sign-ins past the portal beside the sessions of each machine. */
export function unsureLists(lists: readonly ServerList[]): ServerList[] {
  const [first] = lists
  if (!first) return []
  return [approvalsList(first), ...lists.flatMap((list) => (list.form.rows === 'sessions' ? signInsList(list) : []))]
}

function approvalsList({ form }: ServerList): ServerList {
  const shared = { stream: 'approvals', label: 'approvals', pageSize: PAGE_SIZE, changesForMs: Infinity, form: formOf(form, 'approvals') }
  return {
    ...shared,
    style: 'parts',
    parts: STATES,
    path: ({ part = STATES[0], ...ask }) => paged(`/api/access-requests?status=${part}&`, ask),
    instead: { ...shared, style: 'whole', lacks: OWN_REQUESTS, path: () => '/api/access-requests/my' },
  }
}

function signInsList({ machine, form }: ServerList): ServerList[] {
  if (machine === undefined) return []
  return [
    {
      stream: `signins/${machine}`,
      label: `sign-ins · ${form.ground.machine?.name ?? machine}`,
      machine,
      style: 'whole',
      pageSize: PAGE_SIZE,
      changesForMs: SIGN_IN_CHANGES,
      path: (ask) => paged(`/api/machines/${encodeURIComponent(machine)}/access-events?`, ask),
      form: formOf(form, 'signins'),
    },
  ]
}

/** The audit's form knows all machines and is of none; that of a machine's list is of its own. */
function formOf({ ground }: ServerList['form'], rows: Rows): ServerList['form'] {
  return { kind: 'webxterm', rows, ground }
}

function paged(path: string, { page, limit }: PageAsk): string {
  return `${path}page=${page}&limit=${limit}`
}
