import { type Backend, BackendFault, type OpenedRecording } from '../../contract'

export type Opened = {
  /** As far as it is read; kept while it is asked for again. */
  opened: OpenedRecording | null
  fault: BackendFault | null
}

/** Shortest time between two askings, in milliseconds: the first answers may not reach to the moment that is wanted. */
const PACE = { first: 30, most: 250 }

const NOTHING: Opened = { opened: null, fault: null }

/** What is known of an opened recording: grows while it is read, and lets go of it at the end. */
export class OpenedFeed {
  private readonly id: string
  private readonly listeners = new Set<() => void>()
  private state = NOTHING
  private backend: Backend | null = null
  private undo: (() => void)[] = []
  private underWay = false
  private wanted = false
  private lastAt = 0
  private pace = PACE.first
  private timer: ReturnType<typeof setTimeout> | null = null

  constructor(id: string) {
    this.id = id
  }

  readonly get = (): Opened => this.state

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener)
    return () => this.listeners.delete(listener)
  }

  /** Opens it there; returns what closes it again. A backend that came back is asked anew, what is known stays. */
  attach(backend: Backend): () => void {
    this.backend = backend
    this.undo = [
      backend.on('recording.indexed', ({ id }) => id === this.id && this.askLater()),
      // What is fetched meanwhile can be opened then.
      backend.on('store.changed', ({ tables }) => {
        if (this.state.fault && tables.includes('recording')) this.askLater()
      }),
    ]
    this.ask()
    return () => this.detach()
  }

  retry(): void {
    this.put({ ...this.state, fault: null })
    this.askLater()
  }

  private detach(): void {
    const { backend, undo } = this
    for (const stop of undo) stop()
    if (this.timer !== null) clearTimeout(this.timer)
    this.timer = null
    this.backend = null
    this.underWay = false
    this.wanted = false
    // One that is gone has let go of it already.
    backend?.call('recording.close', { id: this.id }).catch(() => undefined)
  }

  private ask(): void {
    const { backend, id } = this
    if (!backend) return
    this.underWay = true
    this.wanted = false
    this.lastAt = performance.now()
    const ended = (state: Opened) => {
      if (backend !== this.backend) return
      this.underWay = false
      this.put(state)
      if (this.wanted) this.askLater()
    }
    backend.call('recording.open', { id }).then(
      ({ value }) => ended({ opened: value, fault: null }),
      (error: unknown) => ended(this.failed(error)),
    )
  }

  private failed(error: unknown): Opened {
    const fault = error instanceof BackendFault ? error : new BackendFault({ code: 'internal', message: String(error) })
    // Said once for the whole page; it is asked again when there is somebody to ask.
    if (fault.code === 'disconnected') return this.state
    // What was shown of bytes that turn out to have changed is shown no more.
    return { opened: fault.code === 'recording-damaged' ? null : this.state.opened, fault }
  }

  private askLater(): void {
    if (this.underWay) this.wanted = true
    else {
      this.timer ??= setTimeout(() => {
        this.timer = null
        this.pace = Math.min(this.pace * 2, PACE.most)
        this.ask()
      }, Math.max(0, this.lastAt + this.pace - performance.now()))
    }
  }

  private put(state: Opened): void {
    this.state = state
    for (const listener of this.listeners) listener()
  }
}
