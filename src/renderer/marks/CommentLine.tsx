import { useState } from 'react'
import type { Comment } from '../../contract'
import { useBackend } from '../api'
import { formatPlural, Markdown, Shown, useZone } from '../shared'
import { CommentBox } from './CommentBox'

/** One comment: what it says, who wrote it, what it said before. */
export function CommentLine({ comment, onTakeBack }: { comment: Comment; onTakeBack: () => void }) {
  const backend = useBackend()
  const { format, label } = useZone()
  const [isEditing, setEditing] = useState(false)
  const [showsVersions, setShowsVersions] = useState(false)
  const { id, text, by, at, edited, versions } = comment
  return (
    <li className="mk-comment">
      <header>
        <b>
          <Shown text={by} />
        </b>
        <time className="mk-mono">
          {format(at, 's')} {label}
        </time>
        {edited !== null && (
          <button
            type="button"
            className="link"
            aria-expanded={showsVersions}
            title={`Last edited ${format(edited, 's')} ${label}`}
            onClick={() => setShowsVersions(!showsVersions)}
          >
            edited · {formatPlural(versions.length, 'earlier version')}
          </button>
        )}
        <span className="mk-comment-acts">
          <button type="button" className="link" onClick={() => setEditing(true)} disabled={isEditing}>
            Edit
          </button>
          <button type="button" className="link" onClick={onTakeBack}>
            Take back
          </button>
        </span>
      </header>
      {isEditing ? (
        <CommentBox
          place={`comment ${id}`}
          label="Edit the comment"
          placeholder=""
          act="Save"
          text={text}
          focus
          onSend={async (typed) => {
            if (typed !== text) await backend.call('comment.edit', { id, text: typed })
          }}
          onCancel={() => setEditing(false)}
        />
      ) : (
        <Markdown text={text} top={4} />
      )}
      {showsVersions && <Versions versions={versions} />}
    </li>
  )
}

function Versions({ versions }: Pick<Comment, 'versions'>) {
  const { format, label } = useZone()
  return (
    <ol className="mk-versions" aria-label="Earlier versions">
      {versions.map((version, place) => (
        <li key={place}>
          <p className="mk-mono">
            <Shown text={version.by} /> · {format(version.at, 's')} {label}
          </p>
          <Markdown text={version.text} top={5} />
        </li>
      ))}
    </ol>
  )
}
