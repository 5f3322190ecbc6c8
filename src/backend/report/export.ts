import { randomUUID } from 'node:crypto'
import { BackendFault, type Ask, type Methods } from '../../contract'
import { formatInstant, type Instant } from '../../domain'
import { storeView } from '../query'
import type { ReadableStore, StoredRecord, StoreView } from '../store'
import { CSV_START, eventCsv } from './csv'
import { eventJson } from './event-json'

/** Rows of one piece; about a megabyte of text. */
const PIECE = 2000

export type ExportFormat = Ask<'export.begin'>['format']

type Export = { view: StoreView; format: ExportFormat; done: number; rows: number; revision: number }

/** Texts of all rows of a view, in pieces of some thousand rows. */
export function* exportPieces(store: ReadableStore, view: StoreView, how: { format: ExportFormat; limit?: number }): Generator<string> {
  const rows = Math.min(store.count(view).rows, how.limit ?? Number.POSITIVE_INFINITY)
  if (how.format === 'csv') yield CSV_START
  for (let at = 0; at < rows; at += PIECE) yield pieceOf(store.records(view, at, Math.min(PIECE, rows - at)), how.format)
}

function pieceOf(records: StoredRecord[], format: ExportFormat): string {
  return format === 'csv' ? records.map(eventCsv).join('') : records.map((record) => `${eventJson(record)}\n`).join('')
}

/** Exports that a page is reading piece by piece. */
export class Exports {
  readonly #store: ReadableStore
  readonly #open = new Map<string, Export>()

  constructor(store: ReadableStore) {
    this.#store = store
  }

  begin({ view, format }: Ask<'export.begin'>, now: Instant): Methods['export.begin'] {
    const id = randomUUID()
    const asked = storeView(view)
    const { rows } = this.#store.count(asked)
    this.#open.set(id, { view: asked, format, done: 0, rows, revision: this.#store.revision() })
    const stamp = formatInstant(now).slice(0, 19).replaceAll(/[-:]/g, '').replace('T', '-')
    return { id, rows, name: `recount-timeline-${stamp}.${format}` }
  }

  read(id: string): Methods['export.read'] {
    const held = this.#open.get(id)
    if (!held) throw new BackendFault({ code: 'not-found', message: 'The export is not open any more.' })
    if (this.#store.revision() !== held.revision) {
      // Rows moved under the export: a file with holes or doubles must never pass for the view.
      this.#open.delete(id)
      const message = 'Events arrived or left while exporting. Nothing was saved; export again when the import has ended.'
      throw new BackendFault({ code: 'cancelled', message })
    }
    const start = held.format === 'csv' && held.done === 0 ? CSV_START : ''
    const records = this.#store.records(held.view, held.done, Math.min(PIECE, held.rows - held.done))
    held.done += records.length
    const bytes = new Uint8Array(Buffer.from(start + pieceOf(records, held.format)))
    return { bytes, rowsDone: held.done, done: held.done >= held.rows }
  }

  end(id: string): void {
    this.#open.delete(id)
  }
}
