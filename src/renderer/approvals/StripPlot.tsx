import { useState } from 'react'
import type { ApproverFacts } from '../../contract'
import { ChartFrame, type ChartTable } from '../charts'
import { formatCount, formatDuration, formatPlural, Shown, useWidth } from '../shared'
import { foremost } from './foremost'
import { type LogScale, logScale } from './log-scale'
import { useRoving } from './use-roving'

/** Approvers that are drawn until all are asked for. */
const FIRST = 8
/** Px: a row, the names at the left and the counts at the right. */
const ROW = 24
const NAMES = 84
const COUNTS = 44

type StripPlotProps = { approvers: ApproverFacts[]; onPick: (approver: string) => void }

/** How long each approver took: every decision a dot, the median a line. No mean, which a few long ones would rule. */
export function StripPlot({ approvers, onPick }: StripPlotProps) {
  const [isAll, setAll] = useState(false)
  const timed = approvers.filter(({ quantiles }) => quantiles !== null)
  const shown = isAll ? timed : foremost(timed, FIRST)
  if (timed.length === 0) return null
  return (
    <ChartFrame
      title="Time to decide per approver (log)"
      chart={<Strips approvers={shown} onPick={onPick} />}
      table={tableOf(approvers)}
      note={
        timed.length > FIRST && (
          <button type="button" className="link ap-more" onClick={() => setAll(!isAll)}>
            {isAll ? 'Fewer approvers' : `All ${formatCount(timed.length)} approvers`}
          </button>
        )
      }
    />
  )
}

function Strips({ approvers, onPick }: StripPlotProps) {
  const { ref, width } = useWidth<HTMLDivElement>()
  const { move, part } = useRoving({ rows: approvers.length, columns: 1 })
  const plot = Math.max(60, width - NAMES - COUNTS)
  const scale = logScale(approvers.flatMap(({ sample }) => sample), plot / 38)
  return (
    <div ref={ref} className="ap-strips">
      <div role="group" aria-label="Approvers" onKeyDown={move}>
        {approvers.map((facts, at) => (
          <button key={facts.approver} type="button" className="ap-strip" aria-label={stripWords(facts)} title={stripWords(facts)} onClick={() => onPick(facts.approver)} {...part(at)}>
            <span className="ap-strip-name">
              {facts.level !== null && <Mark />}
              <Shown text={facts.approver} />
            </span>
            <Dots facts={facts} scale={scale} width={plot} />
            <span className="ap-strip-count">{formatCount(facts.timed)}</span>
          </button>
        ))}
      </div>
      <div className="ap-strip-axis" aria-hidden="true" style={{ marginLeft: NAMES, width: plot }}>
        {scale.ticks.map(({ share, label }) => (
          <span key={label} style={{ left: `${share * 100}%` }}>
            {label}
          </span>
        ))}
      </div>
    </div>
  )
}

/** Beside what a pattern is about; the colour says the same. */
function Mark() {
  return (
    <span className="ap-mark" aria-hidden="true">
      !
    </span>
  )
}

type DotsProps = { facts: ApproverFacts; scale: LogScale; width: number }

function Dots({ facts: { sample, quantiles, level }, scale, width }: DotsProps) {
  const inner = width - 8
  const x = (ms: number) => 4 + scale.at(ms) * inner
  return (
    <svg className="ap-dots" data-level={level ?? undefined} width={width} height={ROW} aria-hidden="true">
      <line className="ap-dots-line" x1={0} x2={width} y1={ROW / 2} y2={ROW / 2} />
      {sample.map((ms, at) => (
        <circle key={at} cx={x(ms)} cy={ROW / 2 + offsetOf(at)} r={1.7} />
      ))}
      {quantiles && <rect className="ap-dots-median" x={x(quantiles.p50) - 1} y={ROW / 2 - 8} width={2} height={16} />}
    </svg>
  )
}

/** Keeps dots of one time apart; the same at every look. Px. */
function offsetOf(at: number): number {
  return ((Math.imul(at + 1, 2_654_435_761) >>> 8) % 131) / 10 - 6.5
}

function stripWords({ approver, n, timed, quantiles, fast, level, tooFew }: ApproverFacts): string {
  const middle = quantiles ? `median ${formatDuration(quantiles.p50)}, nine of ten between ${formatDuration(quantiles.p5)} and ${formatDuration(quantiles.p95)}` : 'no times'
  const parts = [
    `${approver}: ${formatPlural(n, 'decision')}${timed < n ? `, ${formatCount(timed)} with a time` : ''}`,
    middle,
    ...(fast === null ? [] : [`${percent(fast)} within 30 s`]),
    ...(tooFew ? ['too few for statistics'] : []),
    ...(level === null ? [] : [`stands in a pattern of level ${level}`]),
  ]
  return parts.join(', ')
}

function percent(share: number): string {
  return `${Math.round(share * 100)} %`
}

const COLUMNS = ['Approver', 'Decisions', 'Rejected', 'Median', '5 %', '95 %', 'Within 30 s']

function tableOf(approvers: ApproverFacts[]): ChartTable {
  const time = (facts: ApproverFacts, quantile: 'p5' | 'p50' | 'p95') => (facts.quantiles ? formatDuration(facts.quantiles[quantile]) : '–')
  return {
    columns: COLUMNS,
    rows: approvers.map((facts) => [
      <Row key={facts.approver} facts={facts} />,
      formatCount(facts.n),
      formatCount(facts.rejections),
      time(facts, 'p50'),
      time(facts, 'p5'),
      time(facts, 'p95'),
      facts.fast === null ? '–' : percent(facts.fast),
    ]),
  }
}

function Row({ facts: { approver, tooFew } }: { facts: ApproverFacts }) {
  return (
    <>
      <Shown text={approver} />
      {tooFew && <span className="ap-dim"> (too few for statistics)</span>}
    </>
  )
}
