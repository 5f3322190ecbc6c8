import type { RecordedCommand } from '../../contract'
import type { Instant } from '../../domain'

export type CommandTag = { words: string; hint: string; look: 'plain' | 'bad' }

const LOG_ONLY: CommandTag = { words: 'log only', hint: 'The log has it, the recording does not show it', look: 'plain' }
const SCREEN_ONLY: CommandTag = { words: 'screen only', hint: 'The recording shows it, the log does not have it', look: 'plain' }
const FAILED: CommandTag = { words: 'failed', hint: 'The log says that it failed', look: 'bad' }

/** What a row says beside the command. `logged`: there is a log to compare with at all. */
export function commandTags(command: RecordedCommand, logged: boolean): CommandTag[] {
  const { key, at, confidence, nth, matches, outcome, exitCode } = command
  const tags: CommandTag[] = []
  if (at === null) tags.push(LOG_ONLY)
  else if (key === null && logged) tags.push(SCREEN_ONLY)
  if (key !== null && at !== null && confidence === 'possible') {
    tags.push({ words: 'possible', hint: 'The text is the same, the time does not fit', look: 'plain' })
  }
  if (key !== null && at !== null && confidence === 'likely') {
    tags.push({ words: 'likely', hint: 'The time fits', look: 'plain' })
  }
  if (at !== null && matches > 1) {
    tags.push({ words: `${nth} of ${matches}`, hint: `Of ${matches} places in this recording that show this text, the one at number ${nth}`, look: 'plain' })
  }
  if (exitCode !== null && exitCode !== 0) tags.push({ words: `exit ${exitCode}`, hint: 'Exit code', look: 'bad' })
  else if (exitCode === null && outcome === 'failure') tags.push(FAILED)
  return tags
}

/** Which of them stands under the moment: the last that the recording shows by then. Rows without a moment never do. */
export function commandAt(commands: readonly Pick<RecordedCommand, 'at'>[], time: number): number | null {
  let found: number | null = null
  let latest = -1
  for (const [index, { at }] of commands.entries()) {
    if (at === null || at > time + 1e-6 || at < latest) continue
    found = index
    latest = at
  }
  return found
}

/** Where a command that the recording does not show would stand by the clock of the log; null where that is not known. */
export function loggedMoment(time: Instant | null, start: Instant | null, skew: number): number | null {
  return time === null || start === null ? null : (time - start) / 1000 - skew
}
