import { type RefObject, useEffect, useLayoutEffect, useRef } from 'react'
import { isProportional, scrollOfTop, spacerHeight, topOfScroll, wheelPixels } from './scroll-mapping'
import type { TableLook, TableModel } from './table-model'

/** Height of the header that stays at the upper edge, in px. */
export const HEADER_HEIGHT = 28

/**
 * Keeps bar and model together. The model is exact; the bar follows it, and only a bar the person moved is read back.
 * A list taller than the browser can hold takes the wheel itself, because there one pixel of the bar is many rows.
 */
export function useScroller(model: TableModel, look: TableLook): [RefObject<HTMLDivElement | null>, () => void] {
  const element = useRef<HTMLDivElement>(null)
  const known = useRef(0)
  const extent = { total: look.total, viewport: look.viewport }
  const wanted = scrollOfTop(look.top, extent)
  const height = spacerHeight(extent)

  useLayoutEffect(() => {
    const target = element.current
    if (!target) return
    const measure = () => model.setViewport(Math.max(0, target.clientHeight - HEADER_HEIGHT))
    measure()
    const observer = new ResizeObserver(measure)
    observer.observe(target)
    return () => observer.disconnect()
  }, [model])

  useLayoutEffect(() => {
    const target = element.current
    if (!target) return
    // Under a pixel the bar cannot tell the difference, and writing it would fight a drag.
    if (Math.abs(known.current - wanted) < 1) return
    target.scrollTop = wanted
    known.current = target.scrollTop
  }, [wanted, height])

  useEffect(() => {
    const target = element.current
    if (!target) return
    const onWheel = (event: WheelEvent) => {
      const now = model.get()
      if (event.ctrlKey || event.deltaY === 0 || !isProportional(now)) return
      event.preventDefault()
      model.scrollBy(wheelPixels(event.deltaY, event.deltaMode, now.viewport))
    }
    target.addEventListener('wheel', onWheel, { passive: false })
    return () => target.removeEventListener('wheel', onWheel)
  }, [model])

  const onScroll = () => {
    const target = element.current
    if (!target || Math.abs(target.scrollTop - known.current) < 0.5) return
    known.current = target.scrollTop
    const now = model.get()
    model.scrollTo(topOfScroll(target.scrollTop, { total: now.total, viewport: now.viewport }))
  }
  return [element, onScroll]
}
