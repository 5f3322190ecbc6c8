import type { Cell, CellContent, Citation, Notebook, NotebookChange, NotebookFacts, NotebookState, TlpLabel } from '../../contract'
import type { Instant, TimeRange } from '../../domain'
import type { NotebookOperation } from './operation'
import { addStep, stepsOf, type Steps } from './steps'

/** One writing of a cell; null content is its removal. */
export type Writing = { op: string; content: CellContent | null; by: string; at: Instant }

type HeldCell = {
  id: string
  folded: boolean
  /** Writings that no other took the place of, oldest first; more than one is a conflict. */
  heads: Writing[]
}

type State = {
  title: string
  tlp: TlpLabel
  status: NotebookState
  range: TimeRange | null
  cells: Map<string, HeldCell>
  /** Ids of all cells there ever were, so that a place after a removed one is still a place. */
  order: string[]
}

type Created = Extract<NotebookOperation, { kind: 'notebook' }>
type Changed = Extract<NotebookOperation, { kind: 'change' }>

/** One notebook: the fold of its operations without those that are undone. */
export class NotebookDocument {
  readonly #created: Created
  readonly #operations: NotebookOperation[]
  #state: State
  readonly #steps: Steps
  #isRemoved = false
  #changedAt: Instant = 0

  /** All operations in their order; the first is the one that made it. */
  constructor(created: Created, operations: NotebookOperation[]) {
    this.#created = created
    this.#operations = operations
    this.#steps = stepsOf(operations)
    this.#state = this.#folded()
    for (const operation of operations) this.#note(operation)
  }

