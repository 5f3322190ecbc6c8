/** Seconds. A longer pause is a damaged number: everything after it would be pushed out of reach. */
export const LONGEST_PAUSE = 366 * 86_400

/** Seconds of a delay in two runs of digits; null where it is longer than any pause. */
export function delayOf(whole: string, fraction = ''): number | null {
  const seconds = Number(`${whole}.${fraction || '0'}`)
  return Math.abs(seconds) <= LONGEST_PAUSE ? seconds : null
}
