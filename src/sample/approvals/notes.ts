import { below, type Random } from '../data/random'

const WORK = [
  'slow queries since the release',
  'check the replication lag',
  'restore one table for support',
  'disk is at ninety percent',
  'rotate the certificate before Friday',
  'customer asks for an export',
  'failed job of last night',
  'index rebuild as announced',
  'permissions of the shared folder',
  'compare the counts of two days',
  'clean up after the migration',
  'look into the timeouts of the gateway',
]
const KINDS = ['INC', 'CHG', 'REQ', 'OPS']
const REFUSALS = ['No ticket is named.', 'Please ask the owner of the machine first.', 'The report in the portal has this already.', 'Not during the freeze.']

/** What somebody writes who asks for access. */
export function requestNote(random: Random): string {
  return `${KINDS[below(random, KINDS.length)]}-${10_000 + below(random, 80_000)}: ${WORK[below(random, WORK.length)]}`
}

/** What somebody writes who says no. */
export function refusalNote(random: Random): string {
  return REFUSALS[below(random, REFUSALS.length)] as string
}
