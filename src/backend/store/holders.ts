import type { Database } from 'sql.js'
import { mergeCoverage, type Connection, type CoverageRange, type ImportedFile } from '../../domain'
import { all } from './database'
import type { Checkpoint } from './door'

/** One connection as far as rows are concerned. */
export type Holder = { id: number; name: string; kind: string; shown: boolean }

type Range = Omit<CoverageRange, 'connection' | 'held'>
type Listed = Pick<Connection, 'name' | 'kind' | 'origin' | 'state' | 'files'> & { id: number }

/** The connections: their tables in the database, and who of them holds and shows rows. */
export class Holders {
  readonly #database: Database
  readonly #byId = new Map<number, Holder>()
  #lastId = 0

  constructor(database: Database) {
    this.#database = database
  }

  /** Applies a checkpoint's facts; answers the connection's number, and the number of the one that it replaced. */
  apply(checkpoint: Checkpoint, origin: Connection['origin']): { id: number; replaced: number | null } {
    const pending = checkpoint.pending ?? false
    const id = this.find(checkpoint.connection, pending)?.id ?? this.#add(checkpoint, origin)
    const holder = this.get(id)
    if (checkpoint.files) this.#addFiles(id, checkpoint.files)
    if (checkpoint.coverage) this.#cover(id, checkpoint.coverage)
    let replaced: number | null = null
    if (checkpoint.ready) {
      if (checkpoint.ready.replaces !== undefined) replaced = this.find(checkpoint.ready.replaces, false)?.id ?? null
      if (replaced !== null) this.drop(replaced)
      holder.shown = true
      this.#database.run("UPDATE connection SET state = 'ready', pending = 0 WHERE id = ?", [id])
    } else if (!pending) {
      const state = checkpoint.interrupted ? 'interrupted' : 'importing'
      this.#database.run('UPDATE connection SET state = ? WHERE id = ?', [state, id])
    }
    return { id, replaced }
  }

  get(id: number): Holder {
    const holder = this.#byId.get(id)
    if (!holder) throw new Error(`no connection ${id}`)
    return holder
  }

  has(id: number): boolean {
    return this.#byId.has(id)
  }

  isShown(id: number): boolean {
    return this.#byId.get(id)?.shown ?? false
  }

  find(name: string, pending: boolean): Holder | null {
    return [...this.#byId.values()].find((h) => h.name === name && h.shown === !pending) ?? null
  }

  pending(): Holder[] {
    return [...this.#byId.values()].filter((holder) => !holder.shown)
  }

  drop(id: number): void {
    this.#byId.delete(id)
    this.#database.run('DELETE FROM connection WHERE id = ?', [id])
  }

  markRemoved(id: number): void {
    this.#database.run("UPDATE connection SET state = 'removed' WHERE id = ?", [id])
  }

  /** Nobody imports now: what says so was cut. */
  markInterrupted(): void {
    this.#database.run("UPDATE connection SET state = 'interrupted' WHERE state = 'importing'")
  }

  /** Connections a person sees, without their counts of rows. */
  list(): Listed[] {
    return this.all().flatMap(({ pending, ...listed }) => (pending ? [] : [listed]))
  }

  /** The same with those that are not to be seen yet. */
  all(): (Listed & { pending: boolean })[] {
    const rows = all<{ id: number; name: string; kind: string; origin: string; state: string; pending: number }>(
      this.#database,
      'SELECT id, name, kind, origin, state, pending FROM connection ORDER BY name, pending',
    )
    return rows.map((row) => ({
      ...row,
      origin: row.origin as Connection['origin'],
      state: row.state as Connection['state'],
      pending: row.pending === 1,
      files: this.files(row.id),
    }))
  }

  files(id: number): ImportedFile[] {
    const files = all<ImportedFile>(
      this.#database,
      'SELECT path, size, mtime, sha256, stream, first, last FROM source_file WHERE connection = ? ORDER BY first, path',
      [id],
    )
    return files
  }

  coverage(id: number): Range[] {
    const rows = all<{ stream: string; from: number; to: number; state: string; total: number | null; note: string | null }>(
      this.#database,
      'SELECT stream, from_time "from", to_time "to", state, server_total total, note FROM coverage WHERE connection = ? ORDER BY stream, from_time',
      [id],
    )
    return rows.map(({ stream, from, to, state, total, note }) => ({
      stream,
      from,
      to,
      state: state as CoverageRange['state'],
      ...(total === null ? {} : { serverTotal: total }),
      ...(note === null ? {} : { note }),
    }))
  }

  #add(checkpoint: Checkpoint, origin: Connection['origin']): number {
    const id = ++this.#lastId
    const pending = checkpoint.pending ?? false
    this.#byId.set(id, { id, name: checkpoint.connection, kind: checkpoint.kind, shown: !pending })
    this.#database.run('INSERT INTO connection (id, name, kind, origin, state, pending) VALUES (?, ?, ?, ?, ?, ?)', [
      id,
      checkpoint.connection,
      checkpoint.kind,
      origin,
      'importing',
      pending ? 1 : 0,
    ])
    return id
  }

  #addFiles(id: number, files: ImportedFile[]): void {
    for (const file of files) {
      this.#database.run('INSERT OR REPLACE INTO source_file VALUES (?, ?, ?, ?, ?, ?, ?, ?)', [
        id,
        file.path,
        file.size,
        file.mtime,
        file.sha256,
        file.stream,
        file.first,
        file.last,
      ])
    }
  }

  #cover(id: number, news: Range[]): void {
    const ranges = mergeCoverage(this.coverage(id), news)
    this.#database.run('DELETE FROM coverage WHERE connection = ?', [id])
    for (const range of ranges) {
      this.#database.run('INSERT INTO coverage VALUES (?, ?, ?, ?, ?, ?, ?)', [
        id,
        range.stream,
        range.from,
        range.to,
        range.state,
        range.serverTotal ?? null,
        range.note ?? null,
      ])
    }
  }
}
