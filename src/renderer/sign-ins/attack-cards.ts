import type { DetectionRule, DetectionRun, SignInSummary } from '../../contract'
import { formatPlural } from '../shared'

export type AttackCard = {
  title: string
  /** What it is, where nothing was found. */
  what: string
  rules: readonly [rule: string, words: string][]
  /** Why it could not be seen in what is held; null where it could. */
  blind: (summary: SignInSummary) => string | null
}

const NO_FAILURE = 'No failed sign-in is held of this time, so this cannot be seen.'
const NO_SUCCESS = 'No sign-in that worked is held of this time, so this cannot be seen.'
const NO_ADDRESS = 'No failed sign-in of this time names an address, so this cannot be seen.'

/** What rules look for in sign-ins, the gravest first. */
export const ATTACK_CARDS: readonly AttackCard[] = [
  {
    title: 'Success after failures',
    what: 'A sign-in that worked within an hour after many that failed.',
    rules: [['auth.success_after_failures', 'worked']],
    blind: ({ counts }) => (counts.failure === 0 ? NO_FAILURE : counts.success === 0 ? NO_SUCCESS : null),
  },
  {
    title: 'Spraying',
    what: 'Many users tried a few times each, from one source or from many together.',
    rules: [
      ['auth.spray', 'from one source'],
      ['auth.spray.distributed', 'from many'],
    ],
    blind: blindWithout('ip'),
  },
  {
    title: 'Stuffing and lists of users',
    what: 'Very many users tried once or twice each, or a list of them gone through.',
    rules: [
      ['auth.stuffing', 'as stuffing'],
      ['auth.dictionary', 'through lists'],
    ],
    blind: blindWithout('ip'),
  },
  {
    title: 'Brute force',
    what: 'Many failed sign-ins within ten minutes, from one source or of one user.',
    rules: [
      ['auth.bruteforce.source', 'from one source'],
      ['auth.bruteforce.user', 'of one user'],
    ],
    blind: ({ counts }) => (counts.failure === 0 ? NO_FAILURE : null),
  },
  {
    title: 'One source, several machines',
    what: 'One source that fails to sign in to three machines or more within an hour.',
    rules: [['auth.horizontal', 'sources']],
    blind: (summary) => blindWithout('ip')(summary) ?? (failing(summary, 'machine') ? null : 'No failed sign-in of this time names a machine, so this cannot be seen.'),
  },
  {
    title: 'Guessing from many sources',
    what: 'Many sources that try one user within an hour.',
    rules: [['auth.distributed', 'users']],
    blind: blindWithout('ip'),
  },
  {
    title: 'Second factors without end',
    what: 'A user asked for a second factor, or wrong codes given, again and again.',
    rules: [['auth.mfa_bombing', 'users']],
    blind: ({ secondFactors }) => (secondFactors === 0 ? 'No sign-in of this time names a second factor, so this cannot be seen.' : null),
  },
  {
    title: 'Trying who exists',
    what: 'One source that tries several users who do not exist.',
    rules: [['auth.user_enumeration', 'sources']],
    blind: blindWithout('ip'),
  },
  {
    title: 'More than at other times',
    what: 'Far more failed sign-ins in an hour than at the same hour of the days before.',
    rules: [['auth.rate_anomaly', 'hours']],
    blind: ({ counts }) => (counts.failure === 0 ? NO_FAILURE : null),
  },
  {
    title: 'From elsewhere',
    what: 'A sign-in from a network that is new for the user, or from two far networks within minutes.',
    rules: [
      ['auth.new_source', 'from new networks'],
      ['auth.impossible_travel', 'from two'],
    ],
    blind: ({ counts }) => (counts.success === 0 ? NO_SUCCESS : null),
  },
]

function blindWithout(field: 'ip'): AttackCard['blind'] {
  return (summary) => (summary.counts.failure === 0 ? NO_FAILURE : failing(summary, field) ? null : NO_ADDRESS)
}

function failing({ tallies }: SignInSummary, field: 'ip' | 'machine'): boolean {
  return tallies.some((tally) => tally.field === field && tally.failing > 0)
}

type Rule = Pick<DetectionRule, 'id' | 'inactive'>

/** The rules of a card that are not run, each with the reason. */
export function notLookedFor({ rules }: AttackCard, all: readonly Rule[]): { words: string; why: string }[] {
  return rules.flatMap(([id, words]) => {
    const why = all.find((rule) => rule.id === id)?.inactive ?? null
    return why === null ? [] : [{ words: rules.length > 1 ? `Not looked for ${words}` : 'Not looked for', why }]
  })
}

type Rest = {
  run: Pick<DetectionRun, 'state' | 'isStale'>
  suppressed: number
  blind: string | null
  /** When the findings were found. */
  at: string | null
}

/** What a card without findings rests on. */
export function noneWords({ run, suppressed, blind, at }: Rest): string {
  if (at === null) {
    return run.state === 'failed' ? 'Not known: the rules could not be run to their end.' : 'Not known yet: the rules are being run.'
  }
  if (suppressed > 0) return `None but ${formatPlural(suppressed, 'suppressed finding')}.`
  if (blind !== null) return blind
  return run.isStale ? `None found in what was held at ${at}; it has changed since.` : 'None found in what is held of this time.'
}
