import { ServerFault } from '../../source'
import { fetchListed } from './fetch-recording'
import { inParallel } from './in-parallel'
import type { NewRecording, RecordingsOptions } from './sync-recordings'
import { syncCancelled } from './patient-door'

/** What one sync gets without being asked; the rest is got when somebody wants it. */
const MOST = 50
const MOST_BYTES = 200_000_000
/** At one time: each is in memory whole. */
const AT_ONCE = 2

/** Faults after which nothing else can be fetched either. */
const STOPPING = new Set<ServerFault['code']>(['unreachable', 'throttled', 'server-error'])

/** Gets recordings that are new in the lists, the newest first, as far as one sync goes. */
export class RecordingFetches {
  done = 0
  total = 0
  /** What is read now, as it is shown; null before and after. */
  label: string | null = null
  readonly #options: RecordingsOptions
  readonly #onProgress: () => void
  readonly #new: NewRecording[] = []
  readonly #failed = new Map<string, { count: number; why: string }>()
  /** Tenants that keep no files. */
  readonly #closed = new Set<string>()
  #isStopped = false

  constructor(options: RecordingsOptions, onProgress: () => void) {
    this.#options = options
    this.#onProgress = onProgress
  }

  add(recording: NewRecording): void {
    this.#new.push(recording)
  }

  /** Rejects when it is cancelled, and where nobody is signed in any more. */
  async run(): Promise<void> {
    const wanted = this.#within(this.#new.toSorted((a, b) => (b.facts.start ?? 0) - (a.facts.start ?? 0)))
    if (wanted.length === 0) return
    this.total = wanted.length
    this.label = 'recordings'
    this.#onProgress()
    await inParallel(wanted, AT_ONCE, (one) => this.#one(one))
    this.label = null
  }

  /** Why some of a list could not be fetched. */
  noteOf(stream: string): string | undefined {
    const failed = this.#failed.get(stream)
    if (!failed) return undefined
    return failed.count === 1 ? `1 recording could not be fetched: ${failed.why}` : `${failed.count} recordings could not be fetched: ${failed.why}`
  }

  #within(newest: readonly NewRecording[]): NewRecording[] {
    let left = MOST_BYTES
    const within: NewRecording[] = []
    for (const one of newest) {
      const size = one.facts.size ?? 0
      if (within.length === MOST || size > left) continue
      left -= size
      within.push(one)
    }
    return within
  }

  async #one({ id, stream, facts }: NewRecording): Promise<void> {
    const { signal } = this.#options
    if (signal.aborted) throw syncCancelled()
    const tenant = facts.id.split(`:${stream}:`, 1)[0] ?? ''
    if (this.#isStopped || this.#closed.has(tenant)) return
    try {
      await fetchListed(this.#options, id, facts)
    } catch (error) {
      if (signal.aborted) throw syncCancelled()
      if (!(error instanceof ServerFault) || error.code === 'unauthorized') throw error
      const failed = this.#failed.get(stream)
      this.#failed.set(stream, { count: (failed?.count ?? 0) + 1, why: failed?.why ?? error.message })
      if (STOPPING.has(error.code)) this.#isStopped = true
      if (error.code === 'not-offered' && error.status === 503) this.#closed.add(tenant)
    }
    this.done++
    this.#onProgress()
  }
}
