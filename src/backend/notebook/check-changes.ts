import { BackendFault, type CellContent, type NotebookChange } from '../../contract'
import type { NotebookDocument } from './document'
import type { EvidenceFiles } from './evidence-files'

/** Throws for a change of a cell that is not there, and for evidence that is not held. */
export function checkChanges(document: NotebookDocument, files: EvidenceFiles, changes: readonly NotebookChange[]): void {
  const added = new Set<string>()
  const removed = new Set<string>()
  const known = (id: string) => added.has(id) || document.knows(id)
  const isThere = (id: string) => !removed.has(id) && (added.has(id) || document.has(id))
  for (const change of changes) {
    if ('after' in change && change.after !== null && !known(change.after)) throw noCell()
    if ('content' in change) checkEvidence(files, change.content)
    if (change.do === 'add') {
      if (known(change.id)) throw bad('A cell of this id was added before.')
      added.add(change.id)
      continue
    }
    if (!('cell' in change)) continue
    if (!isThere(change.cell)) throw noCell()
    if (change.do === 'move' && change.after === change.cell) throw bad('A cell cannot stand after itself.')
    if (change.do === 'choose' && !document.heads(change.cell).some(({ op }) => op === change.op)) throw bad('This writing of the cell is not one of those to choose from.')
    if (change.do === 'remove') removed.add(change.cell)
  }
}

function checkEvidence(files: EvidenceFiles, content: CellContent): void {
  const named = new Set('citations' in content ? content.citations.map(({ evidence }) => evidence) : [])
  if ('frozen' in content && content.frozen) named.add(content.frozen.evidence)
  for (const sha256 of named) if (!files.has(sha256)) throw bad('The evidence that this names is not held.')
}

/** The writings that these changes take the place of. */
export function overOf(document: NotebookDocument, changes: readonly NotebookChange[]): Record<string, string[]> {
  const cells = changes.flatMap((change) => (change.do === 'write' || change.do === 'remove' || change.do === 'choose' ? [change.cell] : []))
  return Object.fromEntries([...new Set(cells)].map((cell) => [cell, document.heads(cell).map(({ op }) => op)]))
}

function noCell(): BackendFault {
  return new BackendFault({ code: 'not-found', message: 'There is no such cell in this notebook any more.' })
}

function bad(message: string): BackendFault {
  return new BackendFault({ code: 'bad-ask', message })
}