  apply(operation: NotebookOperation): void {
    this.#operations.push(operation)
    addStep(this.#steps, operation)
    this.#note(operation)
    if (operation.kind === 'change') applyChanges(this.#state, operation, this.#steps)
    if (operation.kind === 'undo' || operation.kind === 'redo') this.#state = this.#folded()
  }

  operations(): readonly NotebookOperation[] {
    return this.#operations
  }

  steps(): Steps {
    return this.#steps
  }

  isRemoved(): boolean {
    return this.#isRemoved
  }

  revision(): number {
    return this.#operations.length
  }

  has(cell: string): boolean {
    return shownOf(this.#state.cells.get(cell)) !== null
  }

  /** Whether there is or was one of that id. */
  knows(cell: string): boolean {
    return this.#state.cells.has(cell)
  }

  heads(cell: string): readonly Writing[] {
    return this.#state.cells.get(cell)?.heads ?? []
  }

  facts(): NotebookFacts {
    const cells = this.cells()
    const { title, tlp, status, range } = this.#state
    const { notebook: id, at: createdAt, by: createdBy } = this.#created
    const findings = cells.filter(({ content }) => content.kind === 'finding').length
    return { id, title, tlp, status, range, createdAt, createdBy, changedAt: Math.max(createdAt, this.#changedAt), cells: cells.length, findings }
  }

  /** `by` is who looks: each undoes what they did themselves. */
  notebook(by: string): Notebook {
    const { cells: _cells, findings: _findings, ...facts } = this.facts()
    const { undo = [], redo = [] } = this.#steps.of.get(by) ?? {}
    return { ...facts, cells: this.cells(), revision: this.revision(), canUndo: undo.length > 0, canRedo: redo.length > 0 }
  }

  cells(): Cell[] {
    return this.#state.order.flatMap((id) => {
      const held = this.#state.cells.get(id)
      const shown = shownOf(held)
      if (!held || !shown) return []
      const conflicts = held.heads.filter(({ op }) => op !== shown.op).map((head) => ({ ...head }))
      return [{ id, folded: held.folded, ...shown, conflicts }]
    })
  }

  /** Every event that a cell cites, and the files of rows that are frozen in it. */
  evidence(): { cell: string; citations: readonly Citation[]; frozen: string | null }[] {
    return this.cells().map(({ id, content }) => ({
      cell: id,
      citations: 'citations' in content ? content.citations : [],
      frozen: 'frozen' in content ? (content.frozen?.evidence ?? null) : null,
    }))
  }

  #note({ kind, at }: NotebookOperation): void {
    this.#changedAt = Math.max(this.#changedAt, at)
    if (kind === 'notebook-remove') this.#isRemoved = true
    if (kind === 'notebook-restore') this.#isRemoved = false
  }

  #folded(): State {
    const { title, range, id: op, by, at } = this.#created
    const cells = new Map(this.#created.cells.map(({ id, content }) => [id, { id, folded: false, heads: [{ op, content, by, at }] }]))
    const state: State = { title, tlp: 'TLP:AMBER', status: 'open', range, cells, order: [...cells.keys()] }
    for (const operation of this.#operations) {
      if (operation.kind === 'change' && !this.#steps.undone.has(operation.id)) applyChanges(state, operation, this.#steps)
    }
    return state
  }
}

/** The writing that a cell shows: the last one; null where the cell is removed. */
function shownOf(cell: HeldCell | undefined): (Writing & { content: CellContent }) | null {
  const head = cell?.heads.findLast(({ content }) => content !== null)
  return head?.content ? { ...head, content: head.content } : null
}

function applyChanges(state: State, operation: Changed, steps: Steps): void {
  for (const change of operation.changes) applyChange(state, { operation, change, steps })
}

type Applied = { operation: Changed; change: NotebookChange; steps: Steps }

function applyChange(state: State, { operation, change, steps }: Applied): void {
  const write = (cell: string, content: CellContent | null) => writeCell(state, cell, { content, operation, steps })
  switch (change.do) {
    case 'title':
      state.title = change.title
      return
    case 'tlp':
      state.tlp = change.tlp
      return
    case 'status':
      state.status = change.status
      return
    case 'range':
      state.range = change.range
      return
    case 'add':
      if (!state.cells.has(change.id)) {
        state.cells.set(change.id, { id: change.id, folded: false, heads: [] })
        insertAfter(state.order, change.id, change.after)
      }
      return write(change.id, change.content)
    case 'write':
      return write(change.cell, change.content)
    case 'remove':
      return write(change.cell, null)
    case 'move':
      if (state.cells.has(change.cell)) {
        state.order.splice(state.order.indexOf(change.cell), 1)
        insertAfter(state.order, change.cell, change.after)
      }
      return
    case 'fold': {
      const held = state.cells.get(change.cell)
      if (held) held.folded = change.folded
      return
    }
    case 'choose': {
      const chosen = state.cells.get(change.cell)?.heads.find(({ op }) => op === change.op)
      if (chosen) write(change.cell, chosen.content)
    }
  }
}

function insertAfter(order: string[], id: string, after: string | null): void {
  const at = after === null ? 0 : order.indexOf(after) + 1
  // A place that is not known in this copy is the end.
  order.splice(after !== null && at === 0 ? order.length : at, 0, id)
}

type WritingNow = { content: CellContent | null; operation: Changed; steps: Steps }

function writeCell(state: State, id: string, { content, operation, steps }: WritingNow): void {
  const held = state.cells.get(id)
  if (!held) return
  const { id: op, by, at } = operation
  const replaced = replacedBy(operation, id, steps)
  held.heads = [...held.heads.filter((head) => !replaced.has(head.op)), { op, content, by, at }]
}

/** What was undone has its place taken along with what it took the place of. */
function replacedBy({ id: own, over }: Changed, cell: string, { undone }: Steps): Set<string> {
  const replaced = new Set([own])
  const left = [...overCell(over, cell)]
  for (let op = left.pop(); op !== undefined; op = left.pop()) {
    if (replaced.has(op)) continue
    replaced.add(op)
    left.push(...overCell(undone.get(op)?.over ?? {}, cell))
  }
  return replaced
}

/** An id may be the name of anything that every object has. */
function overCell(over: Changed['over'], cell: string): readonly string[] {
  return Object.hasOwn(over, cell) ? (over[cell] ?? []) : []
}
