import type { ReportAsked } from '../../contract'
import { acts, reads } from './act'
import { rangeText } from './words'

export const reportActs = {
  'report.preview': reads<'report.preview'>((ask, { head }) => ({
    action: 'query',
    object: `report: ${head.title}`,
    detail: `${askedWords(ask)}; ${head.rowsIn} records, coverage ${head.coverage}`,
  })),
  'report.begin': acts<'report.begin'>(({ format, ...ask }, { name }) => ({ action: 'export', object: name, detail: `${format}, report ${ask.kind}, ${askedWords(ask)}` })),
  'report.read': null,
  'report.end': null,
  'control.sheets': null,
  'control.begin': acts<'control.begin'>(({ framework, format, range }, { name }) => ({ action: 'export', object: name, detail: `${format}, control sheet ${framework}, ${rangeText(range)}` })),
}

function askedWords({ range, text, only, sample }: ReportAsked): string {
  const narrowed = [...(text.trim() === '' ? [] : [text.trim()]), ...only, ...(sample ? [`sample of ${sample.size}, seed ${sample.seed}`] : [])]
  return [rangeText(range), ...narrowed].join(', ')
}
