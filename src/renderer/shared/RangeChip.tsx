import type { TimeRange } from '../../domain'
import { useZone } from './use-settings'
import './filters.css'

/** The time pin that another screen set and that narrows this list too; pressing it takes the pin away. */
export function RangeChip({ range, onClear }: { range: TimeRange | null; onClear: () => void }) {
  const { format, label } = useZone()
  if (!range) return null
  const words = `${format(range.from, 'min')} → ${format(range.to, 'min')} ${label}`
  return (
    <button type="button" className="filter-pin" aria-label={`Take away the time ${words}`} onClick={onClear}>
      {words} <span aria-hidden="true">×</span>
    </button>
  )
}
