import { DatabaseSync } from '@photostructure/sqlite'

const COLUMNS = ['time', 'sequence', 'category', 'action', 'outcome', 'severity', 'user', 'machine', 'ip', 'repeat', 'companion', 'message']
const PAGE = 1000

/** The rows of a workspace in an SQLite file, with the indexes that one would make for a timeline. */
export function fillDatabase(path, store) {
  const database = new DatabaseSync(path)
  database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA cache_size = -200000; PRAGMA mmap_size = 2000000000')
  database.exec(`CREATE TABLE event (
    id INTEGER PRIMARY KEY, time INTEGER, sequence INTEGER, category TEXT, action TEXT, outcome TEXT, severity TEXT, user TEXT,
    machine TEXT, ip TEXT, repeat INTEGER, companion INTEGER, message TEXT)`)
  const insert = database.prepare(`INSERT INTO event (${COLUMNS.join()}) VALUES (${COLUMNS.map(() => '?').join()})`)
  const view = { filter: { kind: 'all' }, range: null, order: 'asc', companions: true }
  database.exec('BEGIN')
  for (let at = 0; ; at += PAGE) {
    const page = store.page(view, at, PAGE)
    for (const { event } of page) insert.run(...valuesOf(event))
    if (page.length < PAGE) break
  }
  for (const column of ['user', 'machine', 'ip', 'action', 'outcome']) {
    database.exec(`CREATE INDEX by_${column} ON event (${column}, time, sequence) WHERE companion = 0`)
  }
  database.exec('CREATE INDEX by_time ON event (time, sequence) WHERE companion = 0')
  database.exec('COMMIT; ANALYZE')
  return database
}

function valuesOf(event) {
  const { time, sequence, category, action, outcome, severity, actor, machine, ip, repeat, companion, attributes } = event
  const named = [category, action, outcome, severity, actor?.name ?? null, machine?.name ?? null, ip ?? null]
  return [time, sequence, ...named, repeat, companion ? 1 : 0, attributes.message]
}

/** Answers the rows of a statement, prepared once. */
export function asker(database) {
  const prepared = new Map()
  return (text, ...values) => {
    if (!prepared.has(text)) prepared.set(text, database.prepare(text))
    return prepared.get(text).all(...values)
  }
}
