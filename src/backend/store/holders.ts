import type { Database } from 'sql.js'
import type { Connection, ImportedFile } from '../../domain'
import { all } from './database'
import type { Checkpoint } from './door'
import { Ledger } from './ledger'
import { ServerTables } from './server-tables'

/** One connection as far as rows are concerned. */
export type Holder = Pick<Connection, 'name' | 'kind' | 'origin' | 'state'> & { id: number; shown: boolean }

type Listed = Omit<Connection, 'rows' | 'companions' | 'first' | 'last'> & { id: number }
/** `shown`: its rows were hidden before. */
type Applied = { id: number; replaced: number | null; shown: boolean }

/** The connections: their tables in the database, and who of them holds and shows rows. */
export class Holders {
  readonly ledger: Ledger
  readonly #database: Database
  readonly #servers: ServerTables
  readonly #byId = new Map<number, Holder>()
  #lastId = 0

  constructor(database: Database) {
    this.#database = database
    this.ledger = new Ledger(database)
    this.#servers = new ServerTables(database)
  }

  /** Applies a checkpoint's facts; answers the connection's number, and the number of the one that it replaced. */
  apply(checkpoint: Checkpoint, origin: Connection['origin']): Applied {
    const pending = checkpoint.pending ?? false
    const id = this.find(checkpoint.connection, pending)?.id ?? this.#add(checkpoint, origin)
    const holder = this.get(id)
    this.#learn(id, checkpoint)
    let replaced: number | null = null
    const wasShown = holder.shown
    if (checkpoint.ready) {
      if (checkpoint.ready.replaces !== undefined) replaced = this.find(checkpoint.ready.replaces, false)?.id ?? null
      if (replaced !== null) this.drop(replaced)
      holder.shown = true
      this.#database.run('UPDATE connection SET pending = 0 WHERE id = ?', [id])
      this.#setState(holder, 'ready')
    } else if (!pending) {
      this.#setState(holder, holder.origin === 'server' ? 'ready' : checkpoint.interrupted ? 'interrupted' : 'importing')
    }
    return { id, replaced, shown: !wasShown && holder.shown }
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

  /** Null where what it holds is not to be seen yet. */
  shownName(id: number): string | null {
    return this.isShown(id) ? this.get(id).name : null
  }

  find(name: string, pending: boolean): Holder | null {
    return [...this.#byId.values()].find((h) => h.name === name && h.shown === !pending) ?? null
  }

  pending(): Holder[] {
    return [...this.#byId.values()].filter((holder) => !holder.shown)
  }

  rename(id: number, name: string): void {
    this.get(id).name = name
    this.#database.run('UPDATE connection SET name = ? WHERE id = ?', [name, id])
  }

  drop(id: number): void {
    this.#byId.delete(id)
    this.ledger.forget(id)
    this.#database.run('DELETE FROM connection WHERE id = ?', [id])
  }

  markRemoved(id: number): void {
    this.#setState(this.get(id), 'removed')
  }

  /** Nobody imports now: what says so was cut. */
  markInterrupted(isCut: (holder: Holder) => boolean = () => true): void {
    for (const holder of this.#byId.values()) if (holder.state === 'importing' && isCut(holder)) this.#setState(holder, 'interrupted')
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
      files: this.#files(row.id),
      server: this.#servers.server(row.id),
      streams: this.#servers.streams(row.id),
    }))
  }

  #files(id: number): ImportedFile[] {
    const files = all<ImportedFile>(
      this.#database,
      'SELECT path, size, mtime, sha256, stream, first, last FROM source_file WHERE connection = ? ORDER BY first, path',
      [id],
    )
    return files
  }

  #add(checkpoint: Checkpoint, origin: Connection['origin']): number {
    const id = ++this.#lastId
    const pending = checkpoint.pending ?? false
    const { connection: name, kind } = checkpoint
    const state = origin === 'server' ? 'ready' : 'importing'
    this.#byId.set(id, { id, name, kind, origin, state, shown: !pending })
    const values = [id, name, kind, origin, state, pending ? 1 : 0]
    this.#database.run('INSERT INTO connection (id, name, kind, origin, state, pending) VALUES (?, ?, ?, ?, ?, ?)', values)
    return id
  }

  /** Every page says again what the state is. */
  #setState(holder: Holder, state: Connection['state']): void {
    if (holder.state === state) return
    holder.state = state
    this.#database.run('UPDATE connection SET state = ? WHERE id = ?', [state, holder.id])
  }

  #learn(id: number, { files, coverage, server, streams }: Checkpoint): void {
    if (files) this.#addFiles(id, files)
    if (coverage) this.ledger.merge(id, coverage)
    if (server) this.#servers.putServer(id, server)
    if (streams) this.#servers.putStreams(id, streams)
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
}
