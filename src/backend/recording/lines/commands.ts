import type { Instant } from '../../../domain'
import { CommandIndex, commandLines, plainCommand, type CommandLine } from './command-lines'
import { choosePairs, findPlaces, NEAR_SECONDS, nearestPairs, type Pair, type Place } from './command-places'
import { voteSkew, type Skew } from './command-skew'
import type { LineColumns } from './line-columns'
import { markedRuns, type PromptMark } from './prompt-marks'
import { learnPrompts } from './prompts'

/** A command as a log has it. */
export type LoggedCommand = { time: Instant; command: string }

/** `none`: the recording does not show it. */
export type Confidence = 'certain' | 'likely' | 'uncertain' | 'none'

export type CommandMoment = {
  confidence: Confidence
  /** Seconds since the start at which it is typed and about to run. */
  at: number | null
  /** Its first entry; null where it is known by a mark of the shell alone. */
  entry: number | null
  /** It is number `match`, from 1, of the `of` places where the recording shows this command. */
  match: number
  of: number
  /** Seconds between that and the time of the log, the skew taken out. */
  away: number | null
}

/** A line that reads like a command at a prompt. */
export type TypedCommand = { at: number; command: string; entry: number }

export type CommandComparison = {
  /** For each row of the log, in its order. */
  moments: CommandMoment[]
  skew: Skew
  /** Indexes of rows that the recording does not show, or not at that time. */
  notSeen: number[]
  /** What was typed and run and has no row. */
  notLogged: TypedCommand[]
}

export type CommandsAsk = {
  lines: LineColumns
  /** When the recording began. */
  start: Instant | null
  log: readonly LoggedCommand[]
  marks?: readonly PromptMark[]
}

/** Leave no line below them. */
const WIPING = /^(?:clear|reset|exit|logout)\b/

/** Finds the moment of every command of a log, and what only one of log and recording has. */
export function compareCommands({ lines, start, log, marks = [] }: CommandsAsk): CommandComparison {
  const origin = start ?? log[0]?.time ?? 0
  const rows = log.map(({ time, command }) => ({ time: (time - origin) / 1000, command: plainCommand(command) }))
  const shown = commandLines(lines)
  const places = findPlaces(shown, markedRuns(marks), new CommandIndex(rows.map(({ command }) => command)))
  const placesOf = (row: number): readonly Place[] => places.get(rows[row]?.command ?? '') ?? []
  const times = new Map([...places].map(([command, all]) => [command, all.map(({ typed }) => typed)]))
  const voters = rows.map(({ time, command }) => ({ time, places: times.get(command) ?? [] }))
  const skew = voteSkew(voters, start !== null)
  const pairs = rows.map(({ time }, row) => nearestPairs(row, time + skew.seconds, placesOf(row)))
  const chosen = choosePairs(pairs)
  const isTimeSure = skew.isVoted || start !== null
  const moments = rows.map((_, row): CommandMoment => {
    const all = placesOf(row)
    const pair = chosen.get(row)
    if (pair === undefined) return { confidence: 'none', at: null, entry: null, match: 0, of: all.length, away: null }
    const { typed, entry } = pair.place
    const confidence = confidenceOf(pair, { others: pairs[row] ?? [], of: all.length, isTimeSure })
    return { confidence, at: typed, entry, match: all.indexOf(pair.place) + 1, of: all.length, away: pair.away }
  })
  const notSeen = moments.flatMap((moment, row) => (isFound(moment) ? [] : [row]))
  const found = [...chosen.values()].filter(({ row }) => isFound(moments[row]))
  return { moments, skew, notSeen, notLogged: notLogged(shown, found) }
}

function isFound(moment: CommandMoment | undefined): boolean {
  return moment?.confidence === 'certain' || moment?.confidence === 'likely'
}

function confidenceOf(pair: Pair, known: { others: readonly Pair[]; of: number; isTimeSure: boolean }): Confidence {
  const { isPrompt } = pair.place
  if (pair.isFar) return 'uncertain'
  if (!known.isTimeSure) return isPrompt && known.of === 1 ? 'likely' : 'uncertain'
  const rivals = known.others.filter((other) => other.place !== pair.place && other.cost <= NEAR_SECONDS * 2)
  return isPrompt && pair.cost <= NEAR_SECONDS && rivals.length === 0 ? 'certain' : 'likely'
}

function notLogged(shown: Iterable<CommandLine>, found: readonly Pair[]): TypedCommand[] {
  const near = found.filter(({ away, place }) => away <= NEAR_SECONDS && place.isPrompt)
  const logged = new Set(found.map(({ place }) => place.entry))
  return typedCommands(shown, near.map(({ place }) => place.prompt)).filter(({ entry }) => !logged.has(entry))
}

/** Lines that read like commands which were typed at a prompt and run; `prompts` are some of this recording. */
export function typedCommands(shown: Iterable<CommandLine>, prompts: readonly string[]): TypedCommand[] {
  const known = learnPrompts(prompts)
  const typed: TypedCommand[] = []
  for (const line of shown) {
    const length = known.lengthIn(line.text, line.isTyped)
    const command = line.text.slice(length).trim()
    if (length === 0 || command === '' || (line.ran === null && !WIPING.test(command))) continue
    typed.push({ at: line.typed, command, entry: line.entry })
  }
  return typed
}
