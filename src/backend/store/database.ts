import { readFileSync } from 'node:fs'
import initSqlJs, { type Database, type SqlJsStatic, type SqlValue } from 'sql.js'
import wasmPath from 'sql.js/dist/sql-wasm.wasm?asset'
import { MemoryFile } from './memory-file'
import { migrate } from './migrations'

/** Makes an empty in-memory database at the newest schema each time. */
export async function databases(): Promise<() => Database> {
  const SQL = await initSqlJs({ wasmBinary: wasmBinary() })
  return () => newDatabase(SQL)
}

function newDatabase(SQL: SqlJsStatic): Database {
  const empty = new SQL.Database()
  migrate(empty)
  const image = empty.export()
  empty.close()
  const file = new MemoryFile(image)
  const database = new SQL.Database(file as unknown as Uint8Array)
  setUp(database)
  if (worksOn(file, database)) return database
  database.close()
  const plain = new SQL.Database(image)
  setUp(plain)
  return plain
}

function setUp(database: Database): void {
  // What is durable is the journal of the workspace; this database lives in memory.
  database.run('PRAGMA journal_mode = MEMORY')
  database.run('PRAGMA locking_mode = EXCLUSIVE')
  database.run('PRAGMA synchronous = OFF')
  database.run('PRAGMA temp_store = MEMORY')
  database.run('PRAGMA foreign_keys = ON')
}

/** How sql.js treats the image it is given is not documented, so it is tried rather than trusted. */
function worksOn(file: MemoryFile, database: Database): boolean {
  const before = file.opened?.writes ?? 0
  database.run("INSERT INTO setting VALUES ('probe', 'x')")
  const [found] = database.exec("SELECT value FROM setting WHERE name = 'probe'")
  database.run("DELETE FROM setting WHERE name = 'probe'")
  return (file.opened?.writes ?? 0) > before && found?.values[0]?.[0] === 'x'
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
