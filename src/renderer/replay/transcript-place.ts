/** Longest text that is looked for, in UTF-16 units: a line can be as long as a recording. */
const MOST = 120

/**
 * What to search for to find the moment of a line, and how many earlier lines hold the same text; null where the line
 * says too little to be found.
 */
export function lineSearch(lines: readonly string[], at: number): { text: string; earlier: number } | null {
  const text = (lines[at] ?? '').trim().slice(0, MOST)
  // What is written out for an invisible character does not stand on the screen.
  if (text.length < 2 || text.includes('<U+')) return null
  let earlier = 0
  for (let line = 0; line < at; line++) if (lines[line]?.includes(text)) earlier++
  return { text, earlier }
}

/** The moment that a line on its own tells: `[full-screen program 00:03:10-00:05:44]` of a recording without a start. */
export function spanMoment(line: string, startOfDay: number | null): number | null {
  const match = /^\[full-screen program (\d{1,4}):(\d\d):(\d\d)-/.exec(line)
  if (!match) return null
  const seconds = Number(match[1]) * 3600 + Number(match[2]) * 60 + Number(match[3])
  if (startOfDay === null) return seconds
  return (seconds - startOfDay + 86_400) % 86_400
}
