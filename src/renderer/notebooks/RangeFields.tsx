import { useState } from 'react'
import type { TimeRange } from '../../domain'
import { Button, type ZoneClock } from '../shared'
import './forms.css'

type RangeFieldsProps = { range: TimeRange | null; zone: ZoneClock; /** One that a press puts in; null offers none. */ window: TimeRange | null; /** What the window is called. */ windowName?: string }

/** Two fields for a time range; both empty is all time. */
export function RangeFields({ range, zone, window, windowName = 'Incident window' }: RangeFieldsProps) {
  const [shown, setShown] = useState({ range, turn: 0 })
  const text = (at: number | undefined) => (at === undefined ? '' : zone.format(at, 's'))
  const put = (next: TimeRange | null) => setShown(({ turn }) => ({ range: next, turn: turn + 1 }))
  return (
    <div className="nb-form-range" key={shown.turn}>
      <label>
        <span>From ({zone.label})</span>
        <input name="from" className="filter-input nb-mono" defaultValue={text(shown.range?.from)} placeholder="all time" />
      </label>
      <label>
        <span>To</span>
        <input name="to" className="filter-input nb-mono" defaultValue={text(shown.range?.to)} placeholder="all time" />
      </label>
      {window && (
        <Button look="quiet" onClick={() => put(window)}>
          {windowName}
        </Button>
      )}
      <Button look="quiet" onClick={() => put(null)}>
        All time
      </Button>
    </div>
  )
}
