import type { SessionRow } from '../../contract'
import { useWidth, useZone } from '../shared'
import { Axis } from './Lanes'
import { extentOf } from './lane-layout'
import { distinctMarks, LaneLegend, LaneShape, LINE, MarkShape, type Scale } from './LaneShape'
import { sessionSentence } from './session-words'

/** Width of the names beside the lanes, in px. */
const NAMES = 110
const RIGHT = 36
const KINDS = [
  ['command', 'Commands'],
  ['sudo', 'Sudo'],
  ['file', 'File transfers'],
  ['grant', 'Grants'],
] as const

/** The one session on its own axis, what was done in it apart by kind. The table below tells the same. */
export function SessionLane({ session }: { session: SessionRow }) {
  const { format } = useZone()
  const { ref, width } = useWidth<HTMLDivElement>()
  if (session.from === null) return null
  const { from, to } = extentOf(session)
  const margin = Math.max(1000, Math.round((to - from) * 0.02))
  const range = { from: from - margin, to: to + margin }
  const inner = Math.max(100, width - NAMES - RIGHT)
  const scale: Scale = (at) => Math.max(0, Math.min(inner, ((at - range.from) / (range.to - range.from)) * inner))
  const marks = distinctMarks(session.marks, scale)
  const kinds = KINDS.filter(([kind]) => marks.some((mark) => mark.kind === kind))
  return (
    <div ref={ref} className="ss-one-lane">
      <div role="img" aria-label={sessionSentence(session, format)}>
        <Axis range={range} width={inner} inset={NAMES} />
        <div className="ss-one-line">
          <span>Session</span>
          <svg width={inner} height={LINE}>
            <LaneShape placed={{ row: { ...session, marks: [] }, from, to, line: 0 }} scale={scale} isCursor={false} />
          </svg>
        </div>
        {kinds.map(([kind, words]) => (
          <div key={kind} className="ss-one-line">
            <span>{words}</span>
            <svg width={inner} height={LINE}>
              <line x1={0} x2={inner} y1={LINE / 2} y2={LINE / 2} className="ss-one-rail" />
              {marks
                .filter((mark) => mark.kind === kind)
                .map((mark) => (
                  <MarkShape key={mark.x} y={0} {...mark} />
                ))}
            </svg>
          </div>
        ))}
      </div>
      <LaneLegend />
    </div>
  )
}
