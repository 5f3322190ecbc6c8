/** Rows of one request; pages are aligned, so that two looks at one place share them. */
export const PAGE_ROWS = 50

export type PageCache<T> = {
  row(at: number): T | undefined
  has(page: number): boolean
  put(page: number, rows: T[]): void
  /** Row number of the first cached row that fits. */
  find(fits: (row: T) => boolean): number | null
  clear(): void
}

export function pageOf(row: number): number {
  return Math.floor(row / PAGE_ROWS)
}

/** Pages that cover the rows from first to last, both inclusive. */
export function pagesOver(first: number, last: number): number[] {
  if (last < first) return []
  const from = pageOf(Math.max(0, first))
  return Array.from({ length: pageOf(last) - from + 1 }, (_, at) => from + at)
}

/** Keeps the pages used last. */
export function pageCache<T>(mostPages: number): PageCache<T> {
  // A Map remembers insertion order: the first key is the one not used for the longest time.
  const pages = new Map<number, T[]>()
  return {
    row(at) {
      const page = pageOf(at)
      const rows = pages.get(page)
      if (!rows) return undefined
      pages.delete(page)
      pages.set(page, rows)
      return rows[at - page * PAGE_ROWS]
    },
    has: (page) => pages.has(page),
    put(page, rows) {
      pages.delete(page)
      pages.set(page, rows)
      for (const oldest of pages.keys()) {
        if (pages.size <= mostPages) break
        pages.delete(oldest)
      }
    },
    find(fits) {
      for (const [page, rows] of pages) {
        const at = rows.findIndex(fits)
        if (at >= 0) return page * PAGE_ROWS + at
      }
      return null
    },
    clear: () => pages.clear(),
  }
}
