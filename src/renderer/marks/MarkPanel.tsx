import { type ReactNode, useCallback, useState } from 'react'
import type { Subject } from '../../contract'
import { formatPlural, Kbd, useHotkeys } from '../shared'
import { Comments } from './Comments'
import { MarkBar } from './MarkBar'
import { NO_MARKS, subjectName } from './subject-name'
import { SubjectTags } from './SubjectTags'
import { useMarkKeys } from './use-mark-keys'
import { useMarksOf } from './use-marks'

export type MarkPanelProps = {
  subject: Subject
  /** Comments show only when asked for. */
  folded?: boolean
  /** `t` means something else on this screen. */
  withoutTagKey?: boolean
  /** What `b` does here. */
  onAdd?: () => void
  children?: ReactNode
}

/** Marks and comments of the one thing that a screen is about, with the keys for them. */
export function MarkPanel({ subject, folded = false, withoutTagKey = false, onAdd, children }: MarkPanelProps) {
  const [problem, setProblem] = useState('')
  const [isOpen, setOpen] = useState(!folded)
  const [isCommenting, setCommenting] = useState(false)
  const [isTagging, setTagging] = useState(false)
  const begun = useCallback(() => setCommenting(false), [])
  const comment = () => {
    setOpen(true)
    setCommenting(true)
  }
  const onTag = withoutTagKey ? null : () => setTagging(true)
  useMarkKeys({ subject: () => subject, say: setProblem, onTag, onComment: comment, none: '' })
  useHotkeys({ b: () => onAdd?.() }, { when: onAdd !== undefined })
  return (
    <div className="mk-panel">
      <MarkBar subject={subject} keys={withoutTagKey ? 'but tag' : 'all'}>
        {folded && <Fold subject={subject} isOpen={isOpen} onToggle={() => setOpen(!isOpen)} />}
        {children}
      </MarkBar>
      {isOpen && <Comments key={subjectName(subject)} subject={subject} focus={isCommenting} onFocused={begun} hotkey="c" />}
      {problem !== '' && (
        <p className="mk-problem" role="alert">
          {problem}
        </p>
      )}
      {isTagging && <SubjectTags subject={subject} onFault={setProblem} onClose={() => setTagging(false)} />}
    </div>
  )
}

function Fold({ subject, isOpen, onToggle }: { subject: Subject; isOpen: boolean; onToggle: () => void }) {
  const { comments } = useMarksOf([subject])(subject) ?? NO_MARKS
  return (
    <button type="button" className="mk-button" aria-expanded={isOpen} onClick={onToggle}>
      {comments === 0 ? 'Comment' : formatPlural(comments, 'comment')} <Kbd>c</Kbd>
    </button>
  )
}
