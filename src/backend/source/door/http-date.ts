import type { Instant } from '../../../domain'
import type { HttpAnswer } from '../../ports'

// RFC 9110 section 5.6.7: the preferred form and that of RFC 850.
const DATED = /^[A-Za-z]{3,9}, \d\d[ -][A-Za-z]{3}[ -]\d{2,4} \d\d:\d\d:\d\d GMT$/

/** Reads the time of a header; null where it is none. */
export function httpDate(text: string | undefined): Instant | null {
  const trimmed = text?.trim() ?? ''
  const at = DATED.test(trimmed) ? Date.parse(trimmed) : Number.NaN
  return Number.isNaN(at) ? null : at
}

/** Milliseconds that an answer asks to wait, by its own clock where it has one; undefined where it asks for none. */
export function waitAsked({ headers }: Pick<HttpAnswer, 'headers'>, now: Instant): number | undefined {
  return retryAfter(headers['retry-after'], httpDate(headers['date']) ?? now)
}

/** Milliseconds that a Retry-After header asks to wait, in seconds or as a date seen from `now`; else undefined. */
export function retryAfter(text: string | undefined, now: Instant): number | undefined {
  const trimmed = text?.trim() ?? ''
  if (/^\d{1,9}$/.test(trimmed)) return Number(trimmed) * 1000
  const at = httpDate(trimmed)
  return at === null ? undefined : Math.max(0, at - now)
}
