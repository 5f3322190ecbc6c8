import type { Histogram, TimelineRow } from '../../contract'
import type { TimeRange } from '../../domain'
import { useHotkeys } from '../shared'
import type { Actions } from './ActionsContext'
import { bucketAt, nextFilled, zoomedIn } from './buckets'
import { bucketTotals } from './bar-shapes'
import { COLUMNS } from './column-widths'
import { cellValue } from './row-cells'
import type { TableModel } from './table-model'

export type TimelineKeys = {
  model: TableModel
  actions: Actions
  counts: Histogram | null
  /** Cell of the row that `f` and `F` act on. */
  column: number
  detailOpen: boolean
  onDetail: (open: boolean) => void
  onQuery: () => void
  onLeave: () => void
}

/** The row under the cursor, where it has been read. */
export function cursorRow(model: TableModel): TimelineRow | undefined {
  const { cursor, rows, first } = model.get()
  return cursor ? rows[cursor.row - first] : undefined
}

/** Keys of the whole screen; those of the table itself are in table-keys. */
export function useTimelineKeys(keys: TimelineKeys): void {
  const { model, actions, detailOpen, onDetail, onQuery, onLeave } = keys
  const failure = (direction: 'forward' | 'back') => {
    model.nextFailure(direction).then(
      (found) => found || actions.say(direction === 'forward' ? 'No failure further down' : 'No failure further up'),
      () => actions.say('Failures could not be searched'),
    )
  }
  useHotkeys({
    j: () => model.moveBy(1),
    k: () => model.moveBy(-1),
    g: () => model.moveTo(0),
    G: () => model.moveTo(Infinity),
    Enter: () => (model.get().cursor || detailOpen) && onDetail(!detailOpen),
    Escape: () => (detailOpen ? onDetail(false) : onLeave()),
    '/': onQuery,
    e: () => failure('forward'),
    E: () => failure('back'),
    '[': () => stepBucket(keys, -1),
    ']': () => stepBucket(keys, 1),
    z: () => zoomIn(keys),
    Z: () => actions.unzoom(),
    f: () => filterCell(keys, false),
    F: () => filterCell(keys, true),
    y: () => {
      const key = model.get().cursor?.key
      if (key) actions.copyLink(key)
    },
    ContextMenu: () => openCellMenu(keys),
  })
}

function filterCell({ model, actions, column }: TimelineKeys, negate: boolean): void {
  const row = cursorRow(model)
  const id = COLUMNS[column]?.id
  if (!row || !id) return
  const { term } = cellValue(row, id)
  if (term) actions.filter(term, negate)
  else actions.say('A time is pinned from its menu, not filtered')
}

function openCellMenu({ model, actions, column }: TimelineKeys): void {
  const row = cursorRow(model)
  const id = COLUMNS[column]?.id
  const cell = document.querySelector('.tl-row [data-focused]')
  if (!row || !id || !cell) return
  const box = cell.getBoundingClientRect()
  actions.openMenu(cellValue(row, id), { x: box.left, y: box.bottom })
}

function stepBucket({ model, actions, counts }: TimelineKeys, direction: 1 | -1): void {
  if (!counts) return
  const row = cursorRow(model) ?? model.get().rows[0]
  const next = nextFilled(bucketTotals(counts), row ? bucketAt(row.time, counts) : -1, direction)
  if (next === null) return actions.say(direction === 1 ? 'No later bucket holds events' : 'No earlier bucket holds events')
  const start = Math.floor(counts.from + next * counts.step)
  // The first row of the bucket in view order stands at its late end when the latest come first.
  const time = model.get().view?.order === 'asc' ? start : Math.ceil(start + counts.step) - 1
  model.goToTime(time).catch(() => actions.say('The bucket could not be opened'))
}

function zoomIn({ model, actions, counts }: TimelineKeys): void {
  if (!counts || counts.to <= counts.from) return
  const extent: TimeRange = { from: counts.from, to: counts.to }
  const next = zoomedIn(extent, cursorRow(model)?.time ?? null)
  if (next) actions.pin(next)
}
