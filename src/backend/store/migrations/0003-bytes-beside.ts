import type { Database } from 'sql.js'

/** The bytes of blocks stand in memory once, beside the database. */
export function bytesBeside(database: Database): void {
  database.run(`
    ALTER TABLE block DROP COLUMN frame;
    ALTER TABLE block DROP COLUMN columns;
    ALTER TABLE block DROP COLUMN raw;
  `)
}
