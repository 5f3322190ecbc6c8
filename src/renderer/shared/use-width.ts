import { useLayoutEffect, useState } from 'react'

/** Inner width of an element in whole CSS pixels, 0 before it is known; `ref` is for the element, which is answered as well. */
export function useWidth<E extends HTMLElement>(): { ref: (element: E | null) => void; width: number; element: E | null } {
  const [element, setElement] = useState<E | null>(null)
  const [width, setWidth] = useState(0)
  useLayoutEffect(() => {
    if (!element) return
    const measure = () => setWidth(element.clientWidth)
    measure()
    const observer = new ResizeObserver(measure)
    observer.observe(element)
    return () => observer.disconnect()
  }, [element])
  return { ref: setElement, width, element }
}
