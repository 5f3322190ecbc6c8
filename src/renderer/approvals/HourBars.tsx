import { type KeyboardEvent, useState } from 'react'
import type { ApprovalHours } from '../../contract'
import { ChartFrame, type ChartTable } from '../charts'
import { formatCount, formatPlural } from '../shared'

const HEIGHT = 54
const TICKED: ReadonlySet<number> = new Set([0, 6, 12, 18, 23])

type Flag = ApprovalHours['flagged'][number]

type HourBarsProps = { hours: ApprovalHours; zone: string; onPattern: (pattern: string) => void }

/** Decisions by hour of the day. */
export function HourBars({ hours, zone, onPattern }: HourBarsProps) {
  const total = hours.counts.reduce((sum, n) => sum + n, 0)
  if (total === 0) return null
  return (
    <ChartFrame
      title={`Decisions by hour (${zone})`}
      chart={<Bars hours={hours} onPattern={onPattern} />}
      table={tableOf(hours)}
      note={
        <p className="ap-chart-note">
          Hours of work: {clock(hours.workFrom)} to {clock(hours.workTo)}, underlined.
          {hours.untimed > 0 && ` ${formatPlural(hours.untimed, 'decision')} without a time ${hours.untimed === 1 ? 'is' : 'are'} not shown.`}
        </p>
      }
    />
  )
}

/** Each bar is too narrow to be pressed by itself: the chart is one stop, along which arrow keys move. */
function Bars({ hours, onPattern }: { hours: ApprovalHours; onPattern: (pattern: string) => void }) {
  const { counts, flagged, workFrom, workTo } = hours
  const [chosen, setChosen] = useState<number | null>(null)
  const most = Math.max(1, ...counts)
  const flagOf = (hour: number) => flagged.find((flag) => flag.hour === hour)
  const open = (hour: number) => {
    const flag = flagOf(hour)
    if (flag) onPattern(flag.pattern)
  }
  const move = (event: KeyboardEvent) => {
    const present = chosen ?? 0
    const moves = new Map([['ArrowRight', present + 1], ['ArrowUp', present + 1], ['ArrowLeft', present - 1], ['ArrowDown', present - 1], ['Home', 0], ['End', counts.length - 1]])
    const next = moves.get(event.key)
    if (event.key === 'Enter') open(present)
    else if (next === undefined) return
    else setChosen(Math.max(0, Math.min(counts.length - 1, next)))
    event.preventDefault()
  }
  const words = hourWords(chosen ?? 0, counts[chosen ?? 0] ?? 0, flagOf(chosen ?? 0))
  return (
    <>
      <div
        className="ap-hours"
        role="slider"
        tabIndex={0}
        aria-label="Hour of the day"
        aria-valuemin={0}
        aria-valuemax={counts.length - 1}
        aria-valuenow={chosen ?? 0}
        aria-valuetext={words}
        onKeyDown={move}
        onFocus={() => setChosen((before) => before ?? 0)}
        onBlur={() => setChosen(null)}
      >
        {counts.map((n, hour) => (
          <Bar key={hour} hour={hour} n={n} height={(n / most) * HEIGHT} flag={flagOf(hour)} isWork={hour >= workFrom && hour < workTo} isChosen={hour === chosen} onOpen={() => open(hour)} />
        ))}
      </div>
      {chosen !== null && <p className="ap-chart-note">{words}</p>}
    </>
  )
}

type BarProps = { hour: number; n: number; height: number; flag: Flag | undefined; isWork: boolean; isChosen: boolean; onOpen: () => void }

function Bar({ hour, n, height, flag, isWork, isChosen, onOpen }: BarProps) {
  return (
    <div
      className="ap-hour"
      data-level={flag?.level}
      data-work={isWork || undefined}
      data-chosen={isChosen || undefined}
      title={hourWords(hour, n, flag)}
      onClick={onOpen}
    >
      {flag && <span className="ap-mark">!</span>}
      <span className="ap-bar" style={{ height: n === 0 ? 1 : Math.max(3, height) }} />
      <span className="ap-hour-tick">{TICKED.has(hour) ? String(hour).padStart(2, '0') : ''}</span>
    </div>
  )
}

function hourWords(hour: number, n: number, flag: Flag | undefined): string {
  const words = `${clock(hour)} to ${clock(hour + 1)}: ${formatPlural(n, 'decision')}`
  return flag === undefined ? words : `${words}, ${formatCount(flag.n)} of them in a pattern of level ${flag.level}`
}

function clock(hour: number): string {
  return `${String(hour).padStart(2, '0')}:00`
}

function tableOf({ counts, flagged }: ApprovalHours): ChartTable {
  const inPattern = (hour: number) => flagged.filter((flag) => flag.hour === hour).reduce((sum, flag) => sum + flag.n, 0)
  return {
    columns: ['Hour', 'Decisions', 'In a pattern'],
    rows: counts.map((n, hour) => [clock(hour), formatCount(n), formatCount(inPattern(hour))]),
  }
}
