import type { ImportPreview, PreviewedRecording, TimelineRow } from '../../contract'
import { formatDuration, formatPlural, Shown, useZone } from '../shared'

const MOST_ROWS = 6

/** The first events of a file as the timeline would show them. */
export function PreviewSample({ file }: { file: ImportPreview['files'][number] }) {
  const { label } = useZone()
  if (file.recording) return <p className="import-note">{recordingWords(file.recording)}</p>
  if (file.sample.length === 0) {
    return <p className="import-note">The first lines of this file hold no event that is kept.</p>
  }
  return (
    <section className="preview-sample" aria-label="First events">
      <table>
        <thead>
          <tr>
            <th scope="col">Time ({label})</th>
            <th scope="col">User</th>
            <th scope="col">What happened</th>
            <th scope="col">Outcome</th>
          </tr>
        </thead>
        <tbody>
          {file.sample.slice(0, MOST_ROWS).map((row) => (
            <SampleRow key={row.key} row={row} />
          ))}
        </tbody>
      </table>
    </section>
  )
}

function recordingWords({ parts, cols, rows, durationMs }: PreviewedRecording): string {
  const size = cols === null || rows === null ? '' : `, ${cols} by ${rows} characters`
  const long = durationMs === null ? '' : `, ${formatDuration(durationMs)} long`
  return `${parts === 1 ? 'A recording' : formatPlural(parts, 'recording')} of a terminal${size}${long}. It is played under Sessions.`
}

const OUTCOME = { success: 'ok', failure: 'failed', unknown: 'unknown' } as const

function SampleRow({ row }: { row: TimelineRow }) {
  const { format } = useZone()
  return (
    <tr>
      <td className="mono">{format(row.time, row.timePrecision)}</td>
      <td>{row.user === null ? <span className="import-note">(none)</span> : <Shown text={row.user} />}</td>
      <td className="preview-what mono">
        <Shown text={row.lead} /> <Shown text={row.detail} className="preview-detail" />
      </td>
      <td className={`preview-${row.outcome}`}>{OUTCOME[row.outcome]}</td>
    </tr>
  )
}
