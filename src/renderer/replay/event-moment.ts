import type { RecordedCommand } from '../../contract'
import type { Instant } from '../../domain'
import { loggedMoment } from './command-words'

/** The commands of a recording, when it began, and how many seconds the log's clock is ahead. */
export type Placed = { commands: readonly RecordedCommand[]; start: Instant | null; skew: number }

export type EventMoment = { at: number; isShown: boolean }

/**
 * The moment of an event of the log: where the recording shows it, else (`isShown` is false) where its time falls. Null
 * where neither is known. `time` is that of an event that is no command.
 */
export function eventMoment(key: string, { commands, start, skew }: Placed, time: Instant | null): EventMoment | null {
  const command = commands.find((other) => other.key === key)
  if (command && command.at !== null) return { at: command.at, isShown: true }
  const at = loggedMoment(command?.time ?? time, start, skew)
  return at === null || at < 0 ? null : { at, isShown: false }
}
