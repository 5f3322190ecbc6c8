import { type HTMLAttributes, type PointerEvent, useRef, useState } from 'react'
import type { Histogram } from '../../contract'
import { useActions } from './ActionsContext'
import { type Span, bucketUnder, spanAfterKey, spanRange } from './brush-span'

export type BrushUse = { span: Span | null; hover: number | null; handlers: HTMLAttributes<HTMLElement> }

/** Turns drags, double presses and keys into a span of buckets, and a finished one into the time pin. */
export function useBrush(counts: Histogram, width: number, onHold: (held: boolean) => void): BrushUse {
  const actions = useActions()
  const [span, setSpan] = useState<Span | null>(null)
  const [hover, setHover] = useState<number | null>(null)
  const dragging = useRef(false)
  const count = counts.success.length

  const choose = (next: Span | null) => {
    setSpan(next)
    if ((next === null) !== (span === null)) onHold(next !== null)
  }
  const commit = (done: Span | null) => {
    dragging.current = false
    choose(null)
    if (done) actions.pin(spanRange(done, counts))
  }
  const indexAt = (event: { clientX: number; currentTarget: Element }) => {
    return bucketUnder(event.clientX - event.currentTarget.getBoundingClientRect().left, width, count)
  }
  const handlers: HTMLAttributes<HTMLElement> = {
    onPointerDown: (event: PointerEvent<HTMLElement>) => {
      if (event.button !== 0) return
      event.currentTarget.setPointerCapture(event.pointerId)
      dragging.current = true
      const at = indexAt(event)
      choose({ anchor: at, head: at, moved: false })
    },
    onPointerMove: (event) => {
      const at = indexAt(event)
      setHover(at)
      if (dragging.current && span) choose({ ...span, head: at, moved: span.moved || at !== span.anchor })
    },
    onPointerUp: () => dragging.current && commit(span?.moved ? span : null),
    onPointerCancel: () => commit(null),
    onPointerLeave: () => setHover(null),
    onDoubleClick: (event) => {
      const at = indexAt(event)
      commit({ anchor: at, head: at, moved: true })
    },
    onKeyDown: (event) => {
      const next = spanAfterKey(event, span, count)
      if (next === undefined) return
      event.preventDefault()
      event.stopPropagation()
      dragging.current = false
      if (next === 'commit') commit(span)
      else choose(next)
    },
    onBlur: () => choose(null),
  }
  return { span, hover, handlers }
}
