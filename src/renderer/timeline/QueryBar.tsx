import { type RefObject, useMemo, useState } from 'react'
import type { TimelineCount } from '../../contract'
import { useAddress } from '../address'
import type { Answered } from '../api'
import { type QueryError, queryErrors, QueryField, type QueryFieldHandle } from '../query'
import { formatDuration, formatPlural, Shown } from '../shared'
import { isAboutCompanions } from './terms'

export type QueryBarProps = {
  handle: RefObject<QueryFieldHandle | null>
  count: Answered<TimelineCount>
  onLeave: () => void
}

/** The typed query. Enter applies it, Escape brings back the one that is applied. */
export function QueryBar({ handle, count, onLeave }: QueryBarProps) {
  const { address, go } = useAddress()
  const applied = address.query
  const [text, setText] = useState(applied)
  const apply = (typed: string) => {
    if (queryErrors(typed).length > 0) return
    go({ query: typed.trim() }, 'push')
    onLeave()
  }
  const errors = useMemo(() => queryErrors(text), [text])
  const isAboutRows = useMemo(() => isAboutCompanions(applied), [applied])
  const isTyped = text.trim() !== applied
  return (
    <div className="tl-query" data-wrong={errors.length > 0 ? true : undefined}>
      <QueryField handle={handle} text={applied} hint="Type a query: user:akim action:login -outcome:success" onType={setText} onApply={apply} onRestore={onLeave} />
      <span className="tl-query-count" role="status">
        {isTyped && errors.length === 0 && 'Enter applies'}
        {!isTyped && !count.fault && count.value && countWords(count.value, count.current, isAboutRows ? 'row' : 'event')}
      </span>
      {errors[0] && <QueryProblem error={errors[0]} text={text} />}
    </div>
  )
}

function countWords({ rows, tookMs }: TimelineCount, isCurrent: boolean, unit: 'event' | 'row'): string {
  return `${formatPlural(rows, unit)} · ${isCurrent ? formatDuration(tookMs) : '…'}`
}

function QueryProblem({ error, text }: { error: QueryError; text: string }) {
  return (
    <p className="tl-query-problem" role="alert">
      <Shown text={error.message} />{' '}
      <span className="tl-dim">
        {error.from >= text.length ? 'at the end' : `at character ${error.from + 1}`}
      </span>
    </p>
  )
}
