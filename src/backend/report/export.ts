import { randomBytes, randomUUID } from 'node:crypto'
import { BackendFault, type Ask, type BegunExport, type ExportMask, type ExportPart, type ExportTable, type Methods } from '../../contract'
import type { Instant } from '../../domain'
import { storeView } from '../query'
import type { ReadableStore } from '../store'
import { listedCommitments, listedGround, listedLines } from './event-list'
import { commitmentLines, exportLines, type Lines } from './export-lines'
import { FileSum } from './file-sum'
import { FORMATS } from './formats'
import { exportManifest, exportName, manifestText, timelineGround, type ManifestGround } from './manifest'
import { keepSalt, Redactor } from './redact'
import type { TableExport } from './tables'

/** Bytes that a page reads at once, if a single record is not longer. */
const PIECE = 1024 * 1024

type Part = { part: ExportPart; name: string; lines: Iterator<Lines> | AsyncIterator<Lines>; sum: FileSum; done: boolean }

/** What there is to write, and how. */
type Plan = {
  ground: () => ManifestGround
  rows: number
  format: string
  cells?: 'safe' | 'raw'
  redactor?: Redactor
  /** Whether events that arrive or leave may change its rows. */
  isOfEvents: boolean
}

type Held = Plan & { id: string; at: Instant; parts: Part[]; isStale: boolean }

type Begun = Plan & { id: string; name: string; now: Instant; lines: Part['lines']; commitments: (redactor: Redactor) => Part['lines'] }

/** What people did: no event changes what stands in it. */
const LOGGED: ReadonlySet<ExportTable> = new Set(['custody.list', 'review.list'])

type Surroundings = { version: string; workspace: string }

/** Exports that a page is reading piece by piece: the rows, what proves them where they are masked, and the manifest. */
export class Exports {
  readonly #store: ReadableStore
  readonly #around: Surroundings
  readonly #open = new Map<string, Held>()

