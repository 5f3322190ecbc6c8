import { useEffect, useMemo, useRef } from 'react'
import { useReplay } from './replay-context'

/** Different texts that a pattern found, as many as are looked for on one screen. */
const MOST_TEXTS = 30

/** Marks what was searched for where it stands on the screen. It only shows: nothing of it can be pressed. */
export function HitMarks() {
  const { deck, search } = useReplay()
  const layer = useRef<HTMLDivElement>(null)
  const { text, pattern, hits } = search
  const wanted = useMemo(() => {
    if (text === '' || !pattern) return text.trim() === '' ? [] : [text]
    return [...new Set(hits.map(({ line, from, to }) => line.slice(from, to)))].slice(0, MOST_TEXTS)
  }, [text, pattern, hits])
  useEffect(() => {
    const element = layer.current
    if (!element || wanted.length === 0) return
    const draw = () => {
      const grid = deck.screen.grid()
      const origin = element.getBoundingClientRect()
      if (!grid) return
      const marks = deck.screen.find(wanted).map(({ row, col, cells }) => {
        const mark = document.createElement('span')
        mark.style.left = `${grid.left - origin.left + col * grid.width}px`
        mark.style.top = `${grid.top - origin.top + row * grid.height}px`
        mark.style.width = `${cells * grid.width}px`
        mark.style.height = `${grid.height}px`
        return mark
      })
      element.replaceChildren(...marks)
    }
    draw()
    const undo = deck.screen.onDrawn(draw)
    const observer = new ResizeObserver(draw)
    observer.observe(element)
    return () => {
      undo()
      observer.disconnect()
      element.replaceChildren()
    }
  }, [deck, wanted])
  return <div className="rp-hits-layer" ref={layer} aria-hidden="true" />
}
