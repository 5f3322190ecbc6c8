import type { Methods } from '../../contract'
import type { LineColumns } from './lines/line-columns'
import { searchLines, type LineQuery, type SearchOptions } from './lines/search'

type Found = Methods['recording.search']

/**
 * Where a recording shows something; what is still shown at its end is shown until `duration`.
 * @throws PatternFault
 */
export function hitsIn(lines: LineColumns, query: LineQuery, options: SearchOptions & { duration: number }): Found {
  const { total, hits } = searchLines(lines, query, options)
  return {
    total,
    hits: hits.map(({ at, gone, text, from, to }) => ({ at, until: gone ?? Math.max(options.duration, at), line: text, from, to })),
  }
}
