import type { CustodyAct, ImportJob, StreamResult, SyncJob } from '../../contract'
import type { Instant } from '../../domain'
import { arrivedText, type CustodyLog } from '../notebook'
import type { ReadableStore } from '../store'
import { arrivalChain } from './arrival-chain'

/** Milliseconds of a live view that one entry stands for. */
const LIVE_EVERY = 10 * 60_000

type Live = { since: Instant; looks: number; added: number; changed: number }
type Surroundings = { log: CustodyLog; store: ReadableStore; now: () => Instant; onError: (error: unknown) => void }

/** Writes down what syncs and imports brought when they end, with the head of the chain of what arrived. */
export class SyncActs {
  readonly #surroundings: Surroundings
  readonly #live = new Map<string, Live>()
  readonly #ended = new Set<string>()
  #writing: Promise<void> = Promise.resolve()

  constructor(surroundings: Surroundings) {
    this.#surroundings = surroundings
  }

  synced(job: SyncJob): void {
    if (job.endedAt === null) return
    if (job.live) return this.#look(job)
    const { connection, state, fault, requests, streams } = job
    const failed = fault ? `: ${fault.message}` : ''
    this.#write('sync', connection, `${state}${failed}; ${resultText(streams)}, ${requests} requests`)
  }

  imported({ job, name, state, summaries, fault }: ImportJob): void {
    if (state === 'surveying' || state === 'importing' || this.#ended.has(job)) return
    this.#ended.add(job)
    if (summaries.length === 0) this.#write('import', name, `${state}${fault ? `: ${fault.message}` : ''}`)
    for (const { connection, files, events, duplicates, rejected } of summaries) {
      this.#write('import', connection, `${state}; ${files} files, ${events} added, ${duplicates} held before, ${rejected.length} lines rejected`)
    }
  }

  /** Everything that ended is written. */
  async close(): Promise<void> {
    for (const connection of this.#live.keys()) this.#tellLive(connection)
    await this.#writing
  }

  #look({ connection, streams }: SyncJob): void {
    const { now } = this.#surroundings
    const live = this.#live.get(connection) ?? { since: now(), looks: 0, added: 0, changed: 0 }
    this.#live.set(connection, live)
    live.looks++
    live.added += sum(streams, 'added')
    live.changed += sum(streams, 'changed')
    if (now() - live.since >= LIVE_EVERY) this.#tellLive(connection)
  }

  #tellLive(connection: string): void {
    const live = this.#live.get(connection)
    this.#live.delete(connection)
    if (live && live.added + live.changed > 0) this.#write('sync', connection, `live view; ${live.looks} looks, ${live.added} added, ${live.changed} changed`)
  }

  #write(action: CustodyAct['action'], connection: string, detail: string): void {
    const { store, log, onError } = this.#surroundings
    const write = async () => {
      const chain = await arrivalChain(store, log, connection)
      log.record({ action, object: connection, detail: arrivedText(detail, chain) })
      await log.settle()
    }
    this.#writing = this.#writing.then(write).catch(onError)
  }
}

function resultText(streams: readonly StreamResult[]): string {
  return (['added', 'changed', 'late', 'vanished'] as const).map((name) => `${sum(streams, name)} ${name}`).join(', ')
}

function sum(streams: readonly StreamResult[], name: 'added' | 'changed' | 'late' | 'vanished'): number {
  return streams.reduce((all, one) => all + one[name], 0)
}
