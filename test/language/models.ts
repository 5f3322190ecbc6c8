import { ATTACHED, FIELDS, FLAGS, TEXT_FIELDS, type Expression, type NumberTest, type TextField, type Value } from '../../src/language'

export type Random = () => number

/** Mulberry32: the same numbers for the same seed. */
export function seeded(seed: number): Random {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
}

export function pick<T>(random: Random, items: readonly T[]): T {
  const item = items[Math.floor(random() * items.length)]
  if (item === undefined) throw new Error('nothing to pick from')
  return item
}

const span = { from: 0, to: 0 }

const WORDS =
  'akim AND OR NOT and " \\ \\" a\\ ( ) - -x --force * a* ? /tmp /usr/bin/sudo /re/ /re/i /re/g etc/ x/gi user:x ' +
  'usr:x error: exit>0 exti>0 exit a>b uid=0 2001:db8::1 fe80::1 10.0.0.1 10.0.0.0/8 300.1.1.1 ünï 💥 ' +
  'field.x:y =0 <none> a"b it\'s C:\\temp\\ .. , a@b.example is:companion'
const TEXTS = [...WORDS.split(' '), 'a b', '日本 語', 'a\nb', ' lead', '\u00a0', '\u0085', '\ufeff']
const PATTERNS = ['*', 'db-*', 'a?c', '*x*', '-*', 'AND*', 'a:b*', '10.0.*']
const SOURCES =
  're,^a b$,a/b,",x "y",a b:c,(?:a b|c),\\d+ \\/,\\\\,[/] (, ,a|b,(?i,\\",[/] a,a\\ b'.split(',')

function value(random: Random, field: TextField | null): Value {
  const roll = random()
  const contained = field === 'text' || field === 'command'
  if (roll < 0.15) {
    const source = pick(random, SOURCES.filter(isRegex).map(canonical))
    return { kind: 'regex', source, ignoreCase: random() < 0.5 }
  }
  if (roll < 0.3) return { kind: 'pattern', text: contained ? '*' : pick(random, PATTERNS) }
  if (field === 'ip' && roll < 0.5) return { kind: 'block', text: pick(random, ['10.0.0.0/8', '2001:db8::/32']) }
  const choices = FIELDS.find((known) => known.name === field)?.values
  return { kind: 'exact', text: pick(random, choices ?? TEXTS) }
}

function isRegex(source: string): boolean {
  try {
    new RegExp(source)
    return true
  } catch {
    return false
  }
}

// The parser drops escapes that only the language needs; a model never holds them.
function canonical(source: string): string {
  return source.replace(/\\(["/:])/g, '$1')
}

function some<T>(random: Random, one: () => T): T[] {
  return Array.from({ length: random() < 0.7 ? 1 : 2 + Math.floor(random() * 2) }, one)
}

function term(random: Random): Expression {
  const roll = random()
  if (roll < 0.5) {
    const field = random() < 0.4 ? 'text' : pick(random, TEXT_FIELDS)
    return { kind: 'text', field, values: some(random, () => value(random, field)), span }
  }
  if (roll < 0.65) {
    const name = pick(random, ['x', 'a.b', 'a b', 'a:b', '"', 'ünï', 'x[0]', '>', 'a/'])
    return { kind: 'attribute', name, values: some(random, () => value(random, null)), span }
  }
  if (roll < 0.8) {
    const field = pick(random, ['exit', 'repeat', 'duration'] as const)
    return { kind: 'number', field, tests: some(random, () => test(random, field === 'duration')), span }
  }
  if (roll < 0.9) {
    const from = pick(random, [null, 0, 1_770_336_000_000, 1_770_346_721_207, -30_000_000_000_000])
    const to = from === null ? 1_770_400_000_000 : pick(random, [null, from + 1, from + 60_000, from + 86_400_000])
    return { kind: 'time', ranges: [{ from, to }], span }
  }
  if (roll < 0.93) return { kind: 'tag', values: some(random, () => value(random, null)), span }
  return roll < 0.96 ? { kind: 'has', what: pick(random, ATTACHED), span } : { kind: 'is', flag: pick(random, FLAGS), span }
}

function test(random: Random, positive: boolean): NumberTest {
  const comparison = pick(random, ['=', '<', '<=', '>', '>=', 'any'] as const)
  if (comparison === 'any') return { comparison }
  const whole = pick(random, [0, 1, 127, 1000, 90_000, 3_600_000, 86_400_000, 86_400_001, Number.MAX_SAFE_INTEGER])
  return { comparison, value: positive || random() < 0.8 || whole === 0 ? whole : -whole }
}

/** A query such as the parser could give: no `and` right inside an `and`, no `or` right inside an `or`. */
export function model(random: Random, depth = 4, not: 'and' | 'or' | null = null): Expression {
  const roll = random()
  if (depth === 0 || roll < 0.35) return term(random)
  if (roll < 0.5) return { kind: 'not', part: model(random, depth - 1), span }
  const kind = not === 'and' ? 'or' : not === 'or' ? 'and' : pick(random, ['and', 'or'] as const)
  const length = 2 + Math.floor(random() * 2)
  return { kind, parts: Array.from({ length }, () => model(random, depth - 1, kind)), span }
}
