import { setImmediate as nextTurn } from 'node:timers/promises'
import type { Filter, HeldEvent, ReadableStore, StoreView } from '../store'
import { addEvent, newDraft, type DraftPlace, type SessionDraft } from './sessions-draft'

/** Events read in one turn, so that the rows a person waits for are answered in between. */
const SLICE = 2000
/** How often reading begins anew where the store changes meanwhile; after that it is done in one turn. */
const TRIES = 2
/** Records whose state changed are compared one by one up to here; with more of them everything is read anew. */
const MOST_CHANGED = 5000

const NAMES_SESSION: Filter = { kind: 'text', columns: ['session'], match: { op: 'wildcard', pattern: '*' } }

/** Sign-ins that a log tells of without a session id: what one process of the program did. */
const OF_PROCESS: Filter = {
  kind: 'and',
  parts: [
    { kind: 'text', columns: ['source'], match: { op: 'equals', value: 'sshd' } },
    {
      kind: 'or',
      parts: [
        { kind: 'text', columns: ['action'], match: { op: 'regex', pattern: /^(?:session_open|session_close|disconnect|subsystem|channel_open|channel_close)$/ } },
        {
          kind: 'and',
          parts: [
            { kind: 'text', columns: ['action'], match: { op: 'equals', value: 'login' } },
            { kind: 'text', columns: ['outcome'], match: { op: 'equals', value: 'success' } },
          ],
        },
      ],
    },
    { kind: 'attribute', name: 'program', match: { op: 'wildcard', pattern: 'sshd*' } },
  ],
}

const IN_SESSIONS: Filter = { kind: 'or', parts: [NAMES_SESSION, OF_PROCESS] }
const VIEW: StoreView = { filter: IN_SESSIONS, range: null, order: 'asc', companions: false }
const CHANGED: StoreView = {
  ...VIEW,
  filter: { kind: 'and', parts: [{ kind: 'drift', what: 'changed' }, NAMES_SESSION] },
}

/** A process number is given again sooner or later: silence longer than this is another sign-in. */
const SAME_PROCESS_MS = 7 * 86_400_000
/** A process says goodbye within this of its session's end. */
const AFTERWORDS_MS = 60_000

/** The sessions of all events held. Read once, and then only what is new, as far as that can be told. */
export class SessionReader {
  readonly #store: ReadableStore
  #drafts: SessionDraft[] = []
  /** The latest session of each place. */
  readonly #latest = new Map<string, SessionDraft>()
  #rows = 0
  #lastTime = Number.NEGATIVE_INFINITY
  #mark = ''
  #revision = -1
  #reading: Promise<void> | null = null

  constructor(store: ReadableStore) {
    this.#store = store
  }

  /** Of the store, as far as it was read. */
  get revision(): number {
    return this.#revision
  }

  async read(): Promise<readonly SessionDraft[]> {
    this.#reading ??= this.#upToDate().finally(() => (this.#reading = null))
    await this.#reading
    return this.#drafts
  }

  async #upToDate(): Promise<void> {
    for (let attempt = 0; this.#revision !== this.#store.revision(); attempt++) {
      const revision = this.#store.revision()
      this.#begin()
      const total = this.#store.length(VIEW)
      while (this.#rows < total) {
        this.#take(this.#store.page(VIEW, this.#rows, SLICE))
        if (attempt < TRIES) await nextTurn()
        if (attempt < TRIES && this.#store.revision() !== revision) break
      }
      if (this.#rows >= total && this.#store.revision() === revision) this.#revision = revision
    }
  }

  /** Forgets what was read where it is not the beginning of what is held now. */
  #begin(): void {
    const mark = this.#markOf()
    const before = this.#store.length({ ...VIEW, range: { from: Number.NEGATIVE_INFINITY, to: this.#lastTime + 1 } })
    if (mark === this.#mark && before === this.#rows) return
    this.#drafts = []
    this.#latest.clear()
    this.#rows = 0
    this.#lastTime = Number.NEGATIVE_INFINITY
    this.#mark = mark
  }

  /** What can change without a row coming or going. */
  #markOf(): string {
    const names = this.#store.connections().map(({ name }) => name)
    const changed = this.#store.length(CHANGED)
    if (changed > MOST_CHANGED) return JSON.stringify([names, this.#store.revision()])
    const states = this.#store.page(CHANGED, 0, changed).map(({ event }) => [event.key, event.actionRaw, event.durationMs, event.outcome])
    return JSON.stringify([names, states])
  }

  #take(held: HeldEvent[]): void {
    for (const one of held) {
      const draft = this.#draftOf(one)
      if (draft) addEvent(draft, one)
      this.#lastTime = one.event.time
    }
    this.#rows += held.length
  }

  #draftOf(held: HeldEvent): SessionDraft | null {
    const place = placeOf(held)
    if (!place) return null
    const key = JSON.stringify([place.connection, place.session, place.numbered, place.process])
    const latest = this.#latest.get(key)
    if (latest && !beginsAnew(latest, held)) return latest
    if (place.process && !isStart(held)) return null
    const draft = newDraft(place, held.event.time)
    this.#latest.set(key, draft)
    this.#drafts.push(draft)
    return draft
  }
}

function placeOf({ event, origin }: HeldEvent): DraftPlace | null {
  const { connection, kind } = origin
  const host = event.machine?.name ?? event.machine?.id ?? ''
  if (event.session !== undefined) {
    return { connection, session: event.session, process: null, numbered: kind === 'sshd' ? { host } : null }
  }
  const pid = event.attributes['pid']
  return pid === undefined ? null : { connection, session: `sshd[${pid}]`, process: { host, pid }, numbered: null }
}

function isStart({ event }: HeldEvent): boolean {
  return event.action === 'login' || event.action === 'session_open'
}

function beginsAnew(latest: SessionDraft, held: HeldEvent): boolean {
  const { event } = held
  if (latest.numbered) return event.action === 'session_start'
  if (!latest.process) return false
  if (latest.to !== null) return isStart(held) || event.time - latest.to > AFTERWORDS_MS
  return event.time - latest.last > SAME_PROCESS_MS
}
