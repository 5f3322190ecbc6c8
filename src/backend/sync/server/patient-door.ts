import type { Instant } from '../../../domain'
import { ServerFault, type FetchDoor, type Fetched } from '../../source'

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
}

export const PACE: Pace = { firstWaitMs: 1000, mostWaitMs: 30_000, tries: 4, hourly: 20_000, secondMs: 1000 }

/** Longest wait a server may ask for before the sync ends and says until when. */
const MOST_PATIENCE_MS = 10 * 60_000
const HOUR_MS = 3_600_000

export type Waiting = { until: Instant; budget: boolean }

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
  #renewed = false

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

  async get(path: string): Promise<Fetched> {
    const { door, pace, signal } = this.#options
    for (let attempt = 1; ; attempt++) {
      await this.#waitForBudget()
      try {
        this.#budget.spend(this.#options.now())
        const answer = await door.get(path, { signal })
        this.#renewed = false
        return answer
      } catch (error) {
        if (!(error instanceof ServerFault) || signal.aborted) throw error
        if (error.code === 'unauthorized') await this.#renewOrThrow(error)
        else if (attempt >= pace.tries || !isPassing(error)) throw error
        else await this.#wait(this.#patience(error, attempt), false)
      }
    }
  }

  async #renewOrThrow(fault: ServerFault): Promise<void> {
    // One that is refused right after a sign-in will be refused again.
    if (this.#renewed || !(await this.#options.renew())) throw fault
    this.#renewed = true
  }

  #patience(fault: ServerFault, attempt: number): number {
    const { firstWaitMs, mostWaitMs, secondMs } = this.#options.pace
    const own = Math.min(firstWaitMs * 2 ** (attempt - 1), mostWaitMs)
    if (fault.code !== 'throttled' || fault.retryAfterMs === null) return own
    if (fault.retryAfterMs > MOST_PATIENCE_MS) throw fault
    return Math.max((fault.retryAfterMs * secondMs) / 1000, own / 4)
  }

  async #waitForBudget(): Promise<void> {
    const now = this.#options.now()
    const free = this.#budget.freeAt(now, this.#options.pace.hourly)
    if (free > now) await this.#wait(free - now, true)
  }

  async #wait(ms: number, budget: boolean): Promise<void> {
    const { signal, now, onWait } = this.#options
    onWait({ until: now() + ms, budget })
    try {
      await pause(ms, signal)
    } finally {
      onWait(null)
    }
  }
}

/** What another try may mend. */
function isPassing({ code }: ServerFault): boolean {
  return code === 'throttled' || code === 'server-error' || code === 'unreachable' || code === 'bad-answer'
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const end = () => {
      clearTimeout(timer)
      reject(new ServerFault({ code: 'cancelled', message: 'The sync was cancelled.' }))
    }
    if (signal.aborted) return end()
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', end)
      resolve()
    }, ms)
    signal.addEventListener('abort', end, { once: true })
  })
}
