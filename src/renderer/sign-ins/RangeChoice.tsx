import { isSameRange, newestDays, type TimeRange } from '../../domain'
import { Button, useButtonMenu } from '../shared'
import type { PinUse } from './use-pin'

const NEWEST: readonly [days: number, words: string][] = [
  [1, 'Newest 24 hours held'],
  [7, 'Newest 7 days held'],
  [30, 'Newest 30 days held'],
  [90, 'Newest 90 days held'],
]

/** Which time is looked at; `held` is that of the sign-ins. */
export function RangeChoice({ use: { range, pin, unpin }, held }: { use: PinUse; held: TimeRange | null }) {
  const chosen = NEWEST.find(([days]) => isSameRange(newestDays(held, days), range))
  // What is pinned stands beside the title.
  const words = range === null ? 'All that is held' : (chosen?.[1] ?? 'Pinned time')
  const items = [
    { label: 'All that is held', checked: range === null, onPick: () => pin(null) },
    ...(held ? NEWEST.map(([days, label]) => ({ label, checked: chosen?.[0] === days, onPick: () => pin(newestDays(held, days)) })) : []),
  ]
  const { opener, menu } = useButtonMenu({ label: 'Time looked at', items, edge: 'right' })
  return (
    <>
      {range && (
        <Button look="quiet" hotkey="Z" onClick={unpin}>
          Undo zoom
        </Button>
      )}
      <Button aria-label={`Time looked at: ${words}`} {...opener}>
        {words} <span aria-hidden="true">▾</span>
      </Button>
      {menu}
    </>
  )
}
