import { formatInstant, parseInstant } from '../../../domain'
import { cidrTest } from './address'
import { encoded } from './encode'
import { globTest, literalGlob, parseGlob, withStars, type Glob } from './glob'
import { compareNumbers, type Modifiers, type TimePart } from './modifiers'
import { regexTest } from './regex'
import { RuleFault } from './rule-fault'

export type Scalar = string | number | bigint | boolean | null
export type TextTest = (text: string) => boolean

export function isScalar(value: unknown): value is Scalar {
  return value === null || ['string', 'number', 'bigint', 'boolean'].includes(typeof value)
}

/** A test of one text for one value that is not null. Throws `RuleFault`. */
export function valueTest(value: Exclude<Scalar, null>, modifiers: Modifiers): TextTest {
  const { timePart } = modifiers
  if (timePart === null) return plainTest(value, modifiers)
  const test = plainTest(value, modifiers)
  return (text) => {
    const part = partOf(text, timePart)
    return part !== null && test(String(part))
  }
}

function plainTest(value: Exclude<Scalar, null>, modifiers: Modifiers): TextTest {
  switch (modifiers.kind) {
    case 're':
      return regexTest(String(value), modifiers.flags)
    case 'cidr':
      return cidrTest(String(value))
    case 'compare':
      return comparisonTest(value, modifiers)
    default:
      return anyOf(globsOf(value, modifiers).map((glob) => globTest(glob, modifiers.cased)))
  }
}

/** What a text must look like for a value. Throws `RuleFault`. */
export function globsOf(value: Exclude<Scalar, null>, { ends, encodings }: Pick<Modifiers, 'ends' | 'encodings'>): Glob[] {
  const glob = typeof value === 'string' ? parseGlob(value) : literalGlob(String(value))
  const before = ends.has('contains') || ends.has('endswith')
  const after = ends.has('contains') || ends.has('startswith')
  return encoded(glob, encodings).map((one) => (before || after ? withStars(one, { before, after }) : one))
}

export function anyOf(tests: readonly TextTest[]): TextTest {
  const [first] = tests
  if (first && tests.length === 1) return first
  return (text) => {
    for (const test of tests) if (test(text)) return true
    return false
  }
}

function comparisonTest(value: Exclude<Scalar, null>, { comparison }: Modifiers): TextTest {
  const bound = Number(value)
  if (comparison === null || typeof value === 'boolean' || value === '' || Number.isNaN(bound)) {
    throw new RuleFault(`${comparison} needs a number, not «${value}»`)
  }
  return (text) => text !== '' && compareNumbers(comparison, Number(text), bound)
}

const DAY = 86_400_000

/** A part of a time in UTC; weeks are those of ISO 8601. */
function partOf(text: string, part: TimePart): number | null {
  const at = parseInstant(text)
  if (at === null) return null
  const date = new Date(at)
  switch (part) {
    case 'minute':
      return date.getUTCMinutes()
    case 'hour':
      return date.getUTCHours()
    case 'day':
      return date.getUTCDate()
    case 'week':
      return weekOf(date)
    case 'month':
      return date.getUTCMonth() + 1
    case 'year':
      return Number(formatInstant(at).slice(0, 4))
  }
}

/** The week of the year that the day's Thursday is in. */
function weekOf(date: Date): number {
  const weekday = (date.getUTCDay() + 6) % 7
  const thursday = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), date.getUTCDate()) + (3 - weekday) * DAY)
  return 1 + Math.floor((thursday.getTime() - Date.UTC(thursday.getUTCFullYear(), 0, 1)) / (7 * DAY))
}
