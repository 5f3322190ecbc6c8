/** How far the clock of a log is from that of a recording. */
export type Skew = {
  /** To be added to a time of the log. */
  seconds: number
  /** Rows of the log that agree on it, and rows that could. */
  votes: number
  of: number
  /** Enough rows agree; otherwise the clocks are taken for the same, where both are known. */
  isVoted: boolean
}

const BIN_SECONDS = 2
const LEAST_VOTES = 3
/** A command that stands in very many places says nothing of the time. */
const MOST_PLACES = 400
/** Clocks that agree are preferred to clocks that agree only a little better. */
const PREFERENCE = 0.8

/** `time` of a row of the log and `places` where its command stands in the recording, in seconds since the start. */
export type Voter = { time: number; places: readonly number[] }

/** `isClockKnown`: the times of the rows are since the recorded start, not since a moment that was taken for it. */
export function voteSkew(voters: readonly Voter[], isClockKnown: boolean): Skew {
  const able = voters.filter(({ places }) => places.length > 0 && places.length <= MOST_PLACES)
  const weights = new Map<number, number>()
  for (const { time, places } of able) {
    const bins = new Set(places.map((place) => Math.floor((place - time) / BIN_SECONDS)))
    for (const bin of bins) weights.set(bin, (weights.get(bin) ?? 0) + 1 / bins.size)
  }
  const pair = (bin: number): number => (weights.get(bin) ?? 0) + (weights.get(bin + 1) ?? 0)
  let best = -1
  for (const bin of weights.keys()) if (pair(bin) > pair(best)) best = bin
  if (isClockKnown && pair(-1) >= pair(best) * PREFERENCE) best = -1
  const near = able.map((voter) => nearest(voter, best)).filter((away) => away !== null)
  const isVoted = near.length >= LEAST_VOTES
  const seconds = isVoted || !isClockKnown ? (near.sort((a, b) => a - b)[near.length >>> 1] ?? 0) : 0
  return { seconds, votes: near.length, of: able.length, isVoted }
}

/** Of the distances within the bin and the one after it, that nearest to their middle. */
function nearest({ time, places }: Voter, bin: number): number | null {
  const middle = (bin + 1) * BIN_SECONDS
  let found: number | null = null
  for (const place of places) {
    const away = Math.abs(place - time - middle)
    if (away <= BIN_SECONDS && away < Math.abs((found ?? Infinity) - middle)) found = place - time
  }
  return found
}
