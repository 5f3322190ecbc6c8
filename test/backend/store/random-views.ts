import { NUMBER_COLUMNS, TEXT_COLUMNS, type Filter, type StoreView, type TextMatch } from '../../../src/backend/store'
import type { TimeRange } from '../../../src/domain'
import type { Random } from '../random'
import { NOW } from './a-store'
import { ADDRESSES, ATTRIBUTES, TEXTS } from './random-records'

export function randomView(random: Random): StoreView {
  return { filter: randomFilter(random, 3), range: randomRange(random), order: random.pick(['asc', 'desc']), companions: random.chance(0.5) }
}

function randomRange(random: Random): TimeRange | null {
  if (random.chance(0.4)) return null
  const from = NOW - 60_000 + random.int(random.pick([70_000, 90_000_000]))
  return { from, to: from + 1 + random.int(random.pick([5, 1000, 90_000_000])) }
}

export function randomFilter(random: Random, depth: number): Filter {
  const kind = random.pick(['all', 'text', 'text', 'text', 'number', 'attribute', 'anyText', 'time', 'companion', 'drift', ...(depth > 0 ? ['and', 'or', 'not'] : [])])
  const parts = () => Array.from({ length: random.int(4) }, () => randomFilter(random, depth - 1))
  switch (kind) {
    case 'and':
    case 'or':
      return { kind, parts: parts() }
    case 'not':
      return { kind, part: randomFilter(random, depth - 1) }
    case 'text':
      return { kind, columns: Array.from({ length: 1 + random.int(3) }, () => random.pick(TEXT_COLUMNS)), match: randomMatch(random) }
    case 'number': {
      const value = random.pick([0, 1, 2, 127, -1, 5000, 300_000, 5_000_000_000])
      return { kind, column: random.pick(NUMBER_COLUMNS), comparison: random.pick(['=', '<', '<=', '>', '>=']), value }
    }
    case 'attribute':
      return { kind, name: random.pick([...ATTRIBUTES, 'PID', 'toString', 'none']), match: randomMatch(random) }
    case 'anyText':
      return { kind, match: randomMatch(random) }
    case 'time':
      return { kind, from: NOW + random.int(100_000) - 50_000, to: NOW + random.int(90_000_000) }
    case 'companion':
      return { kind }
    case 'drift':
      return { kind, what: random.pick(['changed', 'late', 'vanished']) }
    default:
      return { kind: 'all' }
  }
}

const VALUES = [...TEXTS, ...ADDRESSES, 'login', 'failure', 'sshd', 'logs', 'other', 'run 12', 'ünlike', '7', 'auth', 'e', 'ß', 'ﬀ']

function randomMatch(random: Random): TextMatch {
  switch (random.pick(['equals', 'contains', 'wildcard', 'regex', 'cidr'])) {
    case 'equals':
      return { op: 'equals', value: random.pick(VALUES) }
    case 'contains':
      return { op: 'contains', value: random.pick(VALUES) }
    case 'wildcard':
      return { op: 'wildcard', pattern: random.pick(['*', '?', '', '*o*', 'r??t', 'run 1*', '*7', '?', '*\n*', 'ü*É', '**a**', 'x[*]y', '*.*.*.*', ...VALUES]) }
    case 'regex':
      return { op: 'regex', pattern: random.pick([/^r/, /^r/i, /o+t$/gi, /\d{3}/y, /^$/, /[^\0-\x7f]/, /^.$/u, /b{2}|7/, /\//]) }
    default:
      return { op: 'cidr', block: random.pick(['10.0.0.0/8', '10.0.0.0/24', '10.0.0.1/32', '0.0.0.0/0', '2001:db8::/32', 'fe80::/10', '::/0']) }
  }
}
