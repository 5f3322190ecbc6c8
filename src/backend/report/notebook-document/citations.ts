import type { Citation, Notebook } from '../../../contract'

/** Every event that a notebook cites, numbered in the order in which it is cited first. */
export class CitedEvents {
  readonly all: { n: number; citation: Citation }[] = []
  readonly #numbers = new Map<string, number>()

  constructor({ cells }: Pick<Notebook, 'cells'>) {
    for (const { content } of cells) {
      if (content.kind === 'finding' || content.kind === 'events') for (const citation of content.citations) this.#add(citation)
    }
  }

  /** Counted from 1. The same event cited as another record is another piece of evidence. */
  numberOf({ key, leaf }: Citation): number {
    return this.#numbers.get(`${key}\n${leaf}`) ?? 0
  }

  /** By its event key alone, as links in texts name it; null where no cell cites it. */
  numberOfKey(key: string): number | null {
    return this.all.find(({ citation }) => citation.key === key)?.n ?? null
  }

  #add(citation: Citation): void {
    const name = `${citation.key}\n${citation.leaf}`
    if (this.#numbers.has(name)) return
    const n = this.all.length + 1
    this.#numbers.set(name, n)
    this.all.push({ n, citation })
  }
}
