import { plainCommand, type CommandIndex, type CommandLine } from './command-lines'
import { endsLikePrompt } from './prompts'

/** A place of the recording where a command of the log stands. Times in seconds since the start. */
export type Place = {
  entry: number | null
  typed: number
  /** Latest time at which it ran. */
  ran: number
  /** What stands before it. */
  prompt: string
  isPrompt: boolean
  wasRun: boolean
}

/** A row of the log and a place of its command; `away` seconds apart, `cost` with doubts added. */
export type Pair = { row: number; place: Place; away: number; cost: number; isFar: boolean }

/** A shell's mark that a command runs. */
type Run = { at: number; text: string | null }

export const NEAR_SECONDS = 2.5
const FAR_SECONDS = 30
/** So long a command may stand before it is run. */
const MOST_WAITING = 600
const PLACES_TRIED = 6
/** Of one command: output may hold a word any number of times, and beyond this only prompts count. */
const MOST_UNPROMPTED = 1000
const MOST_PLACES = 20_000
/** What weighs against a line that does not look run, or does not stand after a prompt. */
const DOUBT_SECONDS = 5
/** What bash writes before a command that is looked for with Ctrl R: it stands again after the prompt when it is run. */
const HISTORY_SEARCH = /\((?:failed )?(?:reverse-)?i-search\)`[^']{0,200}': ?$/
/** The mark of a command may come in the batch after its last key, or in the same. */
const MARK_SLACK = 0.25

/** Where each command of the index stands, in order of time. */
export function findPlaces(
  shown: Iterable<CommandLine>,
  runs: readonly Run[],
  index: CommandIndex,
): Map<string, Place[]> {
  const places = new Map<string, Place[]>()
  let run = 0
  for (const line of shown) {
    while ((runs[run]?.at ?? Infinity) < line.typed - MARK_SLACK) run++
    for (const command of index.endsOf(line.text)) {
      const place = placeOn(line, command, runs[run]?.at)
      if (!HISTORY_SEARCH.test(place.prompt)) put(places, command, place)
    }
  }
  const marked = new Map<string, Place[]>()
  for (const { at, text } of runs) {
    const command = text === null ? '' : plainCommand(text)
    // A shell that tells the text is right about it; a line only looks so.
    const line = places.get(command)?.find((place) => Math.abs(place.ran - at) <= MARK_SLACK)
    const place = { entry: null, typed: at, ran: at, prompt: '', isPrompt: true, wasRun: true }
    if (command !== '') put(marked, command, line ?? place)
  }
  for (const all of places.values()) all.sort((a, b) => a.typed - b.typed)
  for (const [command, all] of marked) places.set(command, all)
  return places
}

function placeOn(line: CommandLine, command: string, mark: number | undefined): Place {
  const text = line.text.trimEnd()
  const prompt = text.endsWith(command) ? text.slice(0, text.length - command.length) : ''
  const latest = Math.min(line.ran ?? line.typed, line.typed + MOST_WAITING)
  const isMarked = mark !== undefined && mark <= latest + MARK_SLACK
  return {
    entry: line.entry,
    typed: line.typed,
    ran: isMarked ? mark : latest,
    prompt,
    isPrompt: endsLikePrompt(prompt),
    wasRun: line.ran !== null || isMarked,
  }
}

function put(places: Map<string, Place[]>, command: string, place: Place): void {
  const all = places.get(command)
  if (all === undefined) places.set(command, [place])
  else if (all.length < (place.isPrompt ? MOST_PLACES : MOST_UNPROMPTED)) all.push(place)
}

/** The places nearest to the time at which the log has it. */
export function nearestPairs(row: number, time: number, places: readonly Place[]): Pair[] {
  let after = lastBefore(places, time) + 1
  const pairs: Pair[] = []
  const from = Math.max(after - PLACES_TRIED, 0)
  for (after = Math.min(after + PLACES_TRIED, places.length); after > from; after--) {
    const place = places[after - 1]
    if (place === undefined) continue
    const away = Math.max(place.typed - time, time - Math.max(place.ran, place.typed), 0)
    const doubts = (place.isPrompt ? 0 : 1) + (place.wasRun ? 0 : 1)
    pairs.push({ row, place, away, cost: away + doubts * DOUBT_SECONDS, isFar: away > FAR_SECONDS })
  }
  return pairs
}

function lastBefore(places: readonly Place[], time: number): number {
  let low = 0
  let high = places.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((places[middle]?.typed ?? 0) <= time) low = middle + 1
    else high = middle
  }
  return low - 1
}

/** Gives every row one place and every place to one row, the nearest first. */
export function choosePairs(pairs: readonly (readonly Pair[])[]): Map<number, Pair> {
  const chosen = new Map<number, Pair>()
  const taken = new Set<Place>()
  for (const pair of pairs.flat().sort((a, b) => a.cost - b.cost || a.row - b.row || a.place.typed - b.place.typed)) {
    if (chosen.has(pair.row) || taken.has(pair.place)) continue
    chosen.set(pair.row, pair)
    taken.add(pair.place)
  }
  return chosen
}