  constructor(store: ReadableStore, around: Surroundings) {
    this.#store = store
    this.#around = around
    store.onChange((tables) => {
      if (tables.includes('event')) for (const held of this.#open.values()) held.isStale = held.isOfEvents
    })
  }

  begin({ view: asked, format, masks = [], raw = false }: Ask<'export.begin'>, now: Instant): BegunExport {
    const store = this.#store
    const view = storeView(asked)
    const id = randomUUID()
    const name = `${exportName('timeline', now)}.${FORMATS[format].extension}`
    const redactor = this.#redactor({ id, name, masks, now })
    const options = { format, raw, version: this.#around.version, ...(redactor ? { redactor } : {}) }
    const ground = () => timelineGround(store, { query: asked.query, view, coverage: store.coverage(view.range) })
    const plan: Plan = { ground, rows: store.length(view), format, ...cellsOf(format, raw), ...(redactor ? { redactor } : {}), isOfEvents: true }
    const lines = exportLines(store, view, options)
    return this.#hold({ ...plan, id, name, now, lines, commitments: (by) => commitmentLines(store, view, { redactor: by }) })
  }

  beginEvents({ keys, format, masks = [], raw = false }: Ask<'export.beginEvents'>, now: Instant): BegunExport {
    const list = { store: this.#store, keys }
    const id = randomUUID()
    const name = `${exportName('events', now)}.${FORMATS[format].extension}`
    const redactor = this.#redactor({ id, name, masks, now })
    const masked = redactor ? { redactor } : {}
    const plan: Plan = { ground: () => listedGround(list, redactor), rows: keys.length, format, ...cellsOf(format, raw), ...masked, isOfEvents: true }
    const lines = listedLines(list, { format, raw, version: this.#around.version, ...masked })
    return this.#hold({ ...plan, id, name, now, lines, commitments: (by) => listedCommitments(list, by) })
  }

  beginTable(table: TableExport, { format, masks = [], raw = false }: Omit<Ask<'export.beginTable'>, 'table' | 'ask'>, now: Instant): BegunExport {
    const id = randomUUID()
    const name = `${exportName(table.name, now)}.${format}`
    const redactor = this.#redactor({ id, name, masks, now })
    const masked = redactor ? { redactor } : {}
    const ground = () => table.ground(this.#store, redactor)
    const plan: Plan = { ground, rows: table.total, format, ...cellsOf(format, raw), ...masked, isOfEvents: !LOGGED.has(table.table) }
    return this.#hold({ ...plan, id, name, now, lines: table.lines({ format, raw, ...masked }), commitments: table.commitments })
  }

  async read(id: string, part: ExportPart = 'rows'): Promise<Methods['export.read']> {
    const held = this.#checked(id)
    const file = held.parts.find((one) => one.part === part)
    const before = held.parts.slice(0, file === undefined ? 0 : held.parts.indexOf(file))
    if (!file || before.some(({ done }) => !done)) throw new BackendFault({ code: 'bad-ask', message: 'The files of an export are read one after the other.' })
    const pieces: Buffer[] = []
    let rows = 0
    for (let size = 0; size < PIECE; ) {
      const next = await file.lines.next()
      if (next.done === true) {
        file.done = true
        break
      }
      const piece = Buffer.from(next.value.text)
      pieces.push(piece)
      size += piece.length
      rows += next.value.rows
      // The rows are known beforehand, so that the last piece says that it is the last.
      file.done = part !== 'manifest' && file.sum.rows + rows >= held.rows
      if (file.done) break
    }
    this.#checked(id)
    const bytes = new Uint8Array(Buffer.concat(pieces))
    file.sum.add(bytes, rows)
    return { bytes, rowsDone: file.sum.rows, done: file.done }
  }

  end(id: string): void {
    this.#open.delete(id)
  }

  #redactor({ id, name, masks, now }: { id: string; name: string; masks: readonly ExportMask[]; now: Instant }): Redactor | undefined {
    if (masks.length === 0) return undefined
    const salt = randomBytes(32)
    keepSalt(this.#around.workspace, { id, name, at: now, masks, salt })
    return new Redactor(masks, salt)
  }

  #hold({ id, name, now, lines, commitments, ...plan }: Begun): BegunExport {
    const held: Held = { ...plan, id, at: now, parts: [], isStale: false }
    held.parts.push({ part: 'rows', name, lines, sum: new FileSum(name), done: false })
    if (plan.redactor) {
      const beside = `${name}.commitments.jsonl`
      held.parts.push({ part: 'commitments', name: beside, lines: commitments(plan.redactor), sum: new FileSum(beside), done: false })
    }
    const manifest = `${name}.manifest.json`
    held.parts.push({ part: 'manifest', name: manifest, lines: this.#manifestOf(held), sum: new FileSum(manifest), done: false })
    this.#open.set(id, held)
    const beside = held.parts.flatMap((one) => (one.part === 'rows' ? [] : [{ part: one.part, name: one.name }]))
    return { id, rows: plan.rows, name, beside }
  }

  *#manifestOf(held: Held): Generator<Lines> {
    const { ground, format, cells, rows, redactor } = held
    const files = held.parts.filter(({ part }) => part !== 'manifest').map(({ sum }) => sum.sum())
    const redaction = redactor ? { masks: redactor.masks, salt: held.id, rows: files[0]?.rows ?? 0, fields: redactor.fields } : null
    const manifest = exportManifest({ ground: ground(), version: this.#around.version, format, now: held.at, available: rows, files, ...(cells === undefined ? {} : { cells }), redaction })
    yield { text: manifestText(manifest), rows: 1 }
  }

  #checked(id: string): Held {
    const held = this.#open.get(id)
    if (!held) throw new BackendFault({ code: 'not-found', message: 'The export is not open any more.' })
    if (!held.isStale) return held
    // Rows moved under the export: a file with holes or doubles must never pass for the view.
    this.#open.delete(id)
    const message = 'Events arrived or left while exporting. Nothing was saved; export again when the import has ended.'
    throw new BackendFault({ code: 'cancelled', message })
  }
}

function cellsOf(format: string, raw: boolean): Pick<Plan, 'cells'> {
  return format === 'csv' ? { cells: raw ? 'raw' : 'safe' } : {}
}
