import { type RefObject, useLayoutEffect, useRef, useState } from 'react'

/** Inner width of an element in whole CSS pixels, 0 before it is known. The element may come later than the hook. */
export function useWidth<E extends HTMLElement>(): [RefObject<E | null>, number] {
  const element = useRef<E>(null)
  const [target, setTarget] = useState<E | null>(null)
  const [width, setWidth] = useState(0)
  // After each render, because the element comes with any of them; the same one again changes nothing.
  useLayoutEffect(() => setTarget(element.current))
  useLayoutEffect(() => {
    if (!target) return
    const measure = () => setWidth(target.clientWidth)
    measure()
    const observer = new ResizeObserver(measure)
    observer.observe(target)
    return () => observer.disconnect()
  }, [target])
  return [element, width]
}
