import type { SyncJob } from '../../../contract'
import type { Instant } from '../../../domain'
import { ServerFault, type FetchDoor, type Fetched, type Linked, type ReadBody, type Said } from '../../source'

/** How a sync waits; tests wait less. */
export type Pace = {
  /** Milliseconds before the second try of a request; doubled for each further one up to `mostWaitMs`. */
  firstWaitMs: number
  mostWaitMs: number
  /** Tries of one request where the server or the way to it failed. */
  tries: number
  /** Requests that one connection makes in an hour. */
  hourly: number
  /** Milliseconds waited for each second that a server asks to wait. */
  secondMs: number
  /** Milliseconds over which news of progress are gathered: they come with every page, and are as long as there are lists. */
  progressMs: number
}

export const PACE: Pace = { firstWaitMs: 1000, mostWaitMs: 30_000, tries: 4, hourly: 20_000, secondMs: 1000, progressMs: 200 }

/** Longest wait a server may ask for before the sync ends and says until when. */
const MOST_PATIENCE_MS = 10 * 60_000
const HOUR_MS = 3_600_000
/** Sign-ins that one request is worth. */
const MOST_RENEWALS = 2

export type Waiting = { until: Instant; why: NonNullable<SyncJob['waitingFor']> }

export type PatienceOptions = {
  door: FetchDoor
  pace: Pace
  signal: AbortSignal
  now: () => Instant
  /** Told when a wait begins, and null when it ends. */
  onWait: (waiting: Waiting | null) => void
  /** Tries to sign in again; false where only a person can. */
  renew: () => Promise<boolean>
}

/** Requests of the last hour, shared by the syncs of one connection. */
export class Budget {
  #times: Instant[] = []

  spend(now: Instant): void {
    this.#times.push(now)
  }

  spent(now: Instant): number {
    // A clock that was set back leaves times that are still to come: nobody shall wait for those.
    if ((this.#times.at(-1) ?? now) > now) this.#times = this.#times.filter((time) => time <= now)
    while ((this.#times[0] ?? now) <= now - HOUR_MS) this.#times.shift()
    return this.#times.length
  }

  /** When there is room for one more request. */
  freeAt(now: Instant, limit: number): Instant {
    return this.spent(now) < limit ? now : (this.#times[this.#times.length - limit] ?? now) + HOUR_MS
  }
}

/** Asks until there is an answer or no hope: backs off, honours what the server asks for, keeps to the budget. */
export class PatientDoor implements FetchDoor {
  readonly #options: PatienceOptions
  readonly #budget: Budget
  /** A token of a new sign-in that has not opened anything yet. */
  #fresh: string | null = null
  #renewing: Promise<boolean> | null = null
  readonly #waits: Instant[] = []

  constructor(options: PatienceOptions, budget: Budget) {
    this.#options = options
    this.#budget = budget
  }

  get requests(): number {
    return this.#options.door.requests
  }

  get token(): string | null {
    return this.#options.door.token
  }

  useToken(token: string | null): void {
    this.#options.door.useToken(token)
  }

  /** Not repeated: only sign-ins are posted. */
  post(path: string, body: Record<string, unknown>): Promise<Fetched> {
    return this.#options.door.post(path, body, { signal: this.#options.signal })
  }

  get(path: string): Promise<Fetched> {
    const { door, signal } = this.#options
    return this.#ask(() => door.get(path, { signal }))
  }

  read<T>(path: string, read: ReadBody<T>): Promise<Said<T>> {
    const { door, signal } = this.#options
    return this.#ask(() => door.read(path, read, { signal }))
  }

  linked(path: string, linkIn: (body: Uint8Array) => string): Promise<Linked> {
    const { door, signal } = this.#options
    return this.#ask(async () => {
      // Two requests: one for the address, one for what stands there.
      await this.#spend()
      return door.linked(path, linkIn, { signal })
    })
  }

  async #ask<T>(once: () => Promise<T>): Promise<T> {
    const { door, pace, signal } = this.#options
    for (let attempt = 1, renewals = 0; ; attempt++) {
      await this.#spend()
      const { token } = door
      try {
        const answer = await once()
        if (token === this.#fresh) this.#fresh = null
        return answer
      } catch (error) {
        if (!(error instanceof ServerFault) || signal.aborted) throw error
        if (error.code === 'unauthorized') {
          if (++renewals > MOST_RENEWALS) throw error
          await this.#renewOrThrow(error, token)
        } else if (attempt >= pace.tries || !isPassing(error)) throw error
        else await this.#wait(this.#patience(error, attempt), error.code === 'throttled' ? 'server' : 'retry')
      }
    }
  }

  /** Several requests may be refused for one token: the first signs in again, the others go on with what it got. */
  async #renewOrThrow(fault: ServerFault, refused: string | null): Promise<void> {
    const { door, renew } = this.#options
    if (this.#renewing === null && door.token !== refused) return
    // One that is refused right after a sign-in will be refused again.
    if (refused !== null && refused === this.#fresh) throw fault
    this.#renewing ??= renew().finally(() => (this.#renewing = null))
    if (!(await this.#renewing)) throw fault
    this.#fresh = door.token
  }

  #patience(fault: ServerFault, attempt: number): number {
    const { firstWaitMs, mostWaitMs, secondMs } = this.#options.pace
    const own = Math.min(firstWaitMs * 2 ** (attempt - 1), mostWaitMs)
    if (fault.code !== 'throttled' || fault.retryAfterMs === null) return own
    if (fault.retryAfterMs > MOST_PATIENCE_MS) throw fault
    return Math.max((fault.retryAfterMs * secondMs) / 1000, own / 4)
  }

  async #spend(): Promise<void> {
    const { now, pace } = this.#options
    for (;;) {
      const at = now()
      const free = this.#budget.freeAt(at, pace.hourly)
      if (free <= at) return this.#budget.spend(at)
      await this.#wait(free - at, 'budget')
    }
  }

  /** Several lists may wait at one time; it is over when the last of them goes on. */
  async #wait(ms: number, why: Waiting['why']): Promise<void> {
    const { signal, now, onWait } = this.#options
    const until = now() + ms
    this.#waits.push(until)
    onWait({ until: Math.max(...this.#waits), why })
    try {
      await pause(ms, signal)
    } finally {
      this.#waits.splice(this.#waits.indexOf(until), 1)
      if (this.#waits.length === 0) onWait(null)
    }
  }
}

/** What another try may mend. */
function isPassing({ code, status }: ServerFault): boolean {
  if (code === 'throttled' || code === 'server-error' || code === 'unreachable') return true
  // What the server refuses it will refuse again; a page that says 404 may be a proxy's.
  return code === 'bad-answer' && (status === null || status < 400 || status === 404)
}

/** What a sync ends with that a person cancelled. */
export function syncCancelled(): ServerFault {
  return new ServerFault({ code: 'cancelled', message: 'The sync was cancelled.' })
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const cancelled = () => reject(syncCancelled())
    if (signal.aborted) return cancelled()
    const end = () => {
      clearTimeout(timer)
      cancelled()
    }
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', end)
      resolve()
    }, ms)
    signal.addEventListener('abort', end, { once: true })
  })
}
