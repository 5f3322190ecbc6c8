/** Rows asked for at once. */
const PAGE = 1000

/** All rows of a list that is answered page by page. */
export async function everyPage<T>(page: (at: number, count: number) => Promise<{ rows: T[]; total: number }>): Promise<T[]> {
  const all: T[] = []
  for (;;) {
    const { rows, total } = await page(all.length, PAGE)
    all.push(...rows)
    if (rows.length === 0 || all.length >= total) return all
  }
}
