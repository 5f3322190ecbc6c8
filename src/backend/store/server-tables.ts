import type { Database } from 'sql.js'
import type { ServerFacts, StreamFacts } from '../../domain'
import { all } from './database'

/** What is known of servers and their lists, each as JSON text. */
export class ServerTables {
  readonly #database: Database

  constructor(database: Database) {
    this.#database = database
  }

  server(connection: number): ServerFacts | null {
    const [row] = all<{ facts: string }>(this.#database, 'SELECT facts FROM server WHERE connection = ?', [connection])
    return row ? (JSON.parse(row.facts) as ServerFacts) : null
  }

  putServer(connection: number, facts: ServerFacts): void {
    this.#database.run('INSERT OR REPLACE INTO server VALUES (?, ?)', [connection, JSON.stringify(facts)])
  }

  /** In the order in which they were first heard of. */
  streams(connection: number): StreamFacts[] {
    const rows = all<{ facts: string }>(this.#database, 'SELECT facts FROM server_stream WHERE connection = ? ORDER BY rowid', [connection])
    return rows.map(({ facts }) => JSON.parse(facts) as StreamFacts)
  }

  putStreams(connection: number, streams: readonly StreamFacts[]): void {
    const sql = `INSERT INTO server_stream VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET facts = excluded.facts`
    for (const facts of streams) this.#database.run(sql, [connection, facts.stream, JSON.stringify(facts)])
  }
}
