import type { Database } from 'sql.js'

export function workspaceTables(database: Database): void {
  database.run(`
    CREATE TABLE connection (
      id INTEGER PRIMARY KEY, name TEXT NOT NULL, kind TEXT NOT NULL, origin TEXT NOT NULL, state TEXT NOT NULL,
      pending INTEGER NOT NULL, UNIQUE (name, pending)
    ) STRICT;
    CREATE TABLE source_file (
      connection INTEGER NOT NULL REFERENCES connection (id) ON DELETE CASCADE, path TEXT NOT NULL, size INTEGER NOT NULL,
      mtime REAL NOT NULL, sha256 TEXT NOT NULL, stream TEXT NOT NULL, first REAL, last REAL,
      PRIMARY KEY (connection, path, sha256)
    ) STRICT;
    CREATE TABLE coverage (
      connection INTEGER NOT NULL REFERENCES connection (id) ON DELETE CASCADE, stream TEXT NOT NULL,
      from_time REAL NOT NULL, to_time REAL NOT NULL, state TEXT NOT NULL, server_total INTEGER, note TEXT
    ) STRICT;
    -- A block holds the records of one batch: \`columns\` as encoded by block.ts, \`raw\` their bytes end to end.
    CREATE TABLE block (
      first_row INTEGER PRIMARY KEY, rows INTEGER NOT NULL, columns BLOB NOT NULL, raw BLOB NOT NULL, provenance TEXT NOT NULL
    ) STRICT;
    CREATE TABLE setting (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
  `)
}
