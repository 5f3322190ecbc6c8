const TAB_WIDTH = 8

/** Columns where a tab stops. Those beyond the last column stay: they count again when the screen grows. */
export type TabStops = Set<number>

export function usualTabStops(cols: number): TabStops {
  const stops: TabStops = new Set()
  for (let col = 0; col < cols; col += TAB_WIDTH) stops.add(col)
  return stops
}

/** What a new width does: the stops go on from the last one, every 8 columns. */
export function resizeTabStops(stops: TabStops, cols: number): void {
  if (stops.has(cols)) return
  let col = cols - 1
  while (col > 0 && !stops.has(col)) col--
  for (; col < cols; col += TAB_WIDTH) stops.add(col)
}

/** Sets the stops of a terminal that has the usual ones; moves its cursor. */
export function tabSequence(stops: TabStops, cols: number): string {
  const held = [...stops].filter((col) => col < cols).sort((one, other) => one - other)
  const usual = usualTabStops(cols)
  if (held.length === usual.size && held.every((col) => usual.has(col))) return ''
  return `\x1b[3g${held.map((col) => `\x1b[${col + 1}G\x1bH`).join('')}`
}
