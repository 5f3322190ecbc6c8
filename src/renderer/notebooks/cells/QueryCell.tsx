import { useState } from 'react'
import type { View } from '../../../contract'
import { isSameView, PlaceLink, viewPlace } from '../../address'
import { useAnswer } from '../../api'
import { ExportMenu } from '../../exports'
import { formatPlural, messageOf, Shown, Spinner } from '../../shared'
import { usePage } from '../page-context'
import { Card } from './Card'
import type { CellProps } from './cell-props'
import { EventRows } from './EventRows'
import { FreezeButton, FrozenFacts } from './FreezeParts'
import { ViewTitle } from './ViewTitle'
import { ViewForm } from './ViewForm'

/** Rows that a cell shows at first, and when more are asked for. */
const FEW = 8
const MANY = 50

/** The rows of a query, as they are now or as they were when they were frozen. */
export function QueryCell({ id, content, isEditing, onEdit }: CellProps<'query'>) {
  const { write } = usePage()
  const { title, view, frozen } = content
  const [turn, setTurn] = useState(0)
  const [count, setCount] = useState(FEW)
  if (isEditing) {
    return (
      <ViewForm
        titleName="Title"
        title={title}
        view={view}
        onCancel={() => onEdit(false)}
        onApply={(_form, next, words) => {
          write(id, { ...content, title: words, view: next, frozen: isSameView(next, view) ? frozen : null })
          onEdit(false)
        }}
      />
    )
  }
  const more = (total: number, held: number) => <Foot total={total} shown={held} view={view} onMore={count < MANY && held < total && held < MANY ? () => setCount(MANY) : null} />
  return (
    <Card
      head={<ViewTitle title={title} view={view} onEdit={() => onEdit(true)} />}
      meta={
        <>
          {frozen ? <FrozenFacts frozen={frozen} /> : <LiveFacts key={turn} view={view} />}
          {!frozen && (
            <button type="button" className="link" onClick={() => setTurn(turn + 1)}>
              rerun
            </button>
          )}
          {!frozen && <ExportMenu what={{ view }} noun="events" disabled={false} isSmall />}
          <FreezeButton view={view} frozen={frozen} onFrozen={(next) => write(id, { ...content, frozen: next })} />
        </>
      }
    >
      {frozen ? (
        <>
          <EventRows label={title || 'Frozen rows'} rows={frozen.first.slice(0, count)} view={view} />
          {more(frozen.rows, Math.min(count, frozen.first.length))}
        </>
      ) : (
        <LiveRows key={turn} view={view} count={count} label={title || 'Rows'} more={more} />
      )}
    </Card>
  )
}

function LiveFacts({ view }: { view: View }) {
  const { value, current, fault } = useAnswer('timeline.count', { view })
  if (fault) return <span className="nb-failed">not counted</span>
  return <span>{value && current ? `${formatPlural(value.rows, 'event')} · live` : 'counting'}</span>
}

type LiveRowsProps = { view: View; count: number; label: string; more: (total: number, shown: number) => React.ReactNode }

function LiveRows({ view, count, label, more }: LiveRowsProps) {
  const { value, fault } = useAnswer('timeline.rows', { view, at: 0, count })
  if (fault) return <p className="nb-note nb-failed">{<Shown text={`! ${messageOf(fault)}`} />}</p>
  if (!value) return <Spinner label="Reading the rows" />
  if (value.total === 0) return <NothingHeld view={view} />
  return (
    <>
      <EventRows label={label} rows={value.rows} view={view} />
      {more(value.total, value.rows.length)}
    </>
  )
}

/** Nothing that is held matches, which is not that nothing happened. */
function NothingHeld({ view }: { view: View }) {
  const { value } = useAnswer('timeline.count', { view })
  return (
    <p className="nb-note nb-dim">
      {value?.coverage === 'complete' ? 'Nothing matches; the range is complete.' : 'Nothing that is held matches. The range is not known to be complete.'}
    </p>
  )
}

type FootProps = { total: number; shown: number; view: View; onMore: (() => void) | null }

function Foot({ total, shown, view, onMore }: FootProps) {
  if (total <= shown) return null
  return (
    <p className="nb-note nb-dim">
      {formatPlural(shown, 'row')} of {total.toLocaleString('en-US')} shown.{' '}
      {onMore && (
        <button type="button" className="link" onClick={onMore}>
          Show more
        </button>
      )}{' '}
      <PlaceLink place={viewPlace(view, null)}>All on the timeline</PlaceLink>
    </p>
  )
}
