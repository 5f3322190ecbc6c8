import { below } from '../data/random'
import { many, said, slowly, type Output, type Scene } from './program'
import { anyOf, between, left, right } from './text'

export function query(scene: Scene): Output {
  const { command, random } = scene
  if (command.includes('\\copy')) return { frames: [{ wait: 4000, text: '' }, ...said(`COPY ${between(random, 38_000, 40_000)}`).frames] }
  if (command.includes('explain')) return plan(scene)
  if (command.includes('pg_stat_activity')) return activity(scene)
  if (command.includes('-l')) return databases(scene)
  return said(' count ', '-------', ` ${right(between(random, 100, 99_999), 5)}`, '(1 row)', '')
}

function plan({ random }: Scene): Output {
  const cost = () => `(cost=0.${between(random, 10, 99)}..${between(random, 8, 900)}.44 rows=${between(random, 1, 900)} width=88)`
  const rows = [` Index Scan using shipments_pkey on shipments  ${cost()}`, '   Index Cond: (id = 8123)', `   ->  Nested Loop  ${cost()}`, `         ->  Seq Scan on parcels  ${cost()}`]
  return said(`${' '.repeat(30)}QUERY PLAN`, '-'.repeat(88), ...rows, `(${rows.length} rows)`, '')
}

function activity({ random }: Scene): Output {
  const rows = many(between(random, 12, 40), () => ` ${right(between(random, 900, 99_000), 6)} | ${anyOf(random, ['active', 'idle', 'idle in transaction', ''])}`)
  return said('  pid   |        state        ', '--------+---------------------', ...rows, `(${rows.length} rows)`, '')
}

function databases({ random }: Scene): Output {
  const rows = ['billing', 'crm', 'orders', 'postgres', 'template0', 'template1'].map((name) => ` ${left(name, 10)}| ${left(anyOf(random, ['postgres', 'orders']), 9)}| UTF8     | en_US.UTF-8 | en_US.UTF-8 | `)
  return said('                              List of databases', '   Name    |  Owner   | Encoding |   Collate   |    Ctype    | Access privileges ', `-----------+----------+----------+-------------+-------------+${'-'.repeat(19)}`, ...rows, `(${rows.length} rows)`, '')
}

export function vacuum({ random }: Scene): Output {
  return { frames: slowly(random, 900, ['vacuumdb: vacuuming database "orders"', `INFO:  analyzed ${below(random, 90_000)} of 90000 pages`]) }
}

export function sent({ random }: Scene): Output {
  const rows = many(between(random, 20, 60), (at) => `nightly/part-${right(at, 3).replaceAll(' ', '0')}.sql.gz`)
  return { frames: [...slowly(random, 200, ['sending incremental file list', ...rows]), ...said('', `sent ${between(random, 1e8, 9e8)} bytes  received 4,210 bytes  31,220,114.00 bytes/sec`, 'total size is 1,882,031,552  speedup is 1.02').frames] }
}
