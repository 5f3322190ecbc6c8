// Why the ledger says what it says, in the words that are shown.

export const FRESH = 'The newest minutes: the server may still write rows late.'
export const READING = 'Being read; not yet compared with the server\'s total.'
export const IGNORED_WINDOW = 'The server ignored the time window; the whole list is read and filtered here.'
export const UNORDERED = 'The server does not list newest first; the whole list is read each time.'

export function listedTwice(times: number): string {
  return times === 1 ? 'The server lists 1 record twice.' : `The server lists ${times} records twice.`
}

export function disagrees(total: number, given: number): string {
  return `The server counts ${total} and gives ${given}.`
}

export function tailOnly(tail: number, sinceBefore: boolean): string {
  const shares = sinceBefore ? 'none of them was held before' : 'nothing proves what came before'
  return `The server returns only the last ${tail}; ${shares}.`
}
