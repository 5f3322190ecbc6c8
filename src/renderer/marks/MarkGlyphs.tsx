import { memo } from 'react'
import type { Marks, QuickTag, Subject } from '../../contract'
import { letterOf, marksWords } from './mark-words'
import { useMarksOf } from './use-marks'
import './marks.css'

/** The marks of one line of a list, before its words; nothing where there are none. */
export const MarkGlyphs = memo(function MarkGlyphs({ marks }: { marks: Marks | undefined }) {
  const words = marks ? marksWords(marks) : ''
  if (!marks || words === '') return null
  const { star, quick, tags, comments } = marks
  return (
    <span className="mk-glyphs" role="img" aria-label={words} title={words}>
      {star && <i className="mk-star">★</i>}
      {quick && <QuickLetter tag={quick} />}
      {comments > 0 && <span className="mk-bubble">{countWords(comments)}</span>}
      {tags.length > 0 && <i className="mk-more">#</i>}
    </span>
  )
})

/** The marks of one thing in a list, beside its name. */
export function SubjectGlyphs({ subject }: { subject: Subject }) {
  return <MarkGlyphs marks={useMarksOf([subject])(subject)} />
}

/** A letter on a ground of its own shape, so that the colour is not alone in telling. */
export function QuickLetter({ tag }: { tag: QuickTag }) {
  return (
    <b className="mk-letter" data-quick={tag} aria-hidden="true">
      {letterOf(tag)}
    </b>
  )
}

function countWords(comments: number): string {
  return comments > 9 ? '9+' : String(comments)
}
