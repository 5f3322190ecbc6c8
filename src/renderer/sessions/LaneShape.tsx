import { memo } from 'react'
import type { SessionMark } from '../../contract'
import type { Placed } from './lane-layout'

/** Height of one line of a lane, in px. */
export const LINE = 18
/** Narrowest that a session is drawn, in px. */
export const NARROWEST = 5

/** Where an instant stands, in px. */
export type Scale = (at: number) => number

const MARKS: Record<SessionMark['kind'], { top: number; height: number; className: string }> = {
  command: { top: 5, height: 6, className: 'ss-mark-command' },
  sudo: { top: 3, height: 10, className: 'ss-mark-sudo' },
  file: { top: 5, height: 6, className: 'ss-mark-file' },
  grant: { top: 1, height: 14, className: 'ss-mark-grant' },
}

type LaneShapeProps = { placed: Placed; scale: Scale; isCursor: boolean }

/** A session with its recordings below and its marks on it. */
export const LaneShape = memo(function LaneShape({ placed, scale, isCursor }: LaneShapeProps) {
  const { row, from, to, line } = placed
  const x = scale(from)
  const width = Math.max(NARROWEST, scale(to) - x)
  const y = line * LINE
  return (
    <g className="ss-lane-session" data-state={row.state} data-cursor={isCursor || undefined}>
      <rect x={x} y={y + 2} width={width} height={LINE - 5} rx={3} />
      {row.recordings.map(({ id, start, durationMs, isHeld }) => {
        const left = start === null ? x : scale(start)
        const right = start === null || durationMs === null ? x + width : scale(start + durationMs)
        const recorded = isHeld ? 'ss-lane-recorded' : 'ss-lane-recorded ss-lane-missing'
        return <rect key={id} className={recorded} x={left} y={y + LINE - 4} width={Math.max(3, right - left)} height={2.5} />
      })}
      {distinctMarks(row.marks, (at) => Math.max(x + 1, Math.min(scale(at), x + width - 1))).map((mark) => (
        <MarkShape key={`${mark.kind} ${mark.failed} ${mark.x}`} y={y} {...mark} />
      ))}
    </g>
  )
})

/** Marks that can be told apart: of those of one kind that fall together, one; a failed one before others. */
export function distinctMarks(marks: SessionMark[], scale: Scale): { x: number; kind: SessionMark['kind']; failed: boolean }[] {
  const drawn = new Map<string, { x: number; kind: SessionMark['kind']; failed: boolean }>()
  for (const { at, kind, failed } of marks) {
    const x = Math.round(scale(at) / 2) * 2
    const key = `${kind} ${x}`
    drawn.set(key, { x, kind, failed: failed || (drawn.get(key)?.failed ?? false) })
  }
  return [...drawn.values()]
}

/** A command is a tick, sudo a taller one, a file a diamond, a grant a line with a head; failed has a cross-bar. */
export function MarkShape({ x, y, kind, failed }: { x: number; y: number; kind: SessionMark['kind']; failed: boolean }) {
  const { top, height, className } = MARKS[kind]
  const name = failed ? `${className} ss-mark-failed` : className
  if (kind === 'file') return <path className={name} d={`M${x} ${y + 4}l4 4-4 4-4-4z`} />
  return (
    <g className={name}>
      <rect x={x - 0.75} y={y + top} width={1.5} height={height} />
      {kind === 'grant' && <path d={`M${x} ${y}l5 3-5 3z`} />}
      {failed && <rect x={x - 3} y={y + top} width={6} height={1.5} />}
    </g>
  )
}

export function LaneLegend() {
  const kinds = [['command', 'command'], ['sudo', 'sudo'], ['file', 'file transfer'], ['grant', 'grant']] as const
  return (
    <ul className="ss-legend" aria-label="What the marks mean">
      {kinds.map(([kind, words]) => (
        <li key={kind}>
          <svg width="12" height="16" aria-hidden="true">
            <MarkShape x={6} y={0} kind={kind} failed={false} />
          </svg>
          {words}
        </li>
      ))}
      <li>
        <svg width="12" height="16" aria-hidden="true">
          <MarkShape x={6} y={0} kind="command" failed />
        </svg>
        failed
      </li>
      <li>
        <svg width="20" height="16" aria-hidden="true">
          <rect className="ss-lane-recorded" x="0" y="9" width="20" height="2.5" />
        </svg>
        recording
      </li>
    </ul>
  )
}
