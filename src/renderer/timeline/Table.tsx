import { type CSSProperties, type MouseEvent, useCallback, useId, useSyncExternalStore } from 'react'
import type { Subject, TimelineRow } from '../../contract'
import { useAddress } from '../address'
import { useMarksOf } from '../marks'
import { useZone } from '../shared'
import { useActions } from './ActionsContext'
import { COLUMNS, type ColumnId, gridColumns, readWidths } from './column-widths'
import { NewerRows } from './NewerRows'
import { Row, WaitingRows } from './Row'
import { cellValue } from './row-cells'
import { isProportional, ROW_HEIGHT, slotOf, spacerHeight } from './scroll-mapping'
import type { TableLook, TableModel } from './table-model'
import { TableHeader } from './TableHeader'
import { tableKey } from './table-keys'
import { useKept } from './use-kept'
import { useScroller } from './use-scroller'

export type TableProps = {
  model: TableModel
  /** Cell of a row that the keys act on. */
  column: number
  onColumn: (column: number) => void
  /** The pin does not tell the day, so that a time needs its date. */
  withDates: boolean
  onOpenDetail: () => void
}

/** Width in px of a date and a time to the second, and to the millisecond. */
const TIME_WITH_DATE = 158
const FINE_TIME_WITH_DATE = 188

/** All rows of the view; only those in view exist on the page. */
export function Table({ model, column, onColumn, withDates, onOpenDetail }: TableProps) {
  const look = useSyncExternalStore(model.subscribe, model.get)
  const actions = useActions()
  const { address, go } = useAddress()
  const [widths, keepWidths] = useKept('recount.timeline.widths', readWidths)
  const [scroller, onScroll] = useScroller(model, look)
  const id = useId()
  const time = look.isFine ? FINE_TIME_WITH_DATE : TIME_WITH_DATE
  const columns = gridColumns(withDates ? { time, ...widths } : widths)

  const take = (event: MouseEvent<HTMLElement>) => {
    const at = cellUnder(event)
    if (!at) return null
    onColumn(at.column)
    model.moveTo(at.row)
    return at
  }
  const openMenu = (event: MouseEvent<HTMLElement>) => {
    const at = take(event)
    const row = at && look.rows[at.row - look.first]
    if (!at || !row) return
    event.preventDefault()
    actions.openMenu(cellValue(row, columnId(at.column)), { x: event.clientX, y: event.clientY })
  }
  const toggleOrder = useCallback(
    () => go({ order: address.order === 'desc' ? 'asc' : 'desc' }, 'push'),
    [address.order, go],
  )

  return (
    <div className="tl-table" style={{ '--tl-columns': columns } as CSSProperties} data-stale={look.opening ? true : undefined}>
      <div
        ref={scroller}
        className="tl-scroller"
        role="grid"
        tabIndex={0}
        aria-label="Events"
        aria-rowcount={look.total + 1}
        aria-colcount={COLUMNS.length}
        aria-busy={look.opening}
        aria-activedescendant={look.cursor ? `${id}-${slotOf(look.cursor.row, look)}-${column}` : undefined}
        onScroll={onScroll}
        onKeyDown={(event) => tableKey(event, model, { column, onColumn }) && event.preventDefault()}
        onClick={(event) => take(event) && onOpenDetail()}
        onContextMenu={openMenu}
      >
        <TableHeader order={address.order} widths={widths} onWidths={keepWidths} onOrder={toggleOrder} />
        <div
          className="tl-spacer"
          style={{ height: spacerHeight(look) }}
          data-proportional={isProportional(look) ? true : undefined}
        >
          <div className="tl-window" style={{ height: look.viewport }}>
            <Lines look={look} id={id} column={column} withDates={withDates} />
          </div>
        </div>
      </div>
      <NewerRows model={model} />
    </div>
  )
}

type LinesProps = { look: TableLook; id: string; column: number; withDates: boolean }

function Lines({ look, id, column, withDates }: LinesProps) {
  const zone = useZone()
  const marksOf = useMarksOf(look.rows.flatMap((row) => (row ? [subjectOf(row)] : [])))
  if (!look.view && look.fault === null) return <WaitingRows count={Math.ceil(look.viewport / ROW_HEIGHT)} />
  return look.rows.map((row, at) => {
    const index = look.first + at
    const time = row ? zone.format(row.time, row.timePrecision === 's' ? 's' : 'ms') : ''
    return (
      <Row
        key={slotOf(index, look)}
        id={`${id}-${slotOf(index, look)}`}
        row={row}
        index={index}
        y={index * ROW_HEIGHT - look.top}
        time={withDates ? time : time.slice(11)}
        marks={row && marksOf(subjectOf(row))}
        focused={look.cursor?.row === index ? column : null}
      />
    )
  })
}

export function subjectOf({ key }: Pick<TimelineRow, 'key'>): Subject {
  return { kind: 'event', key }
}

/** Row and column under the pointer. */
function cellUnder({ target }: MouseEvent<HTMLElement>): { row: number; column: number } | null {
  if (!(target instanceof Element)) return null
  const line = target.closest<HTMLElement>('[data-row]')
  const id = target.closest<HTMLElement>('[data-column]')?.dataset['column']
  if (!line) return null
  return { row: Number(line.dataset['row']), column: Math.max(0, COLUMNS.findIndex((column) => column.id === id)) }
}

function columnId(at: number): ColumnId {
  return COLUMNS[at]?.id ?? 'what'
}
