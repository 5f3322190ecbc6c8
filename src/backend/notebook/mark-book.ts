import type { Comment, MarkChange, MarkEntry, Marks, QuickTag, Subject } from '../../contract'
import type { Instant } from '../../domain'
import { eventsIn, type CommentOperation, type MarkingOperation, type MarkOperation, type Operation } from './operation'
import { isEventKey, subjectKey, subjectOf } from './subject-key'

/** What is written about subjects. Never changed in place: after a step over a million events they share one. */
type Written = {
  star: boolean
  quick: QuickTag | null
  tags: readonly string[]
  /** Ids, oldest first, without those taken back. */
  comments: readonly string[]
  history: readonly HeldEntry[]
  by: string
  at: Instant
  /** When it was first written about. */
  since: Instant
}

/** A subject that has anything on it. */
type Found = { subject: Subject; marks: Marks; by: string; at: Instant }

/** With the operation that it is of. */
type HeldEntry = MarkEntry & Pick<Operation, 'id' | 'clock'>
/** `last` is the operation that wrote its text. */
type HeldComment = Comment & { subject: string; last: string; isTaken: boolean }

/** Changed events that are remembered by key. */
const REMEMBERED = 20_000
const NONE: readonly never[] = []
const NO_MARKS: Marks = { star: false, quick: null, tags: [], comments: 0 }

/** Marks and comments: the fold of their operations. */
export class MarkBook {
  readonly #written = new Map<string, Written>()
  readonly #comments = new Map<string, HeldComment>()
  /** All that was done to each comment. */
  readonly #writings = new Map<string, CommentOperation[]>()
  /** Hex SHA-256 of the bytes of events when they were first written about, where they were held. */
  readonly #hashes = new Map<string, string>()
  /** Event keys by what is on them. */
  readonly #marked = new Set<string>()
  readonly #commented = new Set<string>()
  readonly #tagged = new Map<string, Set<string>>()
  /** Keys of events in the order of their changes, the last ones, and how many changes there were before those. */
  #changed: string[] = []
  #before: number
  /** Those with anything on them; null where that has changed since it was known. */
  #all: readonly Found[] | null = null

  /** `before`: changes that others before it counted. */
  constructor(before = 0) {
    this.#before = before
  }

  /** Counts the changes of events. */
  changes(): number {
    return this.#before + this.#changed.length
  }

  /** Keys of the events that changed after so many changes; null where that is not remembered. */
  changedSince(changes: number): readonly string[] | null {
    return changes < this.#before ? null : this.#changed.slice(changes - this.#before)
  }

  apply(operation: Operation): void {
    switch (operation.kind) {
      case 'mark':
        return this.#mark(operation)
      case 'comment':
        return this.#comment(operation)
      case 'comment-edit':
        return this.#edit(operation)
      case 'comment-remove':
        return this.#remove(operation)
    }
  }

  /** Of events with a star, a tag or a comment. */
  marked(): ReadonlySet<string> {
    return this.#marked
  }

  commented(): ReadonlySet<string> {
    return this.#commented
  }

  /** Quick tags and free ones, each with the events that have it. */
  tagged(): ReadonlyMap<string, ReadonlySet<string>> {
    return this.#tagged
  }

  of(subject: Subject): Marks {
    const written = this.#written.get(subjectKey(subject))
    return written ? marksOf(written) : NO_MARKS
  }

  comments(subject: Subject): Comment[] {
    const { comments = NONE } = this.#written.get(subjectKey(subject)) ?? {}
    return comments.flatMap((id) => {
      const held = this.#comments.get(id)
      return held ? [shownComment(held)] : []
    })
  }

  comment(id: string): { comment: Comment; subject: Subject } | null {
    const held = this.#comments.get(id)
    return held && !held.isTaken ? { comment: shownComment(held), subject: subjectOf(held.subject) } : null
  }

  /** The operation that wrote the text of a comment. */
  lastOf(id: string): string | undefined {
    return this.#comments.get(id)?.last
  }

