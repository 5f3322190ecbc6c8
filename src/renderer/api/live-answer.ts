import {
  type Answer,
  type Ask,
  type Backend,
  BackendFault,
  type MethodName,
  type Methods,
  type TableName,
} from '../../contract'

export type Answered<T> = {
  state: 'loading' | 'ready' | 'failed'
  /** The last good value, kept while asking again. */
  value: T | null
  fault: BackendFault | null
  asking: boolean
  /** False while `value` still answers an earlier ask. */
  current: boolean
}

/** Shortest time between two askings of the same thing, in milliseconds. */
const PACE = 330

const NOTHING = { state: 'loading', value: null, fault: null, asking: false, current: false } as const

/**
 * Keeps one answer up to date. A changed ask goes out at once and what it replaces is ignored; a changed store asks
 * again after the call under way has come back, so that a busy store slows an answer down but never starves it.
 */
export class LiveAnswer<M extends MethodName> {
  private readonly method: M
  private readonly listeners = new Set<() => void>()
  /** While a call is under way. */
  private readonly noticed = new Map<TableName, number>()
  private backend: Backend | null = null
  private stopNotices: (() => void) | null = null
  private ask: Ask<M> | null = null
  private asked = 'null'
  private answered: Answered<Methods[M]> = NOTHING
  private tables: TableName[] | null = null
  private revision = -1
  private call = 0
  private underWay = false
  private lastAt = 0
  private timer: ReturnType<typeof setTimeout> | null = null

  constructor(method: M) {
    this.method = method
  }

  readonly get = (): Answered<Methods[M]> => this.answered

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener)
    return () => this.listeners.delete(listener)
  }

  /** A new backend is asked at once; the old value stays until it answers. Returns its own undo. */
  attach(backend: Backend): () => void {
    this.backend = backend
    this.noticed.clear()
    this.tables = null
    this.revision = -1
    this.stopNotices = backend.on('store.changed', ({ tables, revision }) => {
      for (const table of tables) this.noticed.set(table, revision)
      if (!this.underWay && this.isNews(revision) && this.isFrom(tables)) this.askLater()
    })
    if (this.ask !== null) this.askNow()
    return () => this.detach()
  }

  change(ask: Ask<M> | null): void {
    const text = JSON.stringify(ask)
    if (text === this.asked) return
    this.ask = ask
    this.asked = text
    if (ask !== null) {
      this.put({ ...this.answered, current: false })
      return this.askNow()
    }
    this.call++
    this.underWay = false
    this.dropTimer()
    this.put(NOTHING)
  }

  /** True when the answer is about this ask, or on its way for it. */
  isAbout(ask: Ask<M> | null): boolean {
    return JSON.stringify(ask) === this.asked
  }

  private detach(): void {
    this.call++
    this.underWay = false
    this.dropTimer()
    this.stopNotices?.()
    this.stopNotices = null
    this.backend = null
  }

  private askNow(): void {
    const { backend, ask } = this
    this.dropTimer()
    if (!backend || ask === null) return
    this.noticed.clear()
    const call = ++this.call
    this.underWay = true
    this.lastAt = performance.now()
    this.put({ ...this.answered, asking: true })
    backend.call(this.method, ask).then(
      (answer) => call === this.call && this.take(answer),
      (error: unknown) => call === this.call && this.fail(error),
    )
  }

  private take(answer: Answer<M>): void {
    this.underWay = false
    this.tables = answer.tables
    this.revision = answer.revision
    this.put({ state: 'ready', value: answer.value, fault: null, asking: false, current: true })
    if (this.isBehind()) this.askLater()
  }

  private fail(error: unknown): void {
    this.underWay = false
    const fault = error instanceof BackendFault ? error : new BackendFault({ code: 'internal', message: String(error) })
    // Said once for the whole page; what is on screen stays until there is a backend to ask again.
    if (fault.code === 'disconnected') return this.put({ ...this.answered, asking: false })
    this.tables = null
    this.revision = Math.max(-1, ...this.noticed.values())
    this.put({ ...this.answered, state: 'failed', fault, asking: false })
  }

  /** A change that is not of the store itself, such as an import's progress, comes with the revision that stands. */
  private isNews(revision: number): boolean {
    return revision >= this.revision
  }

  private isBehind(): boolean {
    const newer = [...this.noticed].filter(([, revision]) => this.isNews(revision))
    return this.isFrom(newer.map(([table]) => table))
  }

  /** After a fault it is not known what the answer would be from, so that anything may be. */
  private isFrom(tables: TableName[]): boolean {
    return tables.some((table) => this.tables === null || this.tables.includes(table))
  }

  private askLater(): void {
    this.timer ??= setTimeout(() => this.askNow(), Math.max(0, this.lastAt + PACE - performance.now()))
  }

  private dropTimer(): void {
    if (this.timer !== null) clearTimeout(this.timer)
    this.timer = null
  }

  private put(answered: Answered<Methods[M]>): void {
    this.answered = answered
    for (const listener of this.listeners) listener()
  }
}
