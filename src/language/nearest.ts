/** Edits from one word to the other: insert, delete, replace, swap of neighbours. */
function distance(a: string, b: string): number {
  const rows: number[][] = [Array.from({ length: b.length + 1 }, (_, index) => index)]
  for (let i = 1; i <= a.length; i++) {
    const row = [i]
    for (let j = 1; j <= b.length; j++) {
      const cost = a[i - 1] === b[j - 1] ? 0 : 1
      const previous = rows[i - 1] ?? []
      let best = Math.min((previous[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (previous[j - 1] ?? 0) + cost)
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
        best = Math.min(best, (rows[i - 2]?.[j - 2] ?? 0) + 1)
      }
      row.push(best)
    }
    rows.push(row)
  }
  return rows[a.length]?.[b.length] ?? 0
}

/** The word that was probably meant: at most two edits away and less than half of it; null when there is none. */
export function nearest(word: string, words: readonly string[]): string | null {
  const lower = word.toLowerCase()
  if (lower.length > 20) return null
  let best: string | null = null
  let least = 3
  for (const candidate of words) {
    const edits = distance(lower, candidate)
    if (edits < least && edits * 2 < candidate.length) [best, least] = [candidate, edits]
  }
  return best
}
