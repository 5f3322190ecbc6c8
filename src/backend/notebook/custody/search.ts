import { setImmediate as turn } from 'node:timers/promises'
import type { CustodyEntry } from '../../../contract'

/** Entries looked through in one turn. */
const SLICE = 500

export type Searched = { size: number; entry(at: number): CustodyEntry | null }

/** Finds entries by their words; the last search is kept, and only what came since is looked through again. */
export class Search {
  #last: { text: string; upTo: number; hits: number[] } = { text: '', upTo: 0, hits: [] }

  /** Places of the matching entries, newest first, and how many there are. */
  async find(text: string, { at, count }: { at: number; count: number }, searched: Searched): Promise<{ found: number[]; total: number }> {
    const wanted = text.trim().toLowerCase()
    if (wanted === '') {
      const found = Array.from({ length: Math.max(0, Math.min(count, searched.size - at)) }, (_, i) => searched.size - 1 - at - i)
      return { found, total: searched.size }
    }
    const isOn = this.#last.text === wanted && this.#last.upTo <= searched.size
    const search = isOn ? this.#last : { text: wanted, upTo: 0, hits: [] }
    this.#last = search
    const hits = [...search.hits]
    for (let place = search.upTo; place < searched.size; place++) {
      if (place % SLICE === SLICE - 1) await turn()
      const entry = searched.entry(place)
      if (entry && wordsOf(entry).includes(wanted)) hits.push(place)
    }
    search.upTo = searched.size
    search.hits = hits
    return { found: hits.toReversed().slice(at, at + count), total: hits.length }
  }
}

function wordsOf({ seq, action, object, detail, by, hash }: CustodyEntry): string {
  return [seq, action, object, detail, by, hash].join('\n').toLowerCase()
}
