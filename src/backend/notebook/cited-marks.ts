import { createHash } from 'node:crypto'
import type { MarkBook } from './mark-book'
import type { NotebookDocument } from './document'
import type { MarkingOperation } from './operation'

/** Between the id of a mark of many events and what names the one event of it. */
const OF = ':'
/** Hexadecimal digits that name an event within one mark. */
const DIGITS = 16

/** What was written about the events that a notebook cites: of a mark of many events, each event is an operation of its own. */
export function citedMarks(marks: MarkBook, cited: Iterable<string>): MarkingOperation[] {
  return marks.operationsOf(new Set(cited)).map((operation) => {
    if (operation.kind !== 'mark' || operation.id.includes(OF)) return operation
    const key = operation.events[0]?.[0] ?? ''
    return { ...operation, id: `${operation.id}${OF}${createHash('sha256').update(key).digest('hex').slice(0, DIGITS)}` }
  })
}

/** Whether an operation, or the one that it is a part of, is among those. */
export function isKnown(id: string, known: ReadonlySet<string>): boolean {
  return known.has(id) || known.has(id.split(OF, 1)[0] ?? id)
}

/** Keys of the events that a notebook cites, in its cells or in rows that are frozen; `keysOf` reads a file of evidence. */
export function* citedBy(document: NotebookDocument, keysOf: (sha256: string) => readonly string[]): Generator<string> {
  for (const { citations, frozen } of document.evidence()) {
    for (const { key } of citations) yield key
    if (frozen !== null) yield* keysOf(frozen)
  }
}
