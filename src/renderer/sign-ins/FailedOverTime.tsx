import { useMemo, useState } from 'react'
import type { SignInSummary } from '../../contract'
import { ChartFrame, TimeBars, type TimeLayer } from '../charts'
import { formatCount, useZone, stepWords } from '../shared'
import type { PinUse } from './use-pin'

type OverTimeProps = { summary: SignInSummary; use: PinUse; isStale: boolean }

/** Failed sign-ins over time, with the others where they are asked for. */
export function FailedOverTime({ summary: { buckets, counts }, use, isStale }: OverTimeProps) {
  const zone = useZone()
  const [withOthers, setWithOthers] = useState(false)
  const { from, step, failure, success, unknown } = buckets
  const layers = useMemo<TimeLayer[]>(
    () => [
      { name: 'failed', values: failure, fill: 'var(--fill-failure)' },
      ...(withOthers ? [{ name: 'succeeded', values: success, fill: 'var(--fill-success)' }] : []),
      ...(withOthers && counts.unknown > 0 ? [{ name: 'of unknown outcome', values: unknown, fill: 'var(--fill-unknown)' }] : []),
    ],
    [failure, success, unknown, withOthers, counts.unknown],
  )
  const span = useMemo(() => ({ from, step, count: failure.length }), [from, step, failure])
  const rows = failure.flatMap((failed, at) => {
    const sum = failed + (success[at] ?? 0) + (unknown[at] ?? 0)
    return sum === 0 ? [] : [[zone.format(from + at * step), formatCount(failed), formatCount(success[at] ?? 0), formatCount(unknown[at] ?? 0)]]
  })
  return (
    <ChartFrame
      title={`Failed sign-ins per ${stepWords(step)}`}
      isStale={isStale}
      aside={
        <>
          <label className="si-check">
            <input type="checkbox" checked={withOthers} onChange={({ target }) => setWithOthers(target.checked)} />
            With those that succeeded
          </label>
          <span className="si-hint">drag to zoom</span>
        </>
      }
      chart={<TimeBars label="Range of the chart" buckets={span} layers={layers} height={170} onZoom={use.pin} />}
      table={{ columns: [`From, ${zone.label}`, 'Failed', 'Succeeded', 'Unknown'], rows }}
      note={withOthers && <Legend layers={layers} />}
    />
  )
}

function Legend({ layers }: { layers: readonly TimeLayer[] }) {
  return (
    <ul className="si-legend">
      {layers.map(({ name, fill }) => (
        <li key={name}>
          <i className="ch-swatch" style={{ background: fill }} /> {name}
        </li>
      ))}
    </ul>
  )
}
