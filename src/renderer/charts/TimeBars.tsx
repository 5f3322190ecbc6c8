import { useMemo } from 'react'
import { Bar, BarChart, CartesianGrid, XAxis, YAxis } from 'recharts'
import type { TimeRange } from '../../domain'
import { type BucketSpan, axisTicks, formatCount, formatShortCount, offsetIn, rangeWords, useWidth, useZone, type ZoneUse } from '../shared'
import { spanRange, spanSum, type TimeBuckets } from './zoom-span'
import { ZoomBrush } from './ZoomBrush'
import './charts.css'

/** One colour of the stack, the lowest first. */
export type TimeLayer = { name: string; values: readonly number[]; fill: string }

type TimeBarsProps = {
  label: string
  buckets: TimeBuckets
  layers: readonly TimeLayer[]
  height: number
  onZoom: (range: TimeRange) => void
}

/** In px. */
const AXIS = { left: 46, bottom: 20, top: 6 }
const LABEL_WIDTH = 110
/** Thinnest bar that can still be seen: one failure among thousands must not vanish. */
const THINNEST = 2
const TICK = { fill: 'var(--dim)', fontSize: 11.5 }

/** Stacked counts over time, with a drag to zoom. */
export function TimeBars({ label, buckets, layers, height, onZoom }: TimeBarsProps) {
  const { ref, width } = useWidth<HTMLDivElement>()
  const zone = useZone()
  const plot = Math.max(0, width - AXIS.left)
  return (
    <div ref={ref} className="ch-time" style={{ height }}>
      {plot > 0 && (
        <>
          <Plot buckets={buckets} layers={layers} width={width} height={height} zone={zone} />
          <ZoomBrush
            label={label}
            buckets={buckets}
            width={plot}
            style={{ left: AXIS.left, top: AXIS.top, height: height - AXIS.top - AXIS.bottom }}
            onZoom={onZoom}
            words={(span) => spanWords(span, { buckets, layers, zone })}
            tip={(span) => <Tip span={span} about={{ buckets, layers, zone }} />}
          />
        </>
      )}
    </div>
  )
}

type PlotProps = { buckets: TimeBuckets; layers: readonly TimeLayer[]; width: number; height: number; zone: ZoneUse }

function Plot({ buckets, layers, width, height, zone }: PlotProps) {
  const { from, step, count } = buckets
  const extent = useMemo(() => ({ from, to: from + step * count }), [from, step, count])
  const data = useMemo(() => {
    const counts = (bucket: number) => Object.fromEntries(layers.map(({ values }, layer) => [`l${layer}`, values[bucket] ?? 0]))
    return Array.from({ length: count }, (_, bucket) => ({ at: from + (bucket + 0.5) * step, ...counts(bucket) }))
  }, [from, step, count, layers])
  const plot = width - AXIS.left
  const ticks = useMemo(() => axisTicks(extent, Math.max(2, Math.floor(plot / LABEL_WIDTH)), offsetIn(zone)), [extent, plot, zone])
  const unit = plot / count
  return (
    <div aria-hidden="true">
      <BarChart
        width={width}
        height={height}
        data={data}
        margin={{ top: AXIS.top, right: 0, bottom: 0, left: 0 }}
        accessibilityLayer={false}
        barSize={Math.max(1, unit - (unit > 4 ? 1 : 0))}
      >
        <CartesianGrid vertical={false} stroke="var(--line)" />
        <XAxis
          dataKey="at"
          type="number"
          scale="linear"
          domain={[extent.from, extent.to]}
          allowDataOverflow
          ticks={ticks.map(({ at }) => at)}
          tickFormatter={(at: number) => ticks.find((tick) => tick.at === at)?.label ?? ''}
          interval={0}
          height={AXIS.bottom}
          tick={TICK}
          tickLine={false}
          axisLine={{ stroke: 'var(--line-strong)' }}
        />
        <YAxis width={AXIS.left} tick={TICK} tickLine={false} axisLine={false} allowDecimals={false} tickCount={4} tickFormatter={(n: number) => formatShortCount(n)} />
        {layers.map(({ name, fill }, layer) => (
          <Bar key={name} dataKey={`l${layer}`} stackId="all" fill={fill} isAnimationActive={false} minPointSize={thinnest} />
        ))}
      </BarChart>
    </div>
  )
}

function thinnest(value: unknown): number {
  return typeof value === 'number' && value > 0 ? THINNEST : 0
}

type About = { buckets: TimeBuckets; layers: readonly TimeLayer[]; zone: ZoneUse }

function spanWords(span: BucketSpan, { buckets, layers, zone }: About): string {
  const counts = layers.map(({ name, values }) => `${formatCount(spanSum(span, values))} ${name}`)
  return `${rangeWords(spanRange(span, buckets), zone)}: ${counts.join(', ')}`
}

function Tip({ span, about: { buckets, layers, zone } }: { span: BucketSpan; about: About }) {
  return (
    <>
      <div>{rangeWords(spanRange(span, buckets), zone)}</div>
      {layers.map(({ name, values, fill }) => (
        <div key={name} className="ch-tip-row">
          <span>
            <i className="ch-swatch" style={{ background: fill }} /> {name}
          </span>
          <b>{formatCount(spanSum(span, values))}</b>
        </div>
      ))}
    </>
  )
}
