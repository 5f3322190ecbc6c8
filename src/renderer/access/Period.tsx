import { isSameRange, newestDays } from '../../domain'
import { useAddress } from '../address'
import { useAnswer } from '../api'
import { RangeChip } from '../shared'

const DAYS = [7, 30, 90, 365]

/** The time that is looked at, counted back from the newest event held: a workspace may be years old. */
export function Period() {
  const { address, go } = useAddress()
  const held = useAnswer('workspace.summary', {}).value?.range ?? null
  const { range } = address
  const chosen = range === null ? 'all' : (DAYS.find((days) => isSameRange(newestDays(held, days), range)) ?? 'other')
  return (
    <>
      <select
        className="filter-input"
        aria-label="Time"
        value={chosen}
        onChange={({ target }) => go({ range: target.value === 'all' ? null : newestDays(held, Number(target.value)) })}
      >
        <option value="all">Time: all that is held</option>
        {DAYS.map((days) => (
          <option key={days} value={days} disabled={held === null}>
            {`Last ${days} days held`}
          </option>
        ))}
        {chosen === 'other' && <option value="other">Time: as chosen</option>}
      </select>
      {chosen === 'other' && <RangeChip range={range} onClear={() => go({ range: null })} />}
    </>
  )
}
