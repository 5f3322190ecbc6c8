import { BackendFault, type ReportAsked, type ReportFormat, type ReportHead } from '../../../contract'
import { renderHtml, renderMarkdown, zoneClock } from '../document'
import { gatherReport } from './gather'
import type { ReportGround } from './ground'
import { reportHead } from './head'
import { reportDocument } from './report-document'
import { reportCsv, reportJsonl } from './report-lines'
import { rootOfView } from './root'
import { chooseSample } from './sample'

/** As pieces of text; of a PDF those of the page it is printed from. */
export type MadeReport = { head: ReportHead; pieces: Iterable<string>; rows: number }

export type Making = { isStale: () => boolean; onStep: (done: number, total: number) => void }

/** Rows of which a PDF is refused: a browser would need more memory than there is. */
export const MOST_PRINTED = 50_000

/** A report with its root, ready to be written piece by piece while the store stands still. */
export async function makeReport(ground: ReportGround, { format, ...asked }: ReportAsked & { format: ReportFormat }, making: Making): Promise<MadeReport> {
  zoneClock(asked.zone)
  const gathered = await gatherReport(ground, asked)
  const { store } = ground
  const chosen = asked.sample ? await chooseSample(gathered.main.names(), asked.sample, making.isStale) : null
  const root = gathered.hidden === null ? await rootOfView(store, gathered.view, making) : null
  if (making.isStale() || (asked.sample && !chosen)) throw stale()
  const head = reportHead(ground, asked, { gathered, root, chosen })
  if (format === 'pdf' && head.rowsShown > MOST_PRINTED) throw tooLong(head.rowsShown)
  return { head, pieces: piecesOf(), rows: head.rowsShown }

  function piecesOf(): Iterable<string> {
    if (format === 'csv') return reportCsv(head, gathered, chosen)
    if (format === 'jsonl') return reportJsonl(head, gathered, chosen)
    const document = reportDocument(head, gathered, chosen)
    return format === 'md' ? renderMarkdown(document) : renderHtml(document)
  }
}

/** A report with holes or doubles must never pass for the period. */
export function stale(): BackendFault {
  return new BackendFault({ code: 'cancelled', message: 'Events arrived or left while the report was made. Nothing was saved; make it again when the sync or import has ended.' })
}

function tooLong(rows: number): BackendFault {
  const message = `A PDF of ${rows.toLocaleString('en-US')} rows is longer than a browser can print (${MOST_PRINTED.toLocaleString('en-US')}). Narrow the period, take a sample, or choose HTML, CSV or JSON Lines.`
  return new BackendFault({ code: 'bad-ask', message })
}
