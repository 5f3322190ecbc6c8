import type { Methods, RecordedCommand } from '../../contract'
import type { Instant, Outcome } from '../../domain'
import { compareCommands, type CommandsAsk, type Confidence } from './lines/commands'

/** A command as an event of the log has it. */
export type LogRow = { key: string; time: Instant; command: string; outcome: Outcome; exitCode: number | null }

export type CommandRowsAsk = Omit<CommandsAsk, 'log'> & { log: readonly LogRow[] }

const CONFIDENCES: Record<Confidence, RecordedCommand['confidence']> = {
  certain: 'sure',
  likely: 'likely',
  uncertain: 'possible',
  none: null,
}

/** The commands of a log beside a recording, with those that only one of the two has, in order of time. */
export function commandRows({ log, ...shown }: CommandRowsAsk): Methods['recording.commands'] {
  const { moments, skew, notLogged } = compareCommands({ ...shown, log })
  const origin = shown.start ?? log[0]?.time ?? 0
  const logged = log.map(({ key, time, command, outcome, exitCode }, row) => {
    const moment = moments[row]
    const at = moment?.at ?? null
    const recorded: RecordedCommand = {
      command,
      key,
      time,
      at,
      confidence: CONFIDENCES[moment?.confidence ?? 'none'],
      nth: moment?.match ?? 0,
      matches: moment?.of ?? 0,
      outcome,
      exitCode,
    }
    return { recorded, order: at ?? (time - origin) / 1000 + skew.seconds }
  })
  const typed = notLogged.map(({ at, command }) => ({ recorded: unlogged(command, at), order: at }))
  const commands = [...logged, ...typed].sort((a, b) => a.order - b.order).map(({ recorded }) => recorded)
  return { commands, skew: skew.isVoted ? 0 - skew.seconds : null }
}

function unlogged(command: string, at: number): RecordedCommand {
  return { command, key: null, time: null, at, confidence: null, nth: 1, matches: 1, outcome: 'unknown', exitCode: null }
}
