import { useMemo } from 'react'
import type { SignInSummary, WeekHour } from '../../contract'
import type { TimeRange } from '../../domain'
import { useAddress } from '../address'
import { ChartFrame, HeatGrid, type HeatCell } from '../charts'
import { formatCount, formatPlural, useZone } from '../shared'
import { hoursTerm, signInPlace } from './places'

const DAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun']
const LONG_DAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday']
const HOURS = Array.from({ length: 24 }, (_, hour) => String(hour).padStart(2, '0'))

type WeekMapProps = { summary: SignInSummary; range: TimeRange | null; isStale: boolean }

/** Failed sign-ins by hour of the week, on the clock that is shown. */
export function WeekMap({ summary: { week }, range, isStale }: WeekMapProps) {
  const { go } = useAddress()
  const { label } = useZone()
  const cells = useMemo(() => week.map((hour, at) => cellOf(hour, at, { range, go })), [week, range, go])
  const rows = LONG_DAYS.map((day, at) => {
    const own = week.slice(at * 24, at * 24 + 24)
    return [day, ...own.map(({ failure }) => formatCount(failure)), formatCount(sum(own))]
  })
  const byHour = HOURS.map((_, hour) => formatCount(sum(week.filter((_cell, at) => at % 24 === hour))))
  return (
    <ChartFrame
      title={`Failed sign-ins by hour of the week, ${label}`}
      isStale={isStale}
      chart={<HeatGrid label="Failed sign-ins by hour of the week" rows={DAYS} columns={HOURS} cells={cells} sums="All" />}
      table={{ columns: ['Day', ...HOURS, 'All'], rows: [...rows, ['All days', ...byHour, formatCount(sum(week))]] }}
      note={
        <p className="si-note">
          The fuller the colour, the more failed. A press, or Enter, opens the events of an hour while they lie in few enough weeks to be asked for.
        </p>
      }
    />
  )
}

type To = { range: TimeRange | null; go: ReturnType<typeof useAddress>['go'] }

function cellOf(hour: WeekHour, at: number, { range, go }: To): HeatCell {
  const written = hoursTerm(hour)
  const start = at % 24
  const when = `${LONG_DAYS[Math.floor(at / 24)] ?? ''}, ${HOURS[start] ?? ''}:00 to ${String(start + 1).padStart(2, '0')}:00`
  const words = `${when}: ${hour.failure === 0 ? 'none failed' : `${formatPlural(hour.failure, 'failed sign-in')}`}`
  return { value: hour.failure, words, ...(written !== null && { open: () => go(signInPlace(range, 'failure', [written])) }) }
}

function sum(hours: readonly WeekHour[]): number {
  return hours.reduce((all, { failure }) => all + failure, 0)
}
