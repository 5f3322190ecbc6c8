import type { TimeRange } from '../../domain'
import type { EventIndex } from './event-index'
import { RowList } from './row-list'
import type { RowOrder } from './row-order'

/** Rows of each stream by time, kept from the first time that somebody asks. */
export class StreamRows {
  readonly #index: EventIndex
  readonly #order: RowOrder
  readonly #byCode = new Map<number, RowList>()
  #scanned = 0

  constructor(index: EventIndex, order: RowOrder) {
    this.#index = index
    this.#order = order
  }

  /** Rows of the streams of that name, whoever holds them, dead ones and earlier states too. */
  in(stream: string, range: TimeRange): Uint32Array {
    this.#scan()
    const list = this.#byCode.get(this.#index.streams.known(stream))
    return list ? list.rows.subarray(list.firstAt(range.from), list.firstAt(range.to)) : new Uint32Array(0)
  }

  #scan(): void {
    const { rows, streams } = this.#index
    if (this.#scanned === rows) return
    const found = new Map<number, number[]>()
    for (const row of this.#order.since(this.#scanned)) {
      const code = streams.at(row)
      const held = found.get(code)
      if (held) held.push(row)
      else found.set(code, [row])
    }
    for (const [code, added] of found) {
      const list = this.#byCode.get(code) ?? new RowList(this.#index)
      this.#byCode.set(code, list)
      list.insert(Uint32Array.from(added))
    }
    this.#scanned = rows
  }
}
