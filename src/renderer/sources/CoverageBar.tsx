import { type KeyboardEvent, type MouseEvent, useId, useState } from 'react'
import { COVERAGE_WORDS, type Instant } from '../../domain'
import { useZone } from '../shared'
import type { BarPiece } from './coverage-words'

export type CoverageBarProps = {
  label: string
  pieces: BarPiece[]
  /** Moment whose piece is shown beside; null when it is of another bar. */
  picked: Instant | null
  /** Left out where the bar stands for many lists, which have bars of their own. */
  onPick?: (piece: BarPiece) => void
}

/** What is known of one list over all that is held. Arrows choose a piece, Enter or a click shows what is behind it. */
export function CoverageBar({ label, pieces, picked, onPick }: CoverageBarProps) {
  const id = useId()
  const zone = useZone()
  const [at, setAt] = useState(0)
  const isPicked = ({ from, to }: BarPiece) => picked !== null && from <= picked && picked < to
  const words = pieces.map(({ from, to, state }) => {
    return `${COVERAGE_WORDS[state]} from ${zone.format(from, 'min')} to ${zone.format(to, 'min')} ${zone.label}`
  })
  const shapes = pieces.map((piece, index) => (
    <span
      key={piece.from}
      id={`${id}-${index}`}
      role={onPick && 'option'}
      aria-selected={onPick && isPicked(piece)}
      aria-label={onPick && words[index]}
      className={`coverage-${piece.state}`}
      data-at={onPick && index === at ? true : undefined}
      title={piece.note === undefined ? words[index] : `${words[index]}: ${piece.note}`}
      style={{ left: `min(${piece.start * 100}%, 100% - 2px)`, width: `${piece.width * 100}%` }}
    />
  ))
  if (!onPick) {
    return (
      <div className="coverage-bar" role="img" aria-label={`Coverage of ${label}: ${words.join('; ')}`}>
        {shapes}
      </div>
    )
  }
  const press = (event: KeyboardEvent) => {
    const to = nextPiece(event.key, Math.min(at, pieces.length - 1), pieces.length)
    const piece = pieces[Math.min(at, pieces.length - 1)]
    if (to !== null) setAt(to)
    else if ((event.key === 'Enter' || event.key === ' ') && piece) onPick(piece)
    else return
    event.preventDefault()
    event.stopPropagation()
  }
  const click = (event: MouseEvent<HTMLElement>) => {
    const box = event.currentTarget.getBoundingClientRect()
    const index = pieceUnder((event.clientX - box.left) / box.width, pieces, HIT / box.width)
    const piece = pieces[index]
    if (!piece) return
    setAt(index)
    onPick(piece)
  }
  return (
    <div
      className="coverage-bar coverage-bar-open"
      role="listbox"
      tabIndex={0}
      aria-label={`Coverage of ${label}`}
      aria-orientation="horizontal"
      aria-activedescendant={`${id}-${Math.min(at, pieces.length - 1)}`}
      onKeyDown={press}
      onClick={click}
    >
      {shapes}
    </div>
  )
}

function nextPiece(key: string, at: number, count: number): number | null {
  const to: Record<string, number> = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: count - 1 }
  const next = to[key]
  return next === undefined ? null : Math.max(0, Math.min(count - 1, next))
}

/** A hole may be one pixel wide; a click this near means it, in px. */
const HIT = 6

function pieceUnder(share: number, pieces: BarPiece[], reach: number): number {
  const under = pieces.findIndex(({ start, width }) => start <= share && share < start + width)
  const near = pieces.findIndex(({ start, width, state }) => {
    return state !== 'complete' && width < 2 * reach && Math.abs(start + width / 2 - share) < reach
  })
  return near >= 0 ? near : under
}
