import { type ReactNode, useCallback, useEffect, useMemo, useRef, useState } from 'react'
import type { Histogram as Counts, TimelineCount, View } from '../../contract'
import type { TimeRange } from '../../domain'
import { useAddress } from '../address'
import { type Answered, useAnswer } from '../api'
import { ExportMenu } from '../exports'
import type { QueryFieldHandle } from '../query'
import { ErrorState } from '../shared'
import { ActionsContext, useActions } from './ActionsContext'
import { COLUMNS } from './column-widths'
import { Detail } from './Detail'
import { Facets } from './Facets'
import { Histogram } from './Histogram'
import { LiveToggle } from './LiveToggle'
import { NoMatch } from './NoMatch'
import { QueryBar } from './QueryBar'
import { Table } from './Table'
import { TimePin } from './TimePin'
import { Totals } from './Totals'
import { useCursor } from './use-cursor'
import { useKept } from './use-kept'
import { type TableUse, useTableModel } from './use-table-model'
import { useTimelineKeys } from './use-timeline-keys'
import { useTimelineMarks } from './use-timeline-marks'
import { useViewActions } from './use-view-actions'
import { ValueMenu } from './ValueMenu'
import './timeline.css'

const DAY = 86_400_000
/** The column that tells what happened. */
const FIRST_COLUMN = COLUMNS.findIndex(({ id }) => id === 'what')

/** The timeline: query, chart, facets, rows and the event under the cursor, all of one view. */
export function Timeline() {
  const { address } = useAddress()
  const { query, range, order } = address
  const view = useMemo<View>(() => ({ query, range, order }), [query, range, order])
  const { actions, menu, closeMenu, said } = useViewActions()
  const { value: workspace } = useAnswer('workspace.summary', {})
  const held = workspace?.range ?? null
  const table = useTableModel(view, address.selected)
  const count = useAnswer('timeline.count', { view: { ...view, order: 'desc' } }, table.isOpening)
  const matching = count.current ? (count.value?.rows ?? null) : null
  const [column, setColumn] = useState(FIRST_COLUMN)
  const [counts, setCounts] = useState<Counts | null>(null)
  const bar = useRef<QueryFieldHandle>(null)
  const { body, focusTable } = useTableFocus()
  const cursor = useCursor(table.model, actions)
  useTimelineKeys({
    model: table.model,
    actions,
    counts,
    column,
    detailOpen: cursor.detailKey !== null,
    onDetail: cursor.showDetail,
    onQuery: () => bar.current?.focus(),
    onLeave: cursor.leave,
  })
  const marks = useTimelineMarks({ model: table.model, actions, view, cursor })

  return (
    <ActionsContext value={actions}>
      <div ref={body} className="tl">
        <div className="tl-top">
          <QueryBar handle={bar} count={count} onLeave={focusTable} />
          <TimePin held={held} />
          <LiveToggle />
          <ExportMenu what={{ view }} noun="events" label="Export this view" disabled={matching === 0} onSaved={() => actions.say('View exported')} />
        </div>
        <Histogram query={query} range={range} marked={cursor.time} waits={table.isOpening} onCounts={setCounts} />
        <Panes detailOpen={cursor.detailKey !== null} view={view} connections={workspace?.connections.length ?? 0} waits={table.isOpening}>
          <div className="tl-middle">
            <Table
              model={table.model}
              column={column}
              onColumn={setColumn}
              withDates={isLong(range)}
              onOpenDetail={() => cursor.showDetail(true)}
            />
            <Cover table={table} count={count} view={view} />
            <Totals answered={count} view={view} companions={workspace?.companions ?? 0} />
          </div>
          {cursor.detailKey !== null && (
            <Detail eventKey={cursor.detailKey} onClose={cursor.hideDetail} onSelect={cursor.select} commenting={marks.commenting} />
          )}
        </Panes>
        <Said words={said} />
        {menu && <ValueMenu open={menu} within={range ?? held} marks={marks.menu} matching={matching} onClose={closeMenu} />}
        {marks.dialogs}
      </div>
    </ActionsContext>
  )
}

/** The table has the focus where nothing else has it. */
function useTableFocus() {
  const body = useRef<HTMLDivElement>(null)
  const focusTable = useCallback(() => body.current?.querySelector<HTMLElement>('[role=grid]')?.focus(), [])
  useEffect(() => {
    if (document.activeElement === document.body) focusTable()
  }, [focusTable])
  return { body, focusTable }
}

/** Without a pin that names the day, rows need their dates. */
function isLong(range: TimeRange | null): boolean {
  return range === null || range.to - range.from > DAY
}

type PanesProps = { detailOpen: boolean; view: View; connections: number; waits: boolean; children: ReactNode }

function Panes({ detailOpen, view, connections, waits, children }: PanesProps) {
  const [facetsOpen, keepFacetsOpen] = useKept('recount.timeline.facets', (text) => text !== 'false')
  const hide = useCallback(() => keepFacetsOpen(false), [keepFacetsOpen])
  return (
    <div className="tl-body" data-facets={facetsOpen} data-detail={detailOpen}>
      {facetsOpen ? (
        <Facets view={view} connections={connections} waits={waits} onHide={hide} />
      ) : (
        <button
          type="button"
          className="tl-facets-shut"
          aria-label="Show facets"
          title="Show facets"
          onClick={() => keepFacetsOpen(true)}
        >
          <span aria-hidden="true">›</span> <span>Facets</span>
        </button>
      )}
      {children}
    </div>
  )
}

type CoverProps = { table: TableUse; count: Answered<TimelineCount>; view: View }

/** What stands in place of the rows where there are none. */
function Cover({ table, count, view }: CoverProps) {
  const actions = useActions()
  if (table.fault) {
    return (
      <div className="tl-cover">
        <ErrorState title="The rows could not be read" message={table.fault} onRetry={table.retry} />
        {view.query !== '' && (
          <button type="button" className="tl-link" onClick={() => actions.setQuery('')}>
            clear the query
          </button>
        )}
      </div>
    )
  }
  if (!count.current || !count.value || count.value.rows > 0) return null
  return <NoMatch count={count.value} view={view} />
}

/** Shown for a moment, and read out. */
function Said({ words }: { words: string }) {
  return (
    <>
      {words !== '' && (
        <div className="tl-said" aria-hidden="true">
          {words}
        </div>
      )}
      <div className="tl-unseen" role="status">
        {words}
      </div>
    </>
  )
}
