import { type Address, PlaceLink } from '../address'
import { formatCount, Shown } from '../shared'
import './charts.css'

export type ValueBar = {
  /** Null stands for no value. */
  value: string | null
  count: number
  /** All of it in words. */
  words: string
  /** Null where no view says just these. */
  place: Partial<Address> | null
}

type ValueBarsProps = { label: string; bars: readonly ValueBar[]; /** In place of a value that is not there. */ none: string }

/** Counts by value as bars, each a link to what it counts. */
export function ValueBars({ label, bars, none }: ValueBarsProps) {
  const most = Math.max(1, ...bars.map(({ count }) => count))
  return (
    <ul className="ch-values" aria-label={label}>
      {bars.map((bar) => (
        <li key={bar.value ?? ''} data-none={bar.value === null || undefined}>
          {bar.place ? (
            <PlaceLink place={bar.place} className="ch-value" title={bar.words} label={bar.words}>
              <Inside bar={bar} most={most} none={none} />
            </PlaceLink>
          ) : (
            <span className="ch-value" title={bar.words}>
              <Inside bar={bar} most={most} none={none} />
            </span>
          )}
        </li>
      ))}
    </ul>
  )
}

function Inside({ bar: { value, count }, most, none }: { bar: ValueBar; most: number; none: string }) {
  return (
    <>
      <span className="ch-value-name">{value === null ? none : <Shown text={value} />}</span>
      <span className="ch-value-bar" aria-hidden="true">
        <i style={{ width: share(count, most) }} />
      </span>
      <span className="ch-value-count">{formatCount(count)}</span>
    </>
  )
}

/** What is there at all can be seen. */
function share(count: number, most: number): string {
  return count === 0 ? '0' : `max(2px, ${((100 * count) / most).toFixed(2)}%)`
}
