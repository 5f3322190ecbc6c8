import type { CellContent, NotebookChange, NotebookEntry } from '../../contract'
import type { NotebookOperation } from './operation'
import type { Steps } from './steps'

const KINDS: Record<CellContent['kind'], string> = {
  text: 'text',
  query: 'query',
  chart: 'chart',
  events: 'list of events',
  clip: 'clip of a recording',
  finding: 'finding',
  negative: 'negative finding',
}

/** Characters of a text that name it. */
const NAMED = 60

/** What was done to a notebook, newest first. */
export function historyOf(operations: readonly NotebookOperation[], { undone }: Steps): NotebookEntry[] {
  const words = new Map(historyWords(operations))
  return operations
    .map((operation) => ({ op: operation.id, at: operation.at, by: operation.by, words: words.get(operation.id) ?? '', undone: undone.has(operation.id) }))
    .toReversed()
}

function* historyWords(operations: readonly NotebookOperation[]): Generator<[string, string]> {
  const said = new Map<string, string>()
  /** What each cell last was. */
  const cells = new Map<string, CellContent>()
  for (const operation of operations) {
    const words = wordsOf(operation, { said, cells })
    said.set(operation.id, words)
    yield [operation.id, words]
  }
}

type Known = { said: ReadonlyMap<string, string>; cells: Map<string, CellContent> }

function wordsOf(operation: NotebookOperation, { said, cells }: Known): string {
  switch (operation.kind) {
    case 'notebook':
      for (const { id, content } of operation.cells) cells.set(id, content)
      return `Created the notebook ${quoted(operation.title)}`
    case 'change':
      return operation.changes.map((change, at) => lowered(changeWords(change, cells), at)).join('; ')
    case 'undo':
      return `Undid: ${saidOf(operation.of, said)}`
    case 'redo':
      return `Did again: ${saidOf(operation.of, said)}`
    case 'notebook-remove':
      return 'Removed the notebook from the list'
    case 'notebook-restore':
      return 'Brought the notebook back'
  }
}

function saidOf(of: readonly string[], said: ReadonlyMap<string, string>): string {
  const words = new Set(of.map((op) => lowered(said.get(op) ?? 'a change that is not in this copy', 1)))
  return [...words].join('; ')
}

function lowered(words: string, at: number): string {
  return at === 0 ? words : `${words.slice(0, 1).toLowerCase()}${words.slice(1)}`
}

function changeWords(change: NotebookChange, cells: Map<string, CellContent>): string {
  const named = (cell: string) => cellWords(cells.get(cell))
  switch (change.do) {
    case 'title':
      return `Named it ${quoted(change.title)}`
    case 'tlp':
      return `Set the label to ${change.tlp}`
    case 'status':
      return `Set the status to ${change.status === 'in-review' ? 'in review' : change.status}`
    case 'range':
      return change.range === null ? 'Took the window away' : 'Set the window'
    case 'add':
      cells.set(change.id, change.content)
      return `Added the ${cellWords(change.content)}`
    case 'write':
      cells.set(change.cell, change.content)
      return `Wrote the ${named(change.cell)}`
    case 'move':
      return `Moved the ${named(change.cell)}`
    case 'remove':
      return `Removed the ${named(change.cell)}`
    case 'fold':
      return `${change.folded ? 'Folded' : 'Unfolded'} the ${named(change.cell)}`
    case 'choose':
      return `Chose one of the writings of the ${named(change.cell)}`
  }
}

function cellWords(content: CellContent | undefined): string {
  if (!content) return 'cell'
  const text = content.kind === 'text' ? content.text : 'claim' in content ? content.claim : content.title
  const [line = ''] = text.replace(/^[#>\s]+/, '').split('\n', 1)
  return line.trim() === '' ? KINDS[content.kind] : `${KINDS[content.kind]} ${quoted(line.trim())}`
}

function quoted(text: string): string {
  return `“${text.length > NAMED ? `${text.slice(0, NAMED)}…` : text}”`
}
