import type { CellContent, MarkChange, NotebookChange, Subject } from '../../contract'
import type { Instant, TimeRange } from '../../domain'

/** An event and the hex SHA-256 of its bytes when it was marked; null where it was not held. */
export type MarkedEvent = [key: string, sha256: string | null]

/** Many events in two texts, which are read a hundred times as fast as a million lists: keys with DEL between, hashes without. */
export type PackedEvents = { keys: string; hashes: string }

/** What somebody wrote. New kinds may come: one that is not known is kept and has no effect. */
export type Deed =
  | { kind: 'mark'; events: MarkedEvent[]; packed?: PackedEvents; subjects: Subject[]; change: MarkChange }
  | { kind: 'comment'; comment: string; subject: Subject; text: string; sha256: string | null }
  | { kind: 'comment-edit'; comment: string; text: string }
  /** `over`: the writing that it takes back; what another copy wrote over that is kept. */
  | { kind: 'comment-remove'; comment: string; over?: string }
  | { kind: 'notebook'; notebook: string; title: string; range: TimeRange | null; cells: { id: string; content: CellContent }[] }
  /** `over`: the writings that each writing of a cell takes the place of. */
  | { kind: 'change'; notebook: string; changes: NotebookChange[]; over: Record<string, string[]> }
  | { kind: 'undo' | 'redo'; notebook: string; of: string[] }
  | { kind: 'notebook-remove' | 'notebook-restore'; notebook: string }

/**
 * `clock` is greater than that of every operation its writer knew (Lamport): operations in the order of `clock`, then `id`
 * are in the same order in every copy, each after those it builds on.
 */
export type Operation = { id: string; clock: number; at: Instant; by: string } & Deed

export type MarkOperation = Extract<Operation, { kind: 'mark' }>

export type CommentOperation = Extract<Operation, { comment: string }>

/** What is written about events, and other subjects, rather than in a notebook. */
export type MarkingOperation = MarkOperation | CommentOperation

export type NotebookOperation = Extract<Operation, { notebook: string }>

/** The first record of every journal. */
export type Beginning = { kind: 'begin'; format: number }

/** What another copy held, taken in in one step. */
export type Taken = { kind: 'taken'; operations: Operation[] }

export type JournalEntry = Operation | Beginning | Taken

/** Version of what stands in the journal's records. */
export const FORMAT = 1

const BETWEEN = '\u007f'
const NO_HASH = '-'.repeat(64)
/** Events from which they are packed. */
const MANY = 1000

/** UTF-8 JSON. */
export function encoded(entry: JournalEntry): Uint8Array {
  return Buffer.from(JSON.stringify(entry.kind === 'mark' ? packed(entry) : entry))
}

function packed(mark: MarkOperation): MarkOperation {
  const { events } = mark
  if (events.length < MANY || events.some(([key]) => key.includes(BETWEEN))) return mark
  const keys = events.map(([key]) => key).join(BETWEEN)
  const hashes = events.map(([, sha256]) => sha256 ?? NO_HASH).join('')
  return { ...mark, events: [], packed: { keys, hashes } }
}

/** The events of a mark, however they are written. */
export function* eventsIn({ events, packed: many }: MarkOperation): Generator<MarkedEvent> {
  yield* events
  if (!many) return
  let at = 0
  for (const key of many.keys.split(BETWEEN)) {
    const sha256 = many.hashes.slice(at, (at += NO_HASH.length))
    yield [key, sha256 === NO_HASH ? null : sha256]
  }
}

/** Null where the bytes are no operation. */
export function decoded(payload: Uint8Array): JournalEntry | null {
  try {
    const value: unknown = JSON.parse(Buffer.from(payload.buffer, payload.byteOffset, payload.length).toString('utf8'))
    return isOperation(value) ? value : null
  } catch (error) {
    if (error instanceof SyntaxError) return null
    throw error
  }
}

/** Of what this program wrote: a hash guards the rest. */
function isOperation(value: unknown): value is JournalEntry {
  if (typeof value !== 'object' || value === null || !('kind' in value)) return false
  if (value.kind === 'begin') return 'format' in value && typeof value.format === 'number'
  if (value.kind === 'taken') return 'operations' in value && Array.isArray(value.operations)
  return 'id' in value && 'clock' in value && 'at' in value && 'by' in value && typeof value.id === 'string' && Number.isSafeInteger(value.clock)
}

export function inOrder(a: Operation, b: Operation): number {
  return a.clock - b.clock || (a.id < b.id ? -1 : Number(a.id > b.id))
}
