import { attemptDetector } from './attempts'
import type { Detector } from './detector'
import type { Tally } from './tally'

// Definitions and their public thresholds: Elastic's Okta rules for spraying, stuffing and several sources, and Panther's
// standard rules. A rule of Sigma has one condition; these have several.

const MINUTE = 60_000
const FAILED = 'auth.failed'
const REMOTE = 'auth.failed.remote'
const PUBLIC = 'auth.failed.public'

const BRUTE_FORCE = { span: 10 * MINUTE, total: 10 }
const SPRAY = { span: 30 * MINUTE, users: 5, mostPerUser: 8, share: 0.6, fewest: 2, most: 6, length: 5 * MINUTE }
const STUFFING = { span: 15 * MINUTE, total: 25, users: 15, mostPerUser: 2, share: 0.8 }
const DICTIONARY = { span: 30 * MINUTE, users: 10 }
const DISTRIBUTED = { span: 60 * MINUTE, sources: 5, total: 10 }
const SPRAY_DISTRIBUTED = { span: 15 * MINUTE, sources: 5, users: 8, total: 25, perUser: 5, perSource: 1 }

export const SIGN_IN_DETECTORS: readonly Detector[] = [
  attemptDetector({
    id: 'auth.bruteforce.source',
    title: 'Many failed sign-ins from one source',
    description:
      'At least 10 within 10 minutes. Those of a user no longer count once that user signs in, both from sources where he also ' +
      'did in the 30 days before.',
    level: 'medium',
    of: PUBLIC,
    key: ['src_ip'],
    forgives: true,
    ofSource: true,
    counts: [{ field: 'src_ip', span: BRUTE_FORCE.span }],
    judge: ([tries]) =>
      tries && tries.total >= BRUTE_FORCE.total ? { value: tries.total, why: `${tries.total} failed sign-ins within 10m` } : null,
  }),
  attemptDetector({
    id: 'auth.spray',
    title: 'Password spraying from one source',
    description: 'One source tries many users, each a few times, over some minutes.',
    level: 'high',
    of: REMOTE,
    key: ['src_ip'],
    forgives: true,
    ofSource: true,
    counts: [{ field: 'actor', span: SPRAY.span }],
    judge: ([users]) =>
      isSpray(users) ? { value: users?.distinct ?? 0, why: `${told(users)} within 30m, most of them tried 2 to 6 times, over at least 5m` } : null,
  }),
  attemptDetector({
    id: 'auth.stuffing',
    title: 'Credential stuffing from one source',
    description: 'One source tries very many users once or twice each, as with a list of stolen passwords.',
    level: 'high',
    of: REMOTE,
    key: ['src_ip'],
    forgives: true,
    ofSource: true,
    counts: [{ field: 'actor', span: STUFFING.span }],
    judge: ([users]) =>
      isStuffing(users) ? { value: users?.distinct ?? 0, why: `${told(users)} within 15m, none tried more than twice` } : null,
  }),
  attemptDetector({
    id: 'auth.dictionary',
    title: 'Guessing through a list of users from one source',
    description: 'One source tries many users, in the way of neither spraying nor stuffing.',
    level: 'medium',
    of: REMOTE,
    key: ['src_ip'],
    forgives: true,
    ofSource: true,
    counts: [
      { field: 'actor', span: DICTIONARY.span },
      { field: 'actor', span: STUFFING.span },
    ],
    judge: ([users, recent]) => {
      if ((users?.distinct ?? 0) < DICTIONARY.users || isSpray(users) || isStuffing(recent)) return null
      return { value: users?.distinct ?? 0, why: `${told(users)} within 30m, neither spraying nor stuffing` }
    },
  }),
  attemptDetector({
    id: 'auth.distributed',
    title: 'Guessing the password of one user from many sources',
    description: 'Many sources try one user within an hour.',
    level: 'medium',
    of: FAILED,
    key: ['actor'],
    counts: [{ field: 'src_ip', span: DISTRIBUTED.span }],
    judge: ([sources]) => {
      if (!sources || sources.distinct < DISTRIBUTED.sources || sources.total < DISTRIBUTED.total) return null
      return { value: sources.distinct, why: `${sources.total} failed sign-ins from ${sources.distinct} sources within 1h` }
    },
  }),
  attemptDetector({
    id: 'auth.spray.distributed',
    title: 'Password spraying from many sources',
    description: 'Many sources together try many users a few times each.',
    level: 'high',
    of: FAILED,
    key: [],
    forgives: true,
    counts: [
      { field: 'actor', span: SPRAY_DISTRIBUTED.span },
      { field: 'src_ip', span: SPRAY_DISTRIBUTED.span },
    ],
    judge: ([users, sources]) => {
      if (!users || !sources || !isWideSpray(users, sources)) return null
      return { value: users.distinct, why: `${told(users)} from ${sources.distinct} sources within 15m` }
    },
  }),
]

function isSpray(users: Tally | undefined): boolean {
  if (!users || users.distinct < SPRAY.users || users.length() < SPRAY.length || users.most() > SPRAY.mostPerUser) return false
  return users.between(SPRAY.fewest, SPRAY.most) >= SPRAY.share * users.distinct
}

function isStuffing(users: Tally | undefined): boolean {
  if (!users || users.total < STUFFING.total || users.distinct < STUFFING.users) return false
  if (users.most() > STUFFING.mostPerUser) return false
  return users.between(1, STUFFING.mostPerUser) >= STUFFING.share * users.distinct
}

function isWideSpray(users: Tally, sources: Tally): boolean {
  const { total, perUser, perSource } = SPRAY_DISTRIBUTED
  if (sources.distinct < SPRAY_DISTRIBUTED.sources || users.distinct < SPRAY_DISTRIBUTED.users) return false
  return users.total >= total && users.total / users.distinct <= perUser && users.distinct / sources.distinct >= perSource
}

function told(users: Tally | undefined): string {
  return `${users?.total ?? 0} failed sign-ins of ${users?.distinct ?? 0} users`
}
