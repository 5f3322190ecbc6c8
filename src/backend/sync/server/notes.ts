// Why the ledger says what it says, in the words that are shown.

export const FRESH = 'The newest minutes: the server may still write rows late.'
export const READING = 'Being read; not yet compared with the server\'s total.'
export const IGNORED_WINDOW = 'The server ignored the time window; the whole list is read and filtered here.'
export const MISCOUNTED = 'The server counts more than the time window that was asked for; the list is read without windows.'
export const UNORDERED = 'The server does not list newest first; the whole list is read each time.'
export const REPEATS = 'The server gives the same page again and again; the whole list is read each time.'
export const ASTRAY = 'The server\'s totals do not fit the pages it gives; the list is read in the plainest way.'


/** `what`: as `recordings`. */
export function notTried(what: string): string {
  return `Not asked: no other machine of this server offers ${what}.`
}

/** `parts`: as the server's own words for states. */
export function unlisted(parts: readonly string[]): string {
  return `The server gives no list of what is ${parts.join(' or ')}.`
}

export const MOVING = 'Records changed their state while they were read; the next sync reads all of them again.'

const COUNTS = 'The server counts '

export function listedTwice(times: number): string {
  return times === 1 ? 'The server lists 1 record twice.' : `The server lists ${times} records twice.`
}

export function unreadable(rows: number): string {
  return rows === 1 ? '1 of the server\'s records could not be read.' : `${rows} of the server's records could not be read.`
}

export function disagrees(total: number, given: number): string {
  return `${COUNTS}${total} and gives ${given}.`
}

export function isDisagreement(note: string | undefined): boolean {
  return note?.startsWith(COUNTS) ?? false
}

export function tailOnly(tail: number, sinceBefore: boolean): string {
  const shares = sinceBefore ? 'none of them was held before' : 'nothing proves what came before'
  return `The server returns only the last ${tail}; ${shares}.`
}
