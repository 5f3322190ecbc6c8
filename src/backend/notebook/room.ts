import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { BackendFault, type CellContent, type Comment, type MarkChange, type Notebook, type NotebookChange, type NotebookEntry, type NotebookFacts, type NotebookMerge, type Subject } from '../../contract'
import type { Instant, TimeRange } from '../../domain'
import type { StoreState } from '../store'
import { checkChanges, overOf } from './check-changes'
import { citedBy, citedMarks, isKnown } from './cited-marks'
import type { NotebookDocument } from './document'
import { Documents, isOfNotebook } from './documents'
import { EvidenceFiles } from './evidence-files'
import { MarkBook } from './mark-book'
import { inOrder, type Deed, type MarkedEvent, type Operation, type Taken } from './operation'
import { OperationLog } from './operation-log'
import { pack, type Unpacked } from './pack'
import { historyOf } from './words'

export type RoomOptions = {
  workspace: string
  /** Whether this process is the workspace's one writer; another reads what is durable, anew where that has grown. */
  isWriter: boolean
  /** Who writes. */
  by: string
  now(): Instant
  onChange(tables: ('mark' | 'notebook')[]): void
  /** Writing came to nothing for want of room, or works again. */
  onRefusal?(): void
}

/** Events of a view that are marked in one turn. */
const SLICE = 5000

export type NewNotebook = { title: string; range: TimeRange | null; contents: CellContent[] }

/** What people write: marks, comments and notebooks. It stands by itself: nothing of it is read from the cache. */
export class NotebookRoom {
  readonly files: EvidenceFiles
  readonly by: string
  readonly #log: OperationLog
  readonly #options: RoomOptions
  #marks = new MarkBook()
  #documents = new Documents([])
  #known = new Set<string>()
  #clock = 0
  #revision = 0
  /** Changes of marks that are told: not those of a mark that is half done. */
  #told = 0
  #marking: Promise<void> | null = null
  #cited: { revision: number; keys: ReadonlySet<string> } | null = null

