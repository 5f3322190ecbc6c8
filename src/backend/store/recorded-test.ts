import type { RecordingRow } from '../../contract'
import type { EventIndex } from './event-index'

/** Clocks of a recorder and of a log may differ by so much. */
const SLACK_MS = 3_600_000

/**
 * Whether a row is of the session of a held recording: that which it names, unless times or users speak against it. Two
 * connections with sessions of the same name, at the same time and of the same user, cannot be told apart here.
 */
export function recordedTest(index: EventIndex, recordings: readonly RecordingRow[]): (row: number) => boolean {
  const bySession = new Map<string, RecordingRow[]>()
  for (const recording of recordings) {
    if (!recording.isHeld || recording.session === null) continue
    bySession.set(recording.session, [...(bySession.get(recording.session) ?? []), recording])
  }
  if (bySession.size === 0) return () => false
  return (row) => {
    const session = index.text('session')?.text(row)
    const recorded = session === undefined ? undefined : bySession.get(session)
    const time = index.times.array[row] ?? 0
    return recorded?.some((recording) => isWithin(time, recording) && isUser(index, row, recording.user)) ?? false
  }
}

function isWithin(time: number, { start, durationMs }: RecordingRow): boolean {
  return start === null || (time > start - SLACK_MS && time < start + (durationMs ?? 0) + SLACK_MS)
}

function isUser(index: EventIndex, row: number, user: string | null): boolean {
  if (user === null) return true
  const names = (['actorName', 'actorEmail', 'actorId'] as const).flatMap((column) => index.text(column)?.text(row) ?? [])
  return names.length === 0 || names.some((name) => name.toLowerCase() === user.toLowerCase())
}
