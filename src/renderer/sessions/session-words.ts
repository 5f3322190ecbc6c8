import type { RecordingRow, SessionRow } from '../../contract'
import { formatDuration, formatPlural } from '../shared'

/** How long it lasted, or as far as anything tells of it; empty where nothing does. */
export function lengthWords({ from, to, last, recordings }: SessionRow): string {
  if (from === null) return recordings[0]?.durationMs ? formatDuration(recordings[0].durationMs) : ''
  if (to !== null) return formatDuration(to - from)
  return last === null || last === from ? '' : `≥ ${formatDuration(last - from)}`
}

const STATES: Record<SessionRow['state'], string> = { open: 'open', ended: 'ended', unknown: 'end unknown' }

export function stateWord({ state }: SessionRow): string {
  return STATES[state]
}

/** `2 recordings`, and what of them is not here; null where there is none. */
export function recordingWords(recordings: RecordingRow[]): { text: string; isMissing: boolean } | null {
  if (recordings.length === 0) return null
  const missing = recordings.filter(({ isHeld }) => !isHeld).length
  const all = recordings.length
  if (missing === all) return { text: all === 1 ? 'not fetched' : `${all} not fetched`, isMissing: true }
  const held = all === 1 ? 'recorded' : formatPlural(all, 'recording')
  return { text: missing > 0 ? `${held}, ${missing} not fetched` : held, isMissing: false }
}

/** One sentence, for who cannot see the lane. */
export function sessionSentence(row: SessionRow, format: (at: number) => string): string {
  const lasted = lengthWords(row)
  const parts = [
    row.from === null ? 'at an unknown time' : `at ${format(row.from)}`,
    lasted === '' ? stateWord(row) : `${lasted}, ${stateWord(row)}`,
    formatPlural(row.commands, 'command'),
    ...(row.failures > 0 ? [`${row.failures} failed`] : []),
    ...(row.sudo > 0 ? [`${row.sudo} with sudo`] : []),
    ...(row.files > 0 ? [formatPlural(row.files, 'file transfer')] : []),
    ...(recordingWords(row.recordings) ? [recordingWords(row.recordings)?.text ?? ''] : []),
  ]
  return `${row.user ?? 'unknown user'} on ${row.machine ?? 'unknown machine'}, session ${row.session}, ${parts.join(', ')}`
}

/** `0:07`, `13:28`, `1:02:03` */
export function offsetWords(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds))
  const [hours, minutes, rest] = [Math.floor(whole / 3600), Math.floor((whole % 3600) / 60), whole % 60]
  const tail = `${String(rest).padStart(2, '0')}`
  return hours > 0 ? `${hours}:${String(minutes).padStart(2, '0')}:${tail}` : `${minutes}:${tail}`
}
