import type { Notebook } from '../../../contract'
import { formatInstant } from '../../../domain'
import type { NotebookHead } from './notebook-head'

/** The lossless form: a line of facts, then one for each cell, in order, as it was written. Times are RFC 3339. */
export function* notebookJsonl({ cells, ...facts }: Notebook, head: NotebookHead): Generator<string> {
  yield line({
    type: 'notebook',
    schema: 1,
    id: facts.id,
    title: facts.title,
    tlp: facts.tlp,
    status: facts.status,
    range: facts.range && { from: formatInstant(facts.range.from), to: formatInstant(facts.range.to) },
    createdAt: formatInstant(facts.createdAt),
    createdBy: facts.createdBy,
    changedAt: formatInstant(facts.changedAt),
    revision: facts.revision,
    cells: cells.length,
    generatedAt: formatInstant(head.generatedAt),
    generatedBy: head.generatedBy,
    version: head.version,
    sources: head.sources,
    side: head.side,
  })
  for (const { id, content, by, at, conflicts } of cells) {
    const others = conflicts.map((other) => ({ ...other, at: formatInstant(other.at) }))
    yield line({ type: 'cell', id, by, at: formatInstant(at), content, ...(others.length > 0 ? { conflicts: others } : {}) })
  }
}

function line(value: object): string {
  return `${JSON.stringify(value)}\n`
}
