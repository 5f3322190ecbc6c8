import { type HTMLAttributes, type PointerEvent, useRef, useState } from 'react'
import { type BucketSpan, bucketUnder, spanAfterKey } from './bucket-span'

export type BucketBrush = { span: BucketSpan | null; hover: number | null; handlers: HTMLAttributes<HTMLElement> }

type BrushOptions = {
  /** How many buckets there are, over how many px. */
  count: number
  width: number
  onZoom: (span: BucketSpan) => void
  /** While something is chosen the bars must not move under it. */
  onHold?: (held: boolean) => void
}

/** Turns drags, double presses and keys over a chart into a span of buckets. */
export function useBucketBrush({ count, width, onZoom, onHold }: BrushOptions): BucketBrush {
  const [span, setSpan] = useState<BucketSpan | null>(null)
  /** Of the pointer from the left, in px: which bucket is under it changes with the chart. */
  const [pointer, setPointer] = useState<number | null>(null)
  const isDragging = useRef(false)

  const choose = (next: BucketSpan | null) => {
    setSpan(next)
    if ((next === null) !== (span === null)) onHold?.(next !== null)
  }
  const commit = (done: BucketSpan | null) => {
    isDragging.current = false
    choose(null)
    if (done) onZoom(done)
  }
  const placeOf = (event: { clientX: number; currentTarget: Element }) => event.clientX - event.currentTarget.getBoundingClientRect().left
  const bucketAt = (place: number) => bucketUnder(place, width, count)
  const handlers: HTMLAttributes<HTMLElement> = {
    onPointerDown: (event: PointerEvent<HTMLElement>) => {
      if (event.button !== 0) return
      event.currentTarget.setPointerCapture(event.pointerId)
      isDragging.current = true
      const at = bucketAt(placeOf(event))
      choose({ anchor: at, head: at, moved: false })
    },
    onPointerMove: (event) => {
      const place = placeOf(event)
      const at = bucketAt(place)
      setPointer(place)
      if (isDragging.current && span) choose({ ...span, head: at, moved: span.moved || at !== span.anchor })
    },
    onPointerUp: () => isDragging.current && commit(span?.moved ? span : null),
    onPointerCancel: () => commit(null),
    onPointerLeave: () => setPointer(null),
    onDoubleClick: (event) => {
      const at = bucketAt(placeOf(event))
      commit({ anchor: at, head: at, moved: true })
    },
    onKeyDown: (event) => {
      const next = spanAfterKey(event, span, count)
      if (next === undefined) return
      event.preventDefault()
      event.stopPropagation()
      isDragging.current = false
      if (next === 'commit') commit(span)
      else choose(next)
    },
    onBlur: () => choose(null),
  }
  return { span, hover: pointer === null ? null : bucketAt(pointer), handlers }
}
