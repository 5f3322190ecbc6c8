import type { Database } from 'sql.js'
import { workspaceTables } from './0001-workspace-tables'
import { servers } from './0002-servers'
import { bytesBeside } from './0003-bytes-beside'

/** Append only: a migration's number is its place in this list, counted from 1. */
const MIGRATIONS: readonly ((database: Database) => void)[] = [workspaceTables, servers, bytesBeside]

export const SCHEMA_VERSION = MIGRATIONS.length

/** Brings a database to a schema version, each step in a transaction of its own. Throws when it is newer than this program. */
export function migrate(database: Database, to: number = SCHEMA_VERSION): void {
  const from = schemaVersion(database)
  if (from > to) throw new Error(`The database has schema ${from}; this program knows up to ${to}.`)
  for (let version = from; version < to; version++) {
    database.run('BEGIN')
    try {
      MIGRATIONS[version]?.(database)
      database.run(`PRAGMA user_version = ${version + 1}`)
      database.run('COMMIT')
    } catch (error) {
      database.run('ROLLBACK')
      throw error
    }
  }
}

export function schemaVersion(database: Database): number {
  return Number(database.exec('PRAGMA user_version')[0]?.values[0]?.[0] ?? 0)
}
