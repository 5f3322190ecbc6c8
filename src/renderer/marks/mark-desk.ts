import type { Backend, MarkChange, Marks, Subject } from '../../contract'
import { changedMarks, NO_MARKS, sameMarks, subjectName } from './subject-name'

/** Most subjects of one `mark.of`. */
const MOST_ASKED = 1000
/** Subjects whose marks are kept; those of a long scroll are asked for again. */
const MOST_KEPT = 20_000
/** Milliseconds in which what comes into view is gathered into one ask. */
const GATHER = 25
/** Longest wait before what could not be read is asked for again, in milliseconds. */
const RETRY = 2000

type Known = { subject: Subject; marks: Marks; /** Turn of the last change of it that was written. */ written: number }

/**
 * Marks of what is on the screen. A change shows at once and goes again where it could not be written. What is typed and
 * not sent is kept too, so that looking at another event loses nothing.
 */
export class MarkDesk {
  readonly #known = new Map<string, Known>()
  /** Changes on their way, by subject. */
  readonly #pending = new Map<string, MarkChange[]>()
  /** Marks with what is on its way, while it is. */
  readonly #shown = new Map<string, Marks>()
  readonly #wanted = new Map<symbol, readonly Subject[]>()
  readonly #drafts = new Map<string, string>()
  readonly #listeners = new Set<() => void>()
  #backend: Backend | null = null
  #stale = false
  #turn = 0
  #version = 0
  #timer: ReturnType<typeof setTimeout> | null = null

  readonly version = (): number => this.#version

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** A new backend is asked for all that is looked at. Returns its own undo. */
  attach(backend: Backend): () => void {
    this.#backend = backend
    this.#refresh()
    const stop = backend.on('store.changed', ({ tables }) => tables.includes('mark') && this.#refresh())
    return () => {
      stop()
      this.#backend = null
      if (this.#timer !== null) clearTimeout(this.#timer)
      this.#timer = null
    }
  }

  /** Says what a part of the screen shows from now on. */
  want(who: symbol, subjects: readonly Subject[]): void {
    if (subjects.length === 0) this.#wanted.delete(who)
    else this.#wanted.set(who, subjects)
    if (subjects.some((subject) => !this.#known.has(subjectName(subject)))) this.#askSoon(GATHER)
  }

  /** Undefined while they are not read. The same object as long as nothing changes. */
  marks(subject: Subject): Marks | undefined {
    const name = subjectName(subject)
    return this.#shown.get(name) ?? this.#known.get(name)?.marks
  }

  /** Shows a change at once; rejects, with it taken back, where it could not be written. */
  async change(subject: Subject, change: MarkChange): Promise<void> {
    const name = subjectName(subject)
    this.#pending.set(name, [...(this.#pending.get(name) ?? []), change])
    this.#show(name)
    try {
      await this.#call('mark.set', { target: { subjects: [subject] }, change })
      const marks = changedMarks(this.#known.get(name)?.marks ?? NO_MARKS, change)
      this.#known.set(name, { subject, marks, written: ++this.#turn })
    } finally {
      this.#settle(name, change)
    }
  }

  /** A change that depends on the marks there are, which are read first where they are not known. */
  async toggle(subject: Subject, toggled: (marks: Marks) => MarkChange): Promise<void> {
    if (!this.marks(subject)) await this.#read([subject])
    await this.change(subject, toggled(this.marks(subject) ?? NO_MARKS))
  }

  /** What was typed at a place and not sent. */
  draft(place: string): string {
    return this.#drafts.get(place) ?? ''
  }

  keepDraft(place: string, text: string): void {
    if (text === '') this.#drafts.delete(place)
    else this.#drafts.set(place, text)
  }

  #call: Backend['call'] = (method, ask) => {
    if (!this.#backend) throw new Error('The backend is not reached.')
    return this.#backend.call(method, ask)
  }

  #settle(name: string, change: MarkChange): void {
    const left = (this.#pending.get(name) ?? []).filter((other) => other !== change)
    if (left.length > 0) this.#pending.set(name, left)
    else this.#pending.delete(name)
    this.#show(name)
  }

  #show(name: string): void {
    const pending = this.#pending.get(name)
    const base = this.#known.get(name)?.marks ?? NO_MARKS
    if (pending) this.#shown.set(name, pending.reduce(changedMarks, base))
    else this.#shown.delete(name)
    this.#tell()
  }

  /** What is known may be another by now: what is looked at is asked for again, the rest when it is looked at. */
  #refresh(): void {
    this.#stale = true
    this.#askSoon(GATHER)
  }

  #askSoon(after: number): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = null
      this.#ask()
    }, after)
  }

  #ask(): void {
    const wanted = new Map<string, Subject>()
    for (const subjects of this.#wanted.values()) for (const subject of subjects) wanted.set(subjectName(subject), subject)
    if (this.#stale || this.#known.size > MOST_KEPT) {
      for (const name of this.#known.keys()) if (!wanted.has(name)) this.#known.delete(name)
    }
    const isMissing = ([name]: [string, Subject]) => this.#stale || !this.#known.has(name)
    const missing = [...wanted].filter(isMissing).map(([, subject]) => subject)
    this.#stale = false
    if (missing.length === 0 || !this.#backend) return
    this.#read(missing).catch(() => this.#backend && this.#retry())
  }

  #retry(): void {
    this.#stale = true
    this.#askSoon(RETRY)
  }

  async #read(subjects: readonly Subject[]): Promise<void> {
    for (let at = 0; at < subjects.length; at += MOST_ASKED) {
      const part = subjects.slice(at, at + MOST_ASKED)
      const turn = this.#turn
      const { value } = await this.#call('mark.of', { subjects: part })
      part.forEach((subject, index) => this.#learn(subject, value[index] ?? NO_MARKS, turn))
    }
    this.#tell()
  }

  /** An answer that was asked for before a change was written may not have it yet. */
  #learn(subject: Subject, marks: Marks, turn: number): void {
    const name = subjectName(subject)
    const known = this.#known.get(name)
    if (known && (known.written > turn || sameMarks(known.marks, marks))) return
    this.#known.set(name, { subject, marks, written: known?.written ?? 0 })
    const pending = this.#pending.get(name)
    if (pending) this.#shown.set(name, pending.reduce(changedMarks, marks))
  }

  #tell(): void {
    this.#version++
    for (const listener of this.#listeners) listener()
  }
}
