import { useState } from 'react'
import type { Comment, Subject, SubjectMarks } from '../../contract'
import { useAnswer, useBackend } from '../api'
import { ErrorState, formatCount, messageOf, Shown, useZone } from '../shared'
import { ChangedNote } from './ChangedNote'
import { CommentBox } from './CommentBox'
import { CommentLine } from './CommentLine'
import { changeWords } from './mark-words'
import { subjectName } from './subject-name'
import './comments.css'

export type CommentsProps = {
  subject: Subject
  /** The field is to have the focus; told back as soon as it has. */
  focus?: boolean
  onFocused?: (() => void) | undefined
  /** The key that leads to the field, where there is one. */
  hotkey?: string | undefined
}

/** What people wrote about one thing, a field to write more, and who marked it when. */
export function Comments({ subject, focus = false, onFocused, hotkey }: CommentsProps) {
  const answer = useAnswer('mark.get', { subject })
  const value = answer.current ? answer.value : null
  const name = subjectName(subject)
  return (
    <section className="mk-comments" aria-label="Comments" aria-busy={answer.asking}>
      {answer.fault && <ErrorState title="The comments could not be read" message={answer.fault.message} />}
      {value?.changed && <ChangedNote changed={value.changed} />}
      <List key={`list ${name}`} subject={subject} comments={value?.comments ?? []} />
      <NewComment key={`new ${name}`} subject={subject} focus={focus} onFocused={onFocused} hotkey={hotkey} />
      {value && value.history.length > 0 && <History history={value.history} />}
    </section>
  )
}

function List({ subject, comments }: { subject: Subject; comments: readonly Comment[] }) {
  const backend = useBackend()
  const [taken, setTaken] = useState<Comment | null>(null)
  const [problem, setProblem] = useState('')
  const attempt = (doing: Promise<unknown>, then: Comment | null) => {
    setProblem('')
    doing.then(() => setTaken(then)).catch((error: unknown) => setProblem(messageOf(error)))
  }
  const takeBack = (comment: Comment) => attempt(backend.call('comment.remove', { id: comment.id }), comment)
  const putBack = ({ text }: Comment) => attempt(backend.call('comment.add', { subject, text }), null)
  return (
    <>
      {comments.length > 0 && (
        <ol>
          {comments.map((comment) => (
            <CommentLine key={comment.id} comment={comment} onTakeBack={() => takeBack(comment)} />
          ))}
        </ol>
      )}
      {taken && (
        <p className="mk-taken" role="status">
          Comment taken back.{' '}
          <button type="button" className="link" onClick={() => putBack(taken)}>
            Undo
          </button>
        </p>
      )}
      {problem !== '' && (
        <p className="mk-problem" role="alert">
          <Shown text={problem} />
        </p>
      )}
    </>
  )
}

function NewComment({ subject, focus, onFocused, hotkey }: CommentsProps) {
  const backend = useBackend()
  return (
    <CommentBox
      place={subjectName(subject)}
      label="Write a comment"
      placeholder={hotkey === undefined ? 'Comment, in Markdown' : `Comment, in Markdown (${hotkey})`}
      act="Comment"
      focus={focus ?? false}
      onFocused={onFocused}
      onSend={async (text) => {
        await backend.call('comment.add', { subject, text })
      }}
    />
  )
}

function History({ history }: { history: SubjectMarks['history'] }) {
  const { format, label } = useZone()
  return (
    <details className="mk-history">
      <summary>History of the marks · {formatCount(history.length)}</summary>
      <ul>
        {history.map(({ at, by, change }, place) => (
          <li key={place}>
            <span className="mk-mono">
              {format(at, 's')} {label}
            </span>{' '}
            <Shown text={by} /> · <Shown text={changeWords(change)} />
          </li>
        ))}
      </ul>
    </details>
  )
}
