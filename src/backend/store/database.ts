import { readFileSync } from 'node:fs'
import initSqlJs, { type Database, type SqlJsStatic, type SqlValue } from 'sql.js'
import wasmPath from 'sql.js/dist/sql-wasm.wasm?asset'
import { migrate } from './migrations'

/** Makes an empty in-memory database at the newest schema each time. */
export async function databases(): Promise<() => Database> {
  const SQL = await initSqlJs({ wasmBinary: wasmBinary() })
  return () => newDatabase(SQL)
}

function newDatabase(SQL: SqlJsStatic): Database {
  const database = new SQL.Database()
  migrate(database)
  // What is durable is the journal of the workspace; this database lives in memory.
  database.run('PRAGMA journal_mode = MEMORY')
  database.run('PRAGMA locking_mode = EXCLUSIVE')
  database.run('PRAGMA synchronous = OFF')
  database.run('PRAGMA temp_store = MEMORY')
  database.run('PRAGMA foreign_keys = ON')
  // One transaction for its whole life: nobody else reads it and nothing of it is kept, and each end of one writes pages.
  database.run('BEGIN')
  return database
}

function wasmBinary(): ArrayBuffer {
  const bytes = readFileSync(wasmPath)
  return bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) as ArrayBuffer
}

/** All rows of a query as objects. */
export function all<T extends Record<string, SqlValue>>(database: Database, sql: string, values: SqlValue[] = []): T[] {
  const statement = database.prepare(sql)
  try {
    statement.bind(values)
    const rows: T[] = []
    while (statement.step()) rows.push(statement.getAsObject() as T)
    return rows
  } finally {
    statement.free()
  }
}
