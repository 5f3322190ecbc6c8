import { isDigit, type Scan } from '../stamp'

/** What a line of sshd says of an attempt to sign in. `closed` ends one before anybody was signed in. */
export type Attempt = 'accepted' | 'failed' | 'invalid' | 'pam' | 'closed'

/** The lines by which others are judged; `closed` is none of them. */
export type Sign = Exclude<Attempt, 'closed'>

/** rsyslog's `message repeated 5 times: [ ... ]`: the message inside and how often it came. */
export type Fold = { from: number; to: number; weight: number }

const FOLD = 'message repeated '
const WEIGHT_DIGITS = 9

/** The fold a message is, or null. Places are in the scanned text. */
export function readFold({ text, at, end }: Scan): Fold | null {
  if (!text.startsWith(FOLD, at)) return null
  const times = text.indexOf(' ', at + FOLD.length)
  const weight = readCount(text, at + FOLD.length)
  if (weight < 1 || !text.startsWith(' times: [ ', times) || text.charCodeAt(end - 1) !== 93) return null
  return { from: times + 10, to: end - 1, weight }
}

/** A positive count written at a place, or 0 when there is none that can be meant. */
export function readCount(text: string, at: number): number {
  let count = 0
  let i = at
  while (isDigit(text, i)) {
    if (i - at >= WEIGHT_DIGITS) return 0
    count = count * 10 + text.charCodeAt(i++) - 48
  }
  return count
}

/** The one judgement of a message that both passes share. */
export function signOf(scan: Scan): Sign | null {
  const { text, at, end } = scan
  switch (text.charCodeAt(at)) {
    case 65:
      return methodEnd(scan, 'Accepted ') < 0 ? null : 'accepted'
    case 70: {
      const method = methodEnd(scan, 'Failed ')
      if (method < 0) return null
      const from = text.indexOf(' from ', method)
      return from >= 0 && from < end ? 'failed' : null
    }
    case 73:
      return text.startsWith('Invalid user ', at) || text.startsWith('Illegal user ', at) ? 'invalid' : null
    default:
      return pamFailure(scan) < 0 ? null : 'pam'
  }
}

/** Where the user's name starts in `Failed METHOD for USER`, or -1. */
export function methodEnd({ text, at, end }: Scan, verb: string): number {
  if (!text.startsWith(verb, at)) return -1
  const space = text.indexOf(' ', at + verb.length)
  return space > 0 && space + 5 <= end && text.startsWith(' for ', space) ? space + 5 : -1
}

/** Where `authentication failure; ...` or `N more authentication failures; ...` starts, or -1. */
export function pamFailure(scan: Scan): number {
  const { text } = scan
  const start = pamBody(scan)
  if (text.startsWith('authentication failure;', start)) return start
  if (!isDigit(text, start)) return -1
  let word = start
  while (isDigit(text, word)) word++
  return text.startsWith(' more authentication failure', word) && readCount(text, start) > 0 ? start : -1
}

/** Passes `pam_unix(sshd:auth): `, `(pam_unix) ` or `PAM `; lines of `sshd(pam_unix)` have none. */
export function pamBody({ text, at, end }: Scan): number {
  switch (text.charCodeAt(at)) {
    case 112: {
      if (!text.startsWith('pam_unix', at)) return at
      const colon = text.indexOf(': ', at)
      return colon > 0 && colon < end ? colon + 2 : at
    }
    case 40:
      return text.startsWith('(pam_unix) ', at) ? at + 11 : at
    case 80:
      return text.startsWith('PAM ', at) ? at + 4 : at
    default:
      return at
  }
}
