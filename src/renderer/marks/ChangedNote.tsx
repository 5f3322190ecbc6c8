import type { SubjectMarks } from '../../contract'
import { useZone } from '../shared'

/** The record is another than the one that was marked: both are told, so that nobody takes the words for those of this one. */
export function ChangedNote({ changed: { then, now, since } }: { changed: NonNullable<SubjectMarks['changed']> }) {
  const { format, label } = useZone()
  return (
    <div className="mk-changed" role="note">
      <b>{now === null ? 'The record that was marked is not held any more.' : 'The record has changed since it was marked.'}</b>
      <dl>
        <dt>
          Marked {format(since, 's')} {label}
        </dt>
        <dd title={then}>SHA-256 {shortHash(then)}</dd>
        <dt>Now</dt>
        <dd title={now ?? undefined}>{now === null ? 'not held' : `SHA-256 ${shortHash(now)}`}</dd>
      </dl>
      {now !== null && <p>What differs stands below, with the record's earlier states.</p>}
    </div>
  )
}

function shortHash(hash: string): string {
  return `${hash.slice(0, 16)}…`
}
