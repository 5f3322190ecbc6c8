import { useCallback, useMemo } from 'react'
import type { CoverageRange, StreamFacts, TimeRange } from '../../domain'
import { useAnswer } from '../api'
import { type CoverageSegment, coverageSegments, formatPlural, listAndOwner, rangeWords, Shown, streamTitle, useZone } from '../shared'
import { useServers } from '../sync'
import { coverageLines, lineWords } from './coverage-lines'
import { coverageWords } from './coverage-phrases'

export type CoverageStripProps = { extent: TimeRange; width: number }

/** What the ledger says of each moment of the chart, under its bars. */
export function CoverageStrip({ extent, width }: CoverageStripProps) {
  const { value } = useAnswer('coverage.ranges', { range: extent })
  const factsOf = useFacts()
  const [whole, single] = useMemo(() => {
    const all = (value ?? []).map((range) => withNote(range, factsOf(range)?.note))
    return apart(all, (range) => {
      const facts = factsOf(range)
      return facts === undefined || listAndOwner(facts.label) !== null
    })
  }, [value, factsOf])
  const nameOf = useCallback(
    (range: CoverageRange) => `${range.connection} · ${streamTitle(factsOf(range)?.label ?? range.stream)}`,
    [factsOf],
  )
  if (!value) return <div className="tl-coverage" />
  const lane = { extent, nameOf, unit: width / (extent.to - extent.from) }
  return (
    <div className="tl-coverage" data-lanes={single.length > 0 && whole.length > 0 ? 2 : 1}>
      {whole.length > 0 && <Lane {...lane} label="Coverage" ranges={whole} />}
      {(single.length > 0 || whole.length === 0) && (
        <Lane {...lane} label={whole.length > 0 ? 'Coverage of machines and files' : 'Coverage'} ranges={single} />
      )}
    </div>
  )
}

type LaneProps = { label: string; ranges: CoverageRange[]; extent: TimeRange; nameOf: NameOf; unit: number }

/**
 * Lists of single machines, and files, which are logs of one, are apart: they speak of little, and that would hide what
 * is known of the rest.
 */
function apart(all: CoverageRange[], isSingle: (range: CoverageRange) => boolean): [CoverageRange[], CoverageRange[]] {
  return [all.filter((range) => !isSingle(range)), all.filter(isSingle)]
}

function Lane({ label, ranges, extent, nameOf, unit }: LaneProps) {
  const segments = useMemo(() => coverageSegments(ranges, extent), [ranges, extent])
  return (
    <ul className="tl-lane" aria-label={label}>
      {segments.map((segment) => (
        <Segment
          key={segment.from}
          segment={segment}
          nameOf={nameOf}
          left={(segment.from - extent.from) * unit}
          unit={unit}
        />
      ))}
    </ul>
  )
}

type NameOf = (range: CoverageRange) => string

/** What is true of a list at any time, as that some records are kept from this account, is true of each range. */
function withNote(range: CoverageRange, note: string | undefined): CoverageRange {
  return note === undefined || range.note !== undefined ? range : { ...range, note }
}

/** What is known of the lists of servers; of files nothing is. */
function useFacts(): (range: CoverageRange) => StreamFacts | undefined {
  const servers = useServers()
  return useMemo(() => {
    const known = new Map(
      servers.flatMap(({ name, streams }) => streams.map((facts) => [`${name}\n${facts.stream}`, facts] as const)),
    )
    return ({ connection, stream }) => known.get(`${connection}\n${stream}`)
  }, [servers])
}

type SegmentProps = { segment: CoverageSegment; nameOf: NameOf; left: number; unit: number }

function Segment({ segment, nameOf, left, unit }: SegmentProps) {
  const zone = useZone()
  const words = `${rangeWords(segment, zone)}: ${segmentWords(segment)}`
  const nearStart = left < 200
  return (
    <li
      className="tl-coverage-part"
      data-state={segment.state}
      data-hidden={segment.hidden > 0 ? true : undefined}
      aria-label={words}
      style={{ left, width: Math.max(1, (segment.to - segment.from) * unit) }}
    >
      <div className="tl-tip" data-edge={nearStart ? 'start' : 'end'} aria-hidden="true">
        <div>{words}</div>
        {coverageLines(segment, nameOf).map((line) => (
          <div key={line.state} className="tl-tip-row">
            <span>
              <Shown text={line.names} />
              {line.note !== null && (
                <small>
                  <Shown text={line.note} />
                </small>
              )}
            </span>
            <b>{lineWords(line)}</b>
          </div>
        ))}
        {segment.ranges.length === 0 && <div className="tl-tip-row">No list of this workspace speaks of it.</div>}
      </div>
    </li>
  )
}

function segmentWords({ state, hidden, ranges }: CoverageSegment): string {
  const words = coverageWords(state)
  return hidden > 0 && hidden < ranges.length ? `${words}; ${formatPlural(hidden, 'list')} not visible or not offered` : words
}
