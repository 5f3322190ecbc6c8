import type { AccessEntry, AccessGrant, AccessList, AccessRow } from '../../contract'
import { formatCount, formatPlural } from '../shared'

/** Approvers named in a row. */
const MOST_NAMED = 2

export const UNKNOWN_PERSON = '(unknown)'

/** `12 people on 5 machines, 1,204 accesses` */
export function sumWords({ people, machines, accesses }: AccessList['sums']): string {
  return `${formatPlural(people, 'person', 'people')} on ${formatPlural(machines, 'machine')}, ${formatPlural(accesses, 'access', 'accesses')}`
}

/** Who granted, and for how many accesses no grant is known. */
export function grantWords(row: Pick<AccessRow, 'approvers' | 'granted' | 'ungranted' | 'accesses' | 'person'>): string {
  const { approvers, granted, ungranted, accesses } = row
  if (granted === 0) return ungranted > 0 ? 'none known' : 'no requests held'
  const named = approvers.slice(0, MOST_NAMED).map(({ name }) => approverWords(name, row.person))
  const more = approvers.length - named.length
  const who = `${named.join(', ')}${more > 0 ? ` +${more}` : ''}`
  const without = accesses - granted
  return without > 0 ? `${who} · ${formatCount(without)} of ${formatCount(accesses)} without` : who
}

export function approverWords(approver: string | null, person: string | null): string {
  if (approver === null) return 'approver unknown'
  return person !== null && approver.toLowerCase() === person.toLowerCase() ? `${approver} (own request)` : approver
}

const KINDS: Record<AccessEntry['kind'], string> = { session: 'Session', 'sign-in': 'Sign-in', work: 'Work outside of sessions' }

export function kindWord({ kind }: Pick<AccessEntry, 'kind'>): string {
  return KINDS[kind]
}

/** `12 commands, 3 with sudo, 1 file`; empty where nothing is known to have been done. */
export function deedWords({ commands, sudo, files, failures }: Pick<AccessEntry, 'commands' | 'sudo' | 'files' | 'failures'>): string {
  const parts = [
    ...(commands > 0 ? [formatPlural(commands, 'command')] : []),
    ...(sudo > 0 ? [`${formatCount(sudo)} with sudo`] : []),
    ...(files > 0 ? [formatPlural(files, 'file transfer')] : []),
    ...(failures > 0 ? [`${formatCount(failures)} failed`] : []),
  ]
  return parts.join(', ')
}

/** On whose word; `at` prints a time. */
export function grantSentence(grant: AccessEntry['grant'], person: string | null, at: (time: number) => string): string {
  if (grant === 'none') return 'No grant of this person for the machine is held for then'
  if (grant === 'unknown') return 'No request for this machine is held'
  return `Approved by ${approverWords(grant.approver, person)}${spanWords(grant, at)}`
}

function spanWords({ from, to }: AccessGrant, at: (time: number) => string): string {
  if (from === null) return '; the request is not held'
  return to === null ? `, from ${at(from)}, without an end` : `, ${at(from)} to ${at(to)}`
}

/** What a first access rests on. */
export function sinceWords({ machineSince }: Pick<AccessRow, 'machineSince'>, at: (time: number) => string): string {
  return `what is held of the machine begins ${at(machineSince)}`
}
