import { randomUUID } from 'node:crypto'
import { BackendFault, type Ask, type Methods } from '../../contract'
import { formatInstant, type Instant } from '../../domain'
import { storeView } from '../query'
import type { ReadableStore, StoredRecord, StoreView } from '../store'
import { CSV_START, eventCsv } from './csv'
import { eventJson } from './event-json'

/** Records fetched at once: few, because each can be a megabyte. */
const PAGE = 100
/** Characters of one piece that a page reads, if a single record is not longer. */
const PIECE = 1024 * 1024

export type ExportFormat = Ask<'export.begin'>['format']

type Export = { lines: Generator<string>; start: string; done: number; rows: number; isStale: boolean }

/** One text for each row of a view, its line end included; the head of a CSV file comes first, as a line of its own. */
export function* exportLines(store: ReadableStore, view: StoreView, how: { format: ExportFormat; limit?: number }): Generator<string> {
  if (how.format === 'csv') yield CSV_START
  const rows = Math.min(store.length(view), how.limit ?? Number.POSITIVE_INFINITY)
  const line = how.format === 'csv' ? eventCsv : (record: StoredRecord) => `${eventJson(record)}\n`
  for (let at = 0; at < rows; at += PAGE) {
    for (const record of store.records(view, at, Math.min(PAGE, rows - at))) yield line(record)
  }
}

/** Exports that a page is reading piece by piece. */
export class Exports {
  readonly #store: ReadableStore
  readonly #open = new Map<string, Export>()

  constructor(store: ReadableStore) {
    this.#store = store
    store.onChange((tables) => {
      if (tables.includes('event')) for (const held of this.#open.values()) held.isStale = true
    })
  }

  begin({ view, format }: Ask<'export.begin'>, now: Instant): Methods['export.begin'] {
    const id = randomUUID()
    const asked = storeView(view)
    const rows = this.#store.length(asked)
    const lines = exportLines(this.#store, asked, { format })
    const start = format === 'csv' ? String(lines.next().value) : ''
    this.#open.set(id, { lines, start, done: 0, rows, isStale: false })
    const stamp = formatInstant(now).slice(0, 19).replaceAll(/[-:]/g, '').replace('T', '-')
    return { id, rows, name: `recount-timeline-${stamp}.${format}` }
  }

  read(id: string): Methods['export.read'] {
    const held = this.#open.get(id)
    if (!held) throw new BackendFault({ code: 'not-found', message: 'The export is not open any more.' })
    if (held.isStale) {
      // Rows moved under the export: a file with holes or doubles must never pass for the view.
      this.#open.delete(id)
      const message = 'Events arrived or left while exporting. Nothing was saved; export again when the import has ended.'
      throw new BackendFault({ code: 'cancelled', message })
    }
    const texts = [held.start]
    held.start = ''
    for (let size = 0; size < PIECE && held.done < held.rows; held.done++) {
      const text = String(held.lines.next().value)
      texts.push(text)
      size += text.length
    }
    const bytes = new Uint8Array(Buffer.from(texts.join('')))
    return { bytes, rowsDone: held.done, done: held.done >= held.rows }
  }

  end(id: string): void {
    this.#open.delete(id)
  }
}
