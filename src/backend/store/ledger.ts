import type { Database, Statement } from 'sql.js'
import { mergeCoverage, type CoverageNews, type CoverageRange } from '../../domain'
import { all } from './database'

export type LedgerRange = Omit<CoverageRange, 'connection' | 'held'>

type Row = { stream: string; from: number; to: number; state: string; total: number | null; note: string | null }

const COLUMNS = 'SELECT stream, from_time "from", to_time "to", state, server_total total, note FROM coverage'
const DELETE = 'DELETE FROM coverage WHERE connection = ? AND stream = ? AND from_time = ?'
const INSERT = 'INSERT INTO coverage VALUES (?, ?, ?, ?, ?, ?, ?)'

/** What is known of the streams of each connection. */
export class Ledger {
  readonly #database: Database
  /** Ranges of streams by connection: each page asks for those of its stream. */
  readonly #known = new Map<number, Map<string, LedgerRange[]>>()
  /** End with the database. */
  #delete: Statement | null = null
  #insert: Statement | null = null

  constructor(database: Database) {
    this.#database = database
  }

  /** By stream, then time. */
  of(connection: number): LedgerRange[] {
    return all<Row>(this.#database, `${COLUMNS} WHERE connection = ? ORDER BY stream, from_time`, [connection]).map(rangeOf)
  }

  ofStream(connection: number, stream: string): readonly LedgerRange[] {
    return this.#known.get(connection)?.get(stream) ?? []
  }

  merge(connection: number, news: readonly CoverageNews[]): void {
    for (const stream of new Set(news.map((range) => range.stream))) {
      const before = this.ofStream(connection, stream)
      const after = mergeCoverage(before, news.filter((range) => range.stream === stream))
      this.#replace(connection, before, after)
      const known = this.#known.get(connection) ?? new Map<string, LedgerRange[]>()
      this.#known.set(connection, known.set(stream, after))
    }
  }

  /** After the connection left the database. */
  forget(connection: number): void {
    this.#known.delete(connection)
  }

  /** Writes only what is other than before: a stream can have thousands of ranges, and each page brings news. */
  #replace(connection: number, before: readonly LedgerRange[], after: readonly LedgerRange[]): void {
    const [held, kept] = [new Set(before), new Set(after)]
    this.#delete ??= this.#database.prepare(DELETE)
    this.#insert ??= this.#database.prepare(INSERT)
    for (const { stream, from } of before.filter((range) => !kept.has(range))) {
      this.#delete.run([connection, stream, from])
    }
    for (const { stream, from, to, state, serverTotal, note } of after.filter((range) => !held.has(range))) {
      this.#insert.run([connection, stream, from, to, state, serverTotal ?? null, note ?? null])
    }
  }
}

function rangeOf({ stream, from, to, state, total, note }: Row): LedgerRange {
  const counted = total === null ? {} : { serverTotal: total }
  return { stream, from, to, state: state as CoverageRange['state'], ...counted, ...(note === null ? {} : { note }) }
}
