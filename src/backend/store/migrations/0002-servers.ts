import type { Database } from 'sql.js'

export function servers(database: Database): void {
  database.run(`
    -- Facts are JSON: a ServerFacts, a StreamFacts.
    CREATE TABLE server (
      connection INTEGER PRIMARY KEY REFERENCES connection (id) ON DELETE CASCADE, facts TEXT NOT NULL
    ) STRICT;
    CREATE TABLE server_stream (
      connection INTEGER NOT NULL REFERENCES connection (id) ON DELETE CASCADE, stream TEXT NOT NULL, facts TEXT NOT NULL,
      UNIQUE (connection, stream)
    ) STRICT;
    CREATE INDEX coverage_of_stream ON coverage (connection, stream, from_time);
    -- The body that a block's records came in, without them, see frame.ts.
    ALTER TABLE block ADD COLUMN frame BLOB;
  `)
}
