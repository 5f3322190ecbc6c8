import type { TimelineCount, View } from '../../contract'
import type { Answered } from '../api'
import { formatCount } from '../shared'
import { useActions } from './ActionsContext'
import { isAboutCompanions, withFlag } from './terms'

export type TotalsProps = {
  answered: Answered<TimelineCount>
  view: View
  /** Held beside the events that are counted. */
  companions: number
}

/** How many there are, and what keeps the rest from being shown; each reason can be lifted. */
export function Totals({ answered, view, companions }: TotalsProps) {
  const actions = useActions()
  const count = answered.value
  if (answered.fault) return <div className="tl-totals">The events of this view could not be counted.</div>
  if (!count) return <div className="tl-totals" aria-busy="true" />
  const { hidden } = count
  return (
    <div className="tl-totals" role="status" aria-busy={answered.asking}>
      <span>
        <b>{formatCount(count.rows)}</b> of{' '}
        {isAboutCompanions(view.query)
          ? `${formatCount(count.held + companions)} rows, companions included`
          : `${formatCount(count.held)} events`}
      </span>
      {count.matching !== count.rows && (
        <span title="Some records stand for several events, such as “message repeated 5 times”">
          {formatCount(count.matching)} counting repeats
        </span>
      )}
      <Hidden count={hidden.byRange} words="outside the time pin" onShow={() => actions.pin(null)} />
      <Hidden count={hidden.byQuery} words="not matching the query" onShow={() => actions.setQuery('')} />
      <Hidden
        count={hidden.companions}
        words={hidden.companions === 1 ? 'companion hidden' : 'companions hidden'}
        title="Second lines about attempts that other records count"
        onShow={() => actions.setQuery(withFlag(view.query, 'companion'))}
      />
    </div>
  )
}

type HiddenProps = { count: number; words: string; title?: string; onShow: () => void }

function Hidden({ count, words, title, onShow }: HiddenProps) {
  if (count === 0) return null
  return (
    <span title={title}>
      {formatCount(count)} {words} ·{' '}
      <button type="button" className="tl-link" onClick={onShow}>
        show
      </button>
    </span>
  )
}