  constructor(options: RoomOptions) {
    const folder = join(options.workspace, 'notebook')
    this.#options = options
    this.by = options.by
    this.files = new EvidenceFiles(join(folder, 'evidence'))
    this.#log = new OperationLog({ folder, isWriter: options.isWriter, now: () => options.now() })
    this.#open()
    if (options.isWriter && this.#log.refusal() === null) this.files.removeUnfinished()
  }

  /** What opening found and mended, in plain words. */
  recovered(): readonly string[] {
    return this.#log.recovered()
  }

  /** Why nothing can be written now, beside that another process writes; null when writing works. */
  readOnly(): StoreState['readOnly'] {
    return this.#log.refusal()
  }

  /** Throws `workspace-locked` and `workspace-damaged` where nothing can be written, whatever room there is. */
  admit(): void {
    this.#log.admit()
  }

  /** Changes with every change. */
  revision(): number {
    this.#look()
    return this.#revision
  }

  marks(): MarkBook {
    this.#look()
    return this.#marks
  }

  /** Events that a notebook in the list cites. */
  citedKeys(): ReadonlySet<string> {
    const revision = this.revision()
    if (this.#cited?.revision !== revision) this.#cited = { revision, keys: this.#documents.cited(this.files) }
    return this.#cited.keys
  }

  /** Who has what on them, for the query. */
  markedKeys() {
    const marks = this.marks()
    return {
      marked: marks.marked(),
      commented: marks.commented(),
      byTag(test: (tag: string) => boolean): ReadonlySet<string> {
        const keys = new Set<string>()
        for (const [tag, tagged] of marks.tagged()) if (test(tag)) for (const key of tagged) keys.add(key)
        return keys
      },
    }
  }

  /** The events that people wrote about, as the store's filter asks for them. */
  keySets() {
    return {
      revision: () => {
        this.#look()
        return this.#told
      },
      citedRevision: () => this.revision(),
      changedSince: (changes: number) => this.marks().changedSince(changes),
      marked: () => this.marks().marked(),
      cited: () => this.citedKeys(),
      commented: () => this.marks().commented(),
      tags: () => this.marks().tagged(),
    }
  }

  mark(target: { events: MarkedEvent[]; subjects: Subject[] }, change: MarkChange): void {
    this.#do({ kind: 'mark', ...target, change })
  }

  /**
   * The same for the many events of a view, slice by slice, each durable before the next; who marks meanwhile waits for
   * `settled`. Throws `disk-full` with the slices before marked.
   */
  async markAll(events: MarkedEvent[], change: MarkChange): Promise<void> {
    await this.settled()
    this.#marking = this.#markSlices(events, change)
    try {
      await this.#marking
    } finally {
      // Not where the slices end: that is before this is set where there is only one.
      this.#marking = null
    }
  }

  async #markSlices(events: MarkedEvent[], change: MarkChange): Promise<void> {
    let at = 0
    try {
      for (; at < events.length; at += SLICE) {
        const operation: Operation = { ...this.#stamp(), kind: 'mark', events: events.slice(at, at + SLICE), subjects: [], change }
        this.#append(operation)
        this.#take(operation)
        this.#marks.apply(operation)
        await nextTurn()
      }
    } catch (error) {
      if (at === 0 || !(error instanceof BackendFault)) throw error
      const { code, message } = error.toFault()
      throw new BackendFault({ code, message: `${message} ${at} of the ${events.length} events were marked.` })
    } finally {
      this.#changed('mark')
    }
  }

  /** No mark is half done. */
  async settled(): Promise<void> {
    while (this.#marking) await this.#marking
  }

  addComment(subject: Subject, text: string, sha256: string | null): Comment {
    const comment = randomUUID()
    this.#do({ kind: 'comment', comment, subject, text, sha256 })
    return this.comment(comment).comment
  }

  editComment(id: string, text: string): Comment {
    if (this.comment(id).comment.text !== text) this.#do({ kind: 'comment-edit', comment: id, text })
    return this.comment(id).comment
  }

  removeComment(id: string): void {
    this.comment(id)
    const over = this.#marks.lastOf(id)
    this.#do({ kind: 'comment-remove', comment: id, ...(over === undefined ? {} : { over }) })
  }

  /** Throws `not-found`. */
  comment(id: string): { comment: Comment; subject: Subject } {
    const found = this.marks().comment(id)
    if (!found) throw new BackendFault({ code: 'not-found', message: 'This comment was taken back.' })
    return found
  }

  /** Changed last first. */
  list(removed: boolean): NotebookFacts[] {
    this.#look()
    const shown = this.#documents.all().filter((document) => document.isRemoved() === removed)
    return shown.map((document) => document.facts()).toSorted((a, b) => b.changedAt - a.changedAt)
  }

  get(id: string): Notebook {
    return this.document(id).notebook(this.by)
  }

  /** Throws `not-found`. */
  document(id: string): NotebookDocument {
    this.#look()
    const document = this.#documents.get(id)
    if (!document) throw new BackendFault({ code: 'not-found', message: 'There is no such notebook in this workspace.' })
    return document
  }

  create({ title, range, contents }: NewNotebook): string {
    const notebook = randomUUID()
    this.#do({ kind: 'notebook', notebook, title, range, cells: contents.map((content) => ({ id: randomUUID(), content })) })
    return notebook
  }

  /** Durable when it answers. Throws `not-found` and `bad-ask` with nothing written. */
  apply(id: string, changes: NotebookChange[]): number {
    const document = this.#writable(id)
    checkChanges(document, this.files, changes)
    return this.#change(document, { kind: 'change', notebook: id, changes, over: overOf(document, changes) })
  }

  undo(id: string): number {
    const document = this.#writable(id)
    const step = document.steps().of.get(this.by)?.undo.at(-1)
    return step ? this.#change(document, { kind: 'undo', notebook: id, of: step.of }) : document.revision()
  }

  redo(id: string): number {
    const document = this.#writable(id)
    const step = document.steps().of.get(this.by)?.redo.at(-1)
    return step ? this.#change(document, { kind: 'redo', notebook: id, of: step.of }) : document.revision()
  }

  history(id: string): NotebookEntry[] {
    const document = this.document(id)
    return historyOf(document.operations(), document.steps())
  }

  setRemoved(id: string, removed: boolean): void {
    if (this.document(id).isRemoved() !== removed) this.#do({ kind: removed ? 'notebook-remove' : 'notebook-restore', notebook: id })
  }

  /** A copy of a notebook for another investigator, with what was written about the events that it cites. */
  pack(id: string): Uint8Array {
    const document = this.document(id)
    return pack({ document, files: this.files, marks: citedMarks(this.#marks, citedBy(document, (sha256) => this.files.keys(sha256))) })
  }

  /** What taking in another copy of a notebook would bring. */
  compare(copy: Unpacked): NotebookMerge {
    this.#look()
    const { notebook: id } = copy
    const { operations, marks } = this.#fresh(copy)
    const held = this.#documents.get(id)
    const merged = new Documents([...(held?.operations() ?? []), ...operations].toSorted(inOrder)).get(id)
    const comments = marks.filter(({ kind }) => kind !== 'mark').length
    const by = [...new Set([...operations, ...marks].map((operation) => operation.by))].toSorted()
    const title = merged?.facts().title ?? ''
    const conflicts = merged?.cells().filter((cell) => cell.conflicts.length > 0).length ?? 0
    return { id, title, isNew: held === null, added: operations.length, conflicts, marks: marks.length - comments, comments, by }
  }

  /** Takes in what another copy of a notebook holds: what both wrote is kept. */
  merge(copy: Unpacked): NotebookMerge {
    this.admit()
    const brings = this.compare(copy)
    const { operations, marks } = this.#fresh(copy)
    const fresh = [...operations, ...marks].toSorted(inOrder)
    for (const bytes of copy.evidence) this.files.keep(bytes)
    if (fresh.length > 0) {
      this.#append({ kind: 'taken', operations: fresh })
      this.#reopen()
    }
    return brings
  }

  #fresh({ operations, marks }: Unpacked): Pick<Unpacked, 'operations' | 'marks'> {
    const isFresh = ({ id }: Operation) => !isKnown(id, this.#known)
    return { operations: operations.filter(isFresh), marks: marks.filter(isFresh) }
  }

  close(): void {
    this.#log.close()
  }

  #writable(id: string): NotebookDocument {
    const document = this.document(id)
    if (document.isRemoved()) throw new BackendFault({ code: 'not-found', message: 'This notebook was removed from the list; bring it back to write in it.' })
    return document
  }

  #change(document: NotebookDocument, deed: Deed): number {
    this.#do(deed)
    return document.revision()
  }

  #do(deed: Deed): void {
    const operation: Operation = { ...this.#stamp(), ...deed }
    this.#append(operation)
    this.#take(operation)
    if (isOfNotebook(operation)) this.#documents.apply(operation)
    else this.#marks.apply(operation)
    this.#changed(isOfNotebook(operation) ? 'notebook' : 'mark')
  }

  #stamp(): Pick<Operation, 'id' | 'clock' | 'at' | 'by'> {
    return { id: randomUUID(), clock: this.#clock + 1, at: this.#options.now(), by: this.by }
  }

  #changed(table: 'mark' | 'notebook'): void {
    this.#revision++
    this.#told = this.#marks.changes()
    this.#options.onChange([table])
  }

  #append(operation: Operation | Taken): void {
    const before = this.#log.refusal()
    try {
      this.#log.append(operation)
    } finally {
      if (this.#log.refusal() !== before) this.#options.onRefusal?.()
    }
  }

  #take({ id, clock }: Operation): void {
    this.#known.add(id)
    this.#clock = Math.max(this.#clock, clock)
  }

  /** A reader looks whether there is more. */
  #look(): void {
    if (this.#log.isBehind()) this.#reopen()
  }

  #reopen(): void {
    this.#open()
    this.#options.onChange(['mark', 'notebook'])
  }

  #open(): void {
    const operations = this.#log.open()
    const once = [...new Map(operations.map((operation) => [operation.id, operation])).values()].toSorted(inOrder)
    this.#known = new Set(once.map(({ id }) => id))
    this.#clock = once.reduce((most, { clock }) => Math.max(most, clock), 0)
    this.#documents = new Documents(once)
    this.#marks = new MarkBook(this.#marks.changes() + 1)
    for (const operation of once) if (!isOfNotebook(operation)) this.#marks.apply(operation)
    this.#told = this.#marks.changes()
    this.#revision++
  }
}

