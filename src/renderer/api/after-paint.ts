/** Longest wait for frames: a page that is not shown draws none. */
const MOST_MS = 100

/** Does something once what the page holds now is drawn. Returns what calls it off. */
export function afterPaint(act: () => void): () => void {
  // A frame's callbacks run before it is drawn, those of the next one after.
  let frame = requestAnimationFrame(() => {
    frame = requestAnimationFrame(done)
  })
  const timer = setTimeout(done, MOST_MS)
  function done(): void {
    stop()
    act()
  }
  function stop(): void {
    cancelAnimationFrame(frame)
    clearTimeout(timer)
  }
  return stop
}
