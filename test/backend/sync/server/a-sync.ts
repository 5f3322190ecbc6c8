import { hash } from 'node:crypto'
import { onTestFinished } from 'vitest'
import type { SyncJob } from '../../../../src/contract'
import type { Ports } from '../../../../src/backend'
import { syncServers, type ServerContext } from '../../../../src/backend/sync'
import type { StoreView, WritableStore } from '../../../../src/backend/store'
import { webxtermSource } from '../../../../src/backend/source/webxterm'
import { startSample, type RunningSample, type SampleOptions, type SampleRecord } from '../../../../src/sample'
import { testPorts } from '../../../ports'
import { writable } from '../../store/a-store'
import { tempFolder } from '../../temp-folder'

/** A fixed moment long before the sample server's first event would be written by the clock of today. */
export const SAMPLE_NOW = Date.UTC(2026, 1, 6, 12)

export const EVERYTHING: StoreView = { filter: { kind: 'all' }, range: null, order: 'asc', companions: true }

export type Synced = {
  sample: RunningSample
  store: WritableStore
  context: ServerContext
  workspace: string
  ports: Ports
  sync(ask?: Parameters<typeof syncServers>[1]): Promise<SyncJob>
  /** How often a sync has waited for the server. */
  waits(): number
  token: string
}

export type Role = keyof RunningSample['tokens']

/** A workspace connected to a sample server of its own; nothing is synced yet. */
export async function connected(options: SampleOptions = {}, role: Role = 'super_admin'): Promise<Synced> {
  const sample = await startSample({ events: 2000, seed: 7, now: SAMPLE_NOW, ...options })
  onTestFinished(() => sample.close())
  const workspace = tempFolder()
  const store = await writable(workspace)
  const token = sample.tokens[role]
  const errors: unknown[] = []
  const log = { info: () => {}, error: (_message: string, error: unknown) => errors.push(error) }
  const ports = testPorts({ env: { TOKEN: token }, log })
  const pace = { firstWaitMs: 1, mostWaitMs: 20, tries: 6, hourly: 1_000_000, secondMs: 5, progressMs: 1 }
  const context: ServerContext = { store, ports, version: '0.0.0', pace }
  // Not by a sign-in, whose look at every list a server with faults would spend them on.
  const { dialect = 'documented' } = options
  const account = webxtermSource.accountOf(token)
  const server = { url: sample.url, dialect, account, signIn: { by: 'token' as const, tokenEnv: 'TOKEN' }, paused: false }
  store.note({ connection: 'acme', kind: 'webxterm', server })
  let waits = 0
  const sync: Synced['sync'] = async ({ onProgress, ...wanted } = {}) => {
    const tell = (job: SyncJob) => {
      if (job.state === 'waiting') waits++
      onProgress?.(job)
    }
    const [job] = await syncServers(context, { connection: 'acme', ...wanted, onProgress: tell })
    if (!job) throw new Error('nothing was synced')
    // What no fault explains is a mistake of the program.
    if (errors.length > 0) throw errors[0]
    return job
  }
  return { sample, store, context, workspace, ports, sync, waits: () => waits, token }
}

/** SHA-256 of the bytes received by record: the newest state of all that the server still gives. */
export function held(store: WritableStore): Map<string, string> {
  const records = store.records(EVERYTHING, 0, store.length(EVERYTHING))
  return new Map(
    records.flatMap(({ event, rawSha256, vanished }) => (vanished === undefined ? [[recordName(event.key), rawSha256]] : [])),
  )
}

/** The same as the server gives them to the holder of a token. */
export function given(records: SampleRecord[]): Map<string, string> {
  return new Map(records.map(({ stream, machine, id, bytes }) => [`${nameOf(stream, machine)}:${id}`, hash('sha256', bytes)]))
}

/** `stream:id` of a key; the instance in it may be any of the server's tenants. */
export function recordName(key: string): string {
  const [, , ...rest] = key.split(':')
  return rest.join(':')
}

export type Difference = { missing: string[]; other: string[]; gone: string[] }

/** What the workspace holds against the server's own lists; `until` leaves out what the server wrote after that. */
export function difference({ store, sample, token }: Pick<Synced, 'store' | 'sample' | 'token'>, until: number): Difference {
  const lists = sample.lists(token)
  const server = given(lists)
  const late = given(lists.filter(({ time }) => time >= until))
  const here = held(store)
  return {
    missing: [...server.keys()].filter((name) => !here.has(name) && !late.has(name)),
    other: [...server].flatMap(([name, bytes]) => (here.has(name) && here.get(name) !== bytes ? [name] : [])),
    gone: [...here.keys()].filter((name) => !server.has(name)),
  }
}

/** Ranges that the ledger calls complete and in which the server lists other records than are held. */
export function falselyComplete({ store, sample, token }: Pick<Synced, 'store' | 'sample' | 'token'>): string[] {
  const lists = sample.lists(token)
  return store.coverage(null).flatMap((range) => {
    if (range.state !== 'complete') return []
    const listed = lists.filter(
      ({ stream, machine, time }) => nameOf(stream, machine) === range.stream && time >= range.from && time < range.to,
    )
    const ids = new Set(listed.map(({ id }) => id))
    const here = store.heldIn({ connection: 'acme', stream: range.stream }, range)
    return ids.size === here ? [] : [`${range.stream}: ${here} of ${ids.size}`]
  })
}

export function nameOf(stream: string, machine: string | undefined): string {
  return machine === undefined ? stream : `${stream}/${machine}`
}
