import { useState } from 'react'
import { isSameRange, newestDays, type TimeRange } from '../../domain'
import { Button, parseInZone, useZone, type ZoneUse } from '../shared'
import { lastMonth, lastQuarter } from './calendar'
import type { ReportUse } from './use-report'

/** Times to choose from, and fields for any other. */
export function Period({ use: { held, period, choosePeriod } }: { use: ReportUse }) {
  const zone = useZone()
  const offered = offers(held, zone)
  const chosen = offered.find(({ range }) => isSameRange(range, period))?.id ?? 'other'
  return (
    <>
      <select
        className="filter-input"
        aria-label="Period"
        value={chosen}
        onChange={({ target }) => {
          const one = offered.find(({ id }) => id === target.value)
          if (one) choosePeriod(one.range)
        }}
      >
        {offered.map(({ id, words }) => (
          <option key={id} value={id}>
            {words}
          </option>
        ))}
        {chosen === 'other' && <option value="other">As written below</option>}
      </select>
      {period && <Exact key={`${period.from} ${period.to} ${zone.zone}`} period={period} zone={zone} onPeriod={choosePeriod} />}
    </>
  )
}

type Offer = { id: string; words: string; range: TimeRange }

/** Counted from the newest event held: a workspace may be years old. */
function offers(held: TimeRange | null, zone: ZoneUse): Offer[] {
  if (!held) return []
  const days = [30, 90, 365].flatMap((count): Offer[] => {
    const range = newestDays(held, count)
    return range ? [{ id: String(count), words: `The newest ${count} days held`, range }] : []
  })
  const quarter = lastQuarter(held.to, zone)
  const month = lastMonth(held.to, zone)
  return [
    ...days,
    ...(quarter ? [{ id: 'quarter', ...quarter }] : []),
    ...(month ? [{ id: 'month', ...month }] : []),
    { id: 'all', words: 'All that is held', range: held },
  ]
}

type ExactProps = { period: TimeRange; zone: ZoneUse; onPeriod: (range: TimeRange) => void }

function Exact({ period, zone, onPeriod }: ExactProps) {
  const shown = (at: number) => zone.format(at, 'ms').replace(/(?::00)?\.000$/, '')
  const [from, setFrom] = useState(shown(period.from))
  const [to, setTo] = useState(shown(period.to))
  const [problem, setProblem] = useState<string | null>(null)
  const isChanged = from !== shown(period.from) || to !== shown(period.to)
  const apply = () => {
    const next = { from: parseInZone(from, zone), to: parseInZone(to, zone) }
    if (next.from === null || next.to === null) return setProblem('Expected a time such as 2026-02-06 02:10 or 2026-02-06.')
    if (next.from >= next.to) return setProblem('The begin has to stand before the end.')
    onPeriod({ from: next.from, to: next.to })
  }
  return (
    <form
      className="rt-exact"
      onSubmit={(event) => {
        event.preventDefault()
        apply()
      }}
    >
      <label>
        <span>From</span>
        <input className="filter-input" value={from} spellCheck={false} onChange={({ target }) => setFrom(target.value)} />
      </label>
      <label>
        <span>Up to, not included</span>
        <input className="filter-input" value={to} spellCheck={false} onChange={({ target }) => setTo(target.value)} />
      </label>
      {isChanged && (
        <Button type="submit" className="rt-apply">
          Take this period
        </Button>
      )}
      <small>Times in {zone.label}.</small>
      {problem && (
        <p className="rt-problem" role="alert">
          {problem}
        </p>
      )}
    </form>
  )
}
