import { type ReactNode, useMemo } from 'react'
import type { TimeRange } from '../../domain'
import { useAnswer } from '../api'
import { ALL_TIME } from './coverage'
import { coverageNote, noteWords } from './coverage-note'
import './list.css'

/** What a list rests on: null while it is not known, empty where nothing is lacking; `none` is said where no list is held. */
export function useLackingWords(range: TimeRange | null, none: string): string | null {
  const ranges = useAnswer('coverage.ranges', { range: ALL_TIME }).value
  return useMemo(() => ranges && (noteWords(coverageNote(ranges, range), none) ?? ''), [ranges, range, none])
}

type ListFootProps = {
  /** Of `useLackingWords`. */
  lacking: string | null
  onSources: () => void
  children: ReactNode
}

/** Under a list: how far it can be relied on. */
export function ListFoot({ lacking, onSources, children }: ListFootProps) {
  return (
    <footer className="list-foot">
      {children}
      {lacking !== null && (
        <span className={lacking === '' ? undefined : 'list-lacking'} title={lacking}>
          {lacking === '' ? 'Every list is complete here' : lacking}
        </span>
      )}
      {lacking !== null && lacking !== '' && (
        <button type="button" className="link" onClick={onSources}>
          Sources & coverage
        </button>
      )}
    </footer>
  )
}