  /** What was written about these events, in no order; a mark of many is one of each event. */
  operationsOf(keys: ReadonlySet<string>): MarkingOperation[] {
    const found: MarkingOperation[] = []
    for (const key of keys) {
      const events: MarkOperation['events'] = [[key, this.#hashes.get(key) ?? null]]
      for (const entry of this.#written.get(key)?.history ?? NONE) found.push({ ...entry, kind: 'mark', events, subjects: [] })
    }
    for (const [id, operations] of this.#writings) if (keys.has(this.#comments.get(id)?.subject ?? '')) found.push(...operations)
    return found
  }

  /** Newest first. */
  history(subject: Subject): MarkEntry[] {
    const { history = NONE } = this.#written.get(subjectKey(subject)) ?? {}
    return history.map(({ at, by, change }) => ({ at, by, change })).toReversed()
  }

  /** When a subject was first written about and what its bytes were then. */
  first(subject: Subject): { sha256: string | null; since: Instant } | null {
    const key = subjectKey(subject)
    const written = this.#written.get(key)
    return written ? { sha256: this.#hashes.get(key) ?? null, since: written.since } : null
  }

  /** Subjects that have anything on them, newest change first. */
  all(): readonly Found[] {
    this.#all ??= this.#found()
    return this.#all
  }

  /** Put in order by what is written, which the events of one step share. */
  #found(): Found[] {
    const keys = new Map<Written, string[]>()
    for (const [key, written] of this.#written) {
      const own = keys.get(written)
      if (own) own.push(key)
      else if (hasAny(written)) keys.set(written, [key])
    }
    return [...keys.keys()]
      .toSorted((a, b) => b.at - a.at)
      .flatMap((written) => {
        const [marks, { by, at }] = [marksOf(written), written]
        return (keys.get(written) ?? []).map((key) => ({ subject: subjectOf(key), marks, by, at }))
      })
  }

  tags(): { tag: string; count: number }[] {
    const counts = new Map<string, number>()
    for (const { tags } of this.#written.values()) for (const tag of tags) counts.set(tag, (counts.get(tag) ?? 0) + 1)
    return Array.from(counts, ([tag, count]) => ({ tag, count })).toSorted((a, b) => b.count - a.count || (a.tag < b.tag ? -1 : 1))
  }

  #mark(operation: MarkOperation): void {
    const { subjects, id, clock, change, at, by } = operation
    const entry: HeldEntry = { id, clock, at, by, change }
    const made = new Map<Written | undefined, Written>()
    const mark = (key: string) => {
      const before = this.#written.get(key)
      const after = made.get(before) ?? changed(before, entry)
      made.set(before, after)
      this.#put(key, before, after)
      return before
    }
    for (const [key, sha256] of eventsIn(operation)) if (!mark(key) && sha256 !== null) this.#hashes.set(key, sha256)
    for (const subject of subjects) mark(subjectKey(subject))
  }

  #comment(operation: Extract<Operation, { kind: 'comment' }>): void {
    const { comment: id, subject, text, sha256, at, by } = operation
    const key = subjectKey(subject)
    const before = this.#written.get(key)
    this.#comments.set(id, { id, text, by, at, edited: null, versions: [], subject: key, last: operation.id, isTaken: false })
    this.#writings.set(id, [operation])
    const fresh: Written = { star: false, quick: null, tags: NONE, comments: NONE, history: NONE, by, at, since: at }
    this.#put(key, before, { ...(before ?? fresh), comments: [...(before?.comments ?? NONE), id], by, at })
    if (!before && sha256 !== null) this.#hashes.set(key, sha256)
  }

  #edit(operation: Extract<Operation, { kind: 'comment-edit' }>): void {
    const { id: last, comment: id, text, at, by } = operation
    const held = this.#comments.get(id)
    if (!held) return
    this.#writings.get(id)?.push(operation)
    const before = { text: held.text, by: held.by, at: held.edited ?? held.at }
    this.#comments.set(id, { ...held, text, by, edited: at, versions: [before, ...held.versions], last, isTaken: false })
    const written = this.#written.get(held.subject)
    // Somebody else took it back without knowing of this: it is kept.
    if (held.isTaken && written) this.#put(held.subject, written, { ...written, comments: [...written.comments, id] })
  }

  #remove(operation: Extract<Operation, { kind: 'comment-remove' }>): void {
    const { comment: id, over } = operation
    const held = this.#comments.get(id)
    const written = held && this.#written.get(held.subject)
    if (!held || !written) return
    this.#writings.get(id)?.push(operation)
    // Somebody else wrote over what was taken back: that is kept.
    if (over !== undefined && over !== held.last) return
    this.#comments.set(id, { ...held, isTaken: true })
    this.#put(held.subject, written, { ...written, comments: written.comments.filter((other) => other !== id) })
  }

  #put(key: string, before: Written | undefined, written: Written): void {
    this.#all = null
    this.#written.set(key, written)
    if (!isEventKey(key)) return
    this.#remember(key)
    if (hasAny(written)) this.#marked.add(key)
    else this.#marked.delete(key)
    if (written.comments.length > 0) this.#commented.add(key)
    else if (before && before.comments.length > 0) this.#commented.delete(key)
    if (before) this.#untag(key, before, written)
    for (const tag of allTags(written)) tagsOf(this.#tagged, tag).add(key)
  }

  #remember(key: string): void {
    if (this.#changed.length === REMEMBERED) {
      this.#before += REMEMBERED
      this.#changed = []
    }
    this.#changed.push(key)
  }

  #untag(key: string, before: Written, written: Written): void {
    const after = allTags(written)
    for (const tag of allTags(before)) {
      const keys = this.#tagged.get(tag)
      if (after.includes(tag) || !keys) continue
      keys.delete(key)
      if (keys.size === 0) this.#tagged.delete(tag)
    }
  }
}

function tagsOf(tagged: Map<string, Set<string>>, tag: string): Set<string> {
  const keys = tagged.get(tag) ?? new Set()
  tagged.set(tag, keys)
  return keys
}

function changed(before: Written | undefined, entry: HeldEntry): Written {
  const { at, by, change } = entry
  const { star = before?.star ?? false } = change
  const quick = change.quick === undefined ? (before?.quick ?? null) : change.quick
  const { comments = NONE, since = at } = before ?? {}
  const history = before ? [...before.history, entry] : [entry]
  return { star, quick, tags: changedTags(before?.tags ?? NONE, change), comments, history, by, at, since }
}

function changedTags(tags: readonly string[], { add = [], remove = [] }: MarkChange): readonly string[] {
  if (add.length === 0 && remove.length === 0) return tags
  return [...new Set([...tags.filter((tag) => !remove.includes(tag)), ...add])]
}

function allTags({ quick, tags }: Written): readonly string[] {
  return quick === null ? tags : [quick, ...tags]
}

function hasAny({ star, quick, tags, comments }: Written): boolean {
  return star || quick !== null || tags.length > 0 || comments.length > 0
}

function marksOf({ star, quick, tags, comments }: Written): Marks {
  return { star, quick, tags: [...tags], comments: comments.length }
}

function shownComment({ subject: _subject, last: _last, isTaken: _isTaken, ...comment }: HeldComment): Comment {
  return comment
}
