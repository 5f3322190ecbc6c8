import type { BackendFault, NotebookChange } from '../../contract'
import type { Instant } from '../../domain'

/** Longest time that something typed waits before it is sent, in milliseconds. */
export const LONGEST_WAIT = 500
const FIRST_RETRY = 1000
const LAST_RETRY = 15_000

/** A change that grows with every key. */
export type TypedChange = Extract<NotebookChange, { do: 'write' | 'title' }>

export type SaveState =
  | { kind: 'saved'; at: Instant | null }
  | { kind: 'saving' }
  | { kind: 'failed'; message: string }

/** A change on its way: `revision` is null until it is durable. Changes of one act are written together, and undone together. */
export type Pending = { change: NotebookChange; act: number; revision: number | null }

export type QueueLook = {
  state: SaveState
  /** In order; what is durable stays until the notebook that is shown holds it. */
  pending: readonly Pending[]
  /** What the backend will never take, kept so that the text of it is not lost. */
  refused: readonly { change: NotebookChange; message: string }[]
}

export type QueueOptions = {
  /** Writes the changes in order, all or none. */
  send: (changes: NotebookChange[]) => Promise<{ revision: number }>
  now?: () => Instant
}

/**
 * Sends the changes of one notebook, one call at a time and in order. Nothing leaves it before it is durable: after a fault
 * the same changes are sent again, later and later, until they are taken.
 */
export class SaveQueue {
  private readonly send: QueueOptions['send']
  private readonly now: () => Instant
  private readonly listeners = new Set<() => void>()
  private look: QueueLook = { state: { kind: 'saved', at: null }, pending: [], refused: [] }
  private underWay: Promise<void> | null = null
  /** What the call under way carries. */
  private batch: readonly Pending[] = []
  private timer: { handle: ReturnType<typeof setTimeout>; due: number } | null = null
  private retry = FIRST_RETRY
  private acts = 0
  /** An act whose call came to nothing that is known: it may have been written all the same. */
  private doubtful: number | null = null
  private closed = false

  constructor({ send, now = Date.now }: QueueOptions) {
    this.send = send
    this.now = now
  }

  readonly get = (): QueueLook => this.look

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener)
    return () => this.listeners.delete(listener)
  }

  /** Something typed: what is typed after it into the same place within a moment takes its place. */
  type(change: TypedChange): void {
    const at = this.replaceable(change)
    const { pending } = this.look
    const typed = { change, act: (at === null ? undefined : pending[at]?.act) ?? ++this.acts, revision: null }
    this.put({ pending: at === null ? [...pending, typed] : pending.with(at, typed), state: this.busy() })
    this.sendIn(LONGEST_WAIT)
  }

  /** Something done at once: a cell that is added, moved, removed ... */
  apply(...changes: NotebookChange[]): void {
    const act = ++this.acts
    this.put({ pending: [...this.look.pending, ...changes.map((change) => ({ change, act, revision: null }))], state: this.busy() })
    this.sendIn(0)
  }

  /**
   * Sends now what waits; what is typed meanwhile keeps its own time, or each key would be a call. Resolves when it has
   * been tried: true where all of it is durable.
   */
  async flush(): Promise<boolean> {
    this.dropTimer()
    const last = this.acts
    const waits = () => this.unsent().some(({ act }) => act <= last)
    while (waits()) {
      await this.sendNext()
      if (this.look.state.kind === 'failed') break
    }
    return !waits()
  }

  isEmpty(): boolean {
    return this.unsent().length === 0
  }

  /** A notebook of this revision is shown: what it holds needs no keeping here. */
  seen(revision: number): void {
    const pending = this.look.pending.filter((one) => one.revision === null || one.revision > revision)
    if (pending.length !== this.look.pending.length) this.put({ pending })
  }

  /** Takes note that what was refused has been read. */
  forget(change: NotebookChange): void {
    this.put({ refused: this.look.refused.filter((one) => one.change !== change) })
  }

  close(): void {
    this.closed = true
    this.dropTimer()
  }

  private unsent(): Pending[] {
    return this.look.pending.filter(({ revision }) => revision === null)
  }

  /** Place of an unsent writing of the same that nothing came after; one on its way is never touched. */
  private replaceable(change: TypedChange): number | null {
    const last = this.look.pending.length - 1
    const before = this.look.pending[last]
    if (before === undefined || before.revision !== null || this.batch.includes(before)) return null
    return isSamePlace(before.change, change) ? last : null
  }

  private sendIn(ms: number): void {
    if (this.closed) return
    const due = performance.now() + ms
    if (this.timer && this.timer.due <= due) return
    this.dropTimer()
    this.timer = { due, handle: setTimeout(() => void this.flush(), ms) }
  }

  private async sendNext(): Promise<void> {
    // Whoever comes while a call is under way waits for that one and then looks again.
    if (this.underWay) return this.underWay
    this.underWay = this.trySending()
    try {
      await this.underWay
    } finally {
      this.underWay = null
      this.batch = []
    }
  }

  private async trySending(): Promise<void> {
    const [first] = this.unsent()
    if (!first) return
    const batch = this.unsent().filter(({ act }) => act === first.act)
    this.batch = batch
    this.put({ state: this.busy() })
    try {
      const { revision } = await this.send(batch.map(({ change }) => change))
      this.taken(batch, revision)
    } catch (error) {
      this.failed(batch, error)
    }
  }

  private taken(batch: readonly Pending[], revision: number): void {
    this.retry = FIRST_RETRY
    this.settle(this.look.pending.map((one) => (batch.includes(one) ? { ...one, revision } : one)))
  }

  private failed(batch: readonly Pending[], error: unknown): void {
    const message = error instanceof Error ? error.message : String(error)
    const isDoubtful = batch.some(({ act }) => act === this.doubtful)
    if (!isForGood(error)) {
      this.doubtful = batch[0]?.act ?? null
      this.put({ state: { kind: 'failed', message } })
      this.sendIn(this.retry)
      this.retry = Math.min(LAST_RETRY, this.retry * 2)
    } else if (isDoubtful && batch.every(({ change }) => change.do === 'add')) {
      // Refused because it is there: the first call was written and its answer lost.
      this.taken(batch, 0)
    } else {
      const refused = batch.map(({ change }) => ({ change, message }))
      this.put({ refused: [...this.look.refused, ...refused] })
      this.settle(this.look.pending.filter((one) => !batch.includes(one)))
    }
  }

  private settle(pending: readonly Pending[]): void {
    const isLast = pending.every(({ revision }) => revision !== null)
    this.put({ pending, state: isLast ? { kind: 'saved', at: this.now() } : { kind: 'saving' } })
  }

  /** A fault stays in sight until what it concerns is written. */
  private busy(): SaveState {
    return this.look.state.kind === 'failed' ? this.look.state : { kind: 'saving' }
  }

  private dropTimer(): void {
    if (this.timer !== null) clearTimeout(this.timer.handle)
    this.timer = null
  }

  private put(change: Partial<QueueLook>): void {
    this.look = { ...this.look, ...change }
    for (const listener of this.listeners) listener()
  }
}

function isSamePlace(before: NotebookChange, after: TypedChange): boolean {
  if (before.do === 'write' && after.do === 'write') return before.cell === after.cell
  return before.do === 'title' && after.do === 'title'
}

const FOR_GOOD: readonly BackendFault['code'][] = ['bad-ask', 'not-found']

/** The same ask would be refused again, however often. */
function isForGood(error: unknown): boolean {
  return error instanceof Error && 'code' in error && FOR_GOOD.some((code) => code === error.code)
}
