import type { ReportHead } from '../../../contract'
import { formatInstant } from '../../../domain'
import { tableCsv, tableJsonl } from '../document'
import type { Gathered } from './ground'
import { printedTable } from './main-table'

/** JSON Lines: the head first, then the rows of every table, each with the name of its table. */
export function* reportJsonl(head: ReportHead, gathered: Gathered, chosen: readonly number[] | null): Generator<string> {
  yield `${JSON.stringify({ type: 'report', schema: 1, ...headObject(head) })}\n`
  if (head.hidden !== null) return
  const { main, sections } = gathered
  if (main.lines) yield* main.lines(chosen)
  else yield* tableJsonl(printedTable(main, chosen))
  for (const { table } of sections) yield* tableJsonl(table)
}

/** The main table alone; its head is a file of its own. Where it is not visible that is what it says, since a table without rows would say that there are none. */
export function* reportCsv(head: ReportHead, gathered: Gathered, chosen: readonly number[] | null): Generator<string> {
  if (head.hidden === null) return yield* tableCsv(printedTable(gathered.main, chosen))
  const columns = [{ name: 'not_visible', label: '', kind: 'text' as const }]
  yield* tableCsv({ name: 'hidden', title: '', columns, total: 1, rows: () => [[head.hidden]], none: '' })
}

/** The head as programs read it: times are RFC 3339 in UTC. */
export function headObject(head: ReportHead): object {
  const { period, generatedAt, streams, ...rest } = head
  return {
    ...rest,
    period: { from: formatInstant(period.from), to: formatInstant(period.to) },
    generatedAt: formatInstant(generatedAt),
    streams: streams.map(({ holes, ...stream }) => ({ ...stream, holes: holes.map(({ from, to, ...hole }) => ({ from: formatInstant(from), to: formatInstant(to), ...hole })) })),
  }
}
