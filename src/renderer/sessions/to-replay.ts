import type { RecordingRow } from '../../contract'

/** The recording of a session that its replay opens: one that is held, else one that can be fetched there. */
export function toReplay(recordings: readonly RecordingRow[]): RecordingRow | undefined {
  return recordings.find(({ isHeld }) => isHeld) ?? recordings[0]
}
