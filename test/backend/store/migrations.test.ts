import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import initSqlJs, { type Database } from 'sql.js'
import { beforeEach, describe, expect, test } from 'vitest'
import { all, databases } from '../../../src/backend/store/database'
import { migrate, SCHEMA_VERSION, schemaVersion } from '../../../src/backend/store/migrations'

const dist = dirname(createRequire(import.meta.url).resolve('sql.js'))

let database: Database
beforeEach(async () => {
  const SQL = await initSqlJs({ locateFile: (name) => join(dist, name) })
  database = new SQL.Database()
})

const tables = (of: Database) => all<{ name: string; sql: string }>(of, "SELECT name, sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY name")

describe('migrations', () => {
  test('bring a new database to the newest schema', () => {
    expect(schemaVersion(database)).toBe(0)
    migrate(database)
    expect(schemaVersion(database)).toBe(SCHEMA_VERSION)
    expect(tables(database).map(({ name }) => name)).toEqual([
      'block', 'connection', 'coverage', 'coverage_of_stream', 'server', 'server_stream', 'setting', 'source_file',
    ])
  })

  test('step by step from every earlier version end in the same schema', async () => {
    migrate(database)
    const newest = tables(database)
    const SQL = await initSqlJs({ locateFile: (name) => join(dist, name) })
    for (let from = 0; from <= SCHEMA_VERSION; from++) {
      const older = new SQL.Database()
      migrate(older, from)
      expect(schemaVersion(older)).toBe(from)
      migrate(older)
      expect(tables(older)).toEqual(newest)
    }
  })

  test('do nothing the second time', () => {
    migrate(database)
    database.run("INSERT INTO setting VALUES ('zone', 'UTC')")
    migrate(database)
    expect(all(database, 'SELECT * FROM setting')).toEqual([{ name: 'zone', value: 'UTC' }])
  })

  test('refuse a database of a newer program and leave it alone', () => {
    database.run(`PRAGMA user_version = ${SCHEMA_VERSION + 1}`)
    expect(() => migrate(database)).toThrow(`schema ${SCHEMA_VERSION + 1}`)
    expect(tables(database)).toEqual([])
  })

  test('that fail leave neither tables nor the number behind', () => {
    // The last table of the step is there already, so the step fails after it made the others.
    database.run('CREATE TABLE setting (mine TEXT)')
    expect(() => migrate(database)).toThrow(/already exists/)
    expect(tables(database).map(({ name }) => name)).toEqual(['setting'])
    expect(schemaVersion(database)).toBe(0)
    database.run('DROP TABLE setting')
    migrate(database)
    expect(schemaVersion(database)).toBe(SCHEMA_VERSION)
  })
})

test('the database of the cache is at the newest schema, and sound when it has grown large', async () => {
  const cache = (await databases())()
  expect(schemaVersion(cache)).toBe(SCHEMA_VERSION)
  const long = (n: number) => String(n).repeat(1_500_000)
  for (let n = 0; n < 8; n++) cache.run('INSERT INTO block VALUES (?, 1, ?)', [n, long(n)])
  const found = all<{ n: number; text: string }>(cache, 'SELECT first_row n, provenance text FROM block ORDER BY first_row')
  for (const { n, text } of found) expect(text === long(n)).toBe(true)
  expect(found).toHaveLength(8)
  expect(cache.exec('PRAGMA integrity_check')[0]?.values).toEqual([['ok']])
  cache.close()
})
