import type { NotebookChange } from '../../contract'
import type { Instant } from '../../domain'
import type { NotebookOperation } from './operation'

type Changed = Extract<NotebookOperation, { kind: 'change' }>

/** What one undo takes back: operations, oldest first. */
export type Step = { of: string[]; cell: string | null; since: Instant; until: Instant }

export type Steps = {
  changes: Map<string, Changed>
  /** Those that do not count now. */
  undone: Map<string, Changed>
  /** Of each person, what they can undo and redo, the next one last. */
  of: Map<string, { undo: Step[]; redo: Step[] }>
}

/** Writings of one cell this close together are one step, in milliseconds; and how long a step can last. */
const TOGETHER = { gap: 3000, most: 30_000 }

/** Undo and redo are operations: who can take back what follows from all of them. */
export function stepsOf(operations: readonly NotebookOperation[]): Steps {
  const steps: Steps = { changes: new Map(), undone: new Map(), of: new Map() }
  for (const operation of operations) addStep(steps, operation)
  return steps
}

/** Takes the next operation in. */
export function addStep(steps: Steps, operation: NotebookOperation): void {
  const own = steps.of.get(operation.by) ?? { undo: [], redo: [] }
  steps.of.set(operation.by, own)
  switch (operation.kind) {
    case 'change':
      steps.changes.set(operation.id, operation)
      own.redo = []
      return pushStep(own.undo, operation)
    case 'undo':
      moveStep(own.undo, own.redo, operation.of)
      for (const id of operation.of) {
        const change = steps.changes.get(id)
        if (change) steps.undone.set(id, change)
      }
      return
    case 'redo':
      moveStep(own.redo, own.undo, operation.of)
      for (const id of operation.of) steps.undone.delete(id)
  }
}

function moveStep(from: Step[], to: Step[], of: readonly string[]): void {
  const at = from.findLastIndex((step) => step.of[0] === of[0])
  const [step] = at < 0 ? [] : from.splice(at, 1)
  // What was undone is a step of its own for ever after.
  if (step) to.push({ ...step, cell: null })
}

function pushStep(undo: Step[], { id, at, changes }: Changed): void {
  const cell = writtenCell(changes)
  const last = undo.at(-1)
  const isSame = last && cell !== null && last.cell === cell && at - last.until <= TOGETHER.gap && at - last.since <= TOGETHER.most
  if (!isSame) return void undo.push({ of: [id], cell, since: at, until: at })
  last.of.push(id)
  last.until = at
}

function writtenCell(changes: readonly NotebookChange[]): string | null {
  const [only, ...others] = changes
  return only?.do === 'write' && others.length === 0 ? only.cell : null
}
