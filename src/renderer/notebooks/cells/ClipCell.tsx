import type { RecordingClip } from '../../../contract'
import { shownText } from '../../../domain'
import { PlaceLink } from '../../address'
import { useAnswer } from '../../api'
import { Markdown, Shown } from '../../shared'
import { clock } from '../clip-times'
import { usePage } from '../page-context'
import { TextEditor } from '../TextEditor'
import { Card } from './Card'
import type { CellProps } from './cell-props'
import { leadsNowhere } from './TextCell'

/** A stretch of a recording: the screen at its end, and the way into the player. */
export function ClipCell({ id, content, isEditing, onEdit }: CellProps<'clip'>) {
  const { write, flush } = usePage()
  const { title, clip, note } = content
  return (
    <Card
      head={<ClipTitle title={title} clip={clip} />}
      meta={
        <PlaceLink place={{ screen: 'replay', recording: clip.recording, moment: clip.from }}>open in player</PlaceLink>
      }
    >
      <pre className="nb-screen" tabIndex={0} aria-label="Screen at the end of the clip">
        {screenText(clip.screen) || ' '}
      </pre>
      <div className="nb-clip-note">
        {isEditing ? (
          <TextEditor
            label="Note"
            hint="What the clip shows"
            text={note}
            onText={(text) => write(id, { ...content, note: text })}
            onLeave={() => {
              flush()
              onEdit(false)
            }}
          />
        ) : note === '' ? (
          <button type="button" className="link" onClick={() => onEdit(true)}>
            Add a note
          </button>
        ) : (
          <div className="nb-text" onClick={({ target }) => leadsNowhere(target) && onEdit(true)}>
            <Markdown text={note} />
          </div>
        )}
      </div>
    </Card>
  )
}

function ClipTitle({ title, clip }: { title: string; clip: RecordingClip }) {
  const { value } = useAnswer('recording.list', {})
  const held = value?.find(({ id }) => id === clip.recording)
  const name = title || held?.title || held?.session || held?.machine || 'recording'
  const isOther = held !== undefined && clip.sha256 !== null && held.sha256 !== null && held.sha256 !== clip.sha256
  return (
    <span>
      Replay clip <span className="nb-dim">·</span> <Shown text={name} /> <span className="nb-dim">·</span> {clock(clip.from)} → {clock(clip.to)}
      {isOther && <span className="nb-drift">the recording has changed since</span>}
    </span>
  )
}

/** Lines of a screen without the blanks at their ends and the empty ones under the last. */
function screenText(screen: string): string {
  return screen
    .split('\n')
    .map((line) => shownText(line.trimEnd()))
    .join('\n')
    .trimEnd()
}
