import { type ReactNode, useState } from 'react'
import type { Subject } from '../../contract'
import { Shown } from '../shared'
import { QuickLetter } from './MarkGlyphs'
import { NO_MARKS } from './subject-name'
import { QUICK } from './mark-words'
import { SubjectTags } from './SubjectTags'
import { useMarkActs, useMarksOf } from './use-marks'
import './marks.css'

export type MarkBarProps = {
  subject: Subject
  /** Keys that the screen has for this subject, to be told on hover. */
  keys?: 'all' | 'but tag' | 'none'
  children?: ReactNode
}

/** Star, quick tags and tags of one thing, to see and to change. */
export function MarkBar({ subject, keys = 'none', children }: MarkBarProps) {
  const [problem, setProblem] = useState('')
  const [isTagging, setTagging] = useState(false)
  const marks = useMarksOf([subject])(subject)
  const acts = useMarkActs(setProblem)
  const { star, quick, tags } = marks ?? NO_MARKS
  const act = (doing: () => void) => {
    setProblem('')
    doing()
  }
  return (
    <div className="mk-bar" role="group" aria-label="Marks" aria-busy={!marks}>
      <div className="mk-buttons">
        <button
          type="button"
          className="mk-button"
          aria-pressed={star}
          aria-label="Star"
          title={withKey(star ? 'Take the star away' : 'Star', keys !== 'none' && 's')}
          onClick={() => act(() => acts.star(subject))}
        >
          <span className="mk-star" aria-hidden="true">
            {star ? '★' : '☆'}
          </span>
        </button>
        {QUICK.map(({ tag, key, title }) => (
          <button
            key={tag}
            type="button"
            className="mk-button"
            aria-pressed={quick === tag}
            title={withKey(title, keys !== 'none' && key)}
            onClick={() => act(() => acts.quick(subject, tag))}
          >
            <QuickLetter tag={tag} />
            {title}
          </button>
        ))}
        <button
          type="button"
          className="mk-button mk-add"
          title={withKey('Tag', keys === 'all' && 't')}
          onClick={() => setTagging(true)}
        >
          + Tag
        </button>
        {children}
      </div>
      {tags.length > 0 && <Tags tags={tags} onRemove={(tag) => act(() => acts.tag(subject, { remove: [tag] }))} />}
      {problem !== '' && (
        <p className="mk-problem" role="alert">
          {problem}
        </p>
      )}
      {isTagging && <SubjectTags subject={subject} onFault={setProblem} onClose={() => setTagging(false)} />}
    </div>
  )
}

function withKey(words: string, key: string | false): string {
  return key === false ? words : `${words} (${key})`
}

function Tags({ tags, onRemove }: { tags: readonly string[]; onRemove: (tag: string) => void }) {
  return (
    <ul className="mk-tags" aria-label="Tags">
      {tags.map((tag) => (
        <li key={tag} className="mk-tag">
          <Shown text={tag} />
          <button type="button" aria-label={`Take the tag ${tag} away`} title="Take the tag away" onClick={() => onRemove(tag)}>
            ✕
          </button>
        </li>
      ))}
    </ul>
  )
}
