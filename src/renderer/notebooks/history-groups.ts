import type { NotebookEntry } from '../../contract'

export type HistoryGroup = NotebookEntry & { /** Writings that follow each other closely and are shown as their last. */ writings: number }

/** Longest time between two writings of one stretch of typing, in milliseconds. */
const CLOSE = 10_000

/** Typing is written many times a minute: what one person wrote into one kind of cell without a pause is one line. */
export function historyGroups(entries: readonly NotebookEntry[]): HistoryGroup[] {
  const groups: HistoryGroup[] = []
  let oldest: NotebookEntry | null = null
  for (const entry of entries) {
    const last = groups.at(-1)
    if (last && oldest && isSameTyping(oldest, entry)) last.writings++
    else groups.push({ ...entry, writings: 1 })
    oldest = entry
  }
  return groups
}

function isSameTyping(newer: NotebookEntry, older: NotebookEntry): boolean {
  const typing = typingOf(newer.words)
  return typing !== null && typing === typingOf(older.words) && newer.by === older.by && newer.undone === older.undone && newer.at - older.at <= CLOSE
}

/** `Wrote the finding “...”` without what was written; null for what is no writing. */
function typingOf(words: string): string | null {
  return words.startsWith('Wrote ') ? words.replace(/“.*$/s, '') : null
}
