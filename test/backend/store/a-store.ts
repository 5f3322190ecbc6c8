import { readFileSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach } from 'vitest'
import {
  openReadable,
  openWritable,
  type BatchProvenance,
  type Checkpoint,
  type IncomingRecord,
  type ReadableStore,
  type StoredRecord,
  type StoreView,
  type WritableStore,
} from '../../../src/backend/store'
import { BackendFault, type FaultCode } from '../../../src/contract'
import type { AuditEvent } from '../../../src/domain'

export const NOW = Date.UTC(2026, 1, 6, 12)
export const ALL: StoreView = { filter: { kind: 'all' }, range: null, order: 'asc', companions: true }
export const FROM_FILE: BatchProvenance = { origin: 'file', place: '/var/log/auth.log', fetchedAt: NOW }

const open = new Set<ReadableStore>()
afterEach(() => {
  for (const store of open) store.close()
  open.clear()
})

export async function writable(folder: string): Promise<WritableStore> {
  const store = await openWritable({ folder, now: () => NOW })
  open.add(store)
  return store
}

export async function readable(folder: string): Promise<ReadableStore> {
  const store = await openReadable({ folder, now: () => NOW })
  open.add(store)
  return store
}

export function close(store: ReadableStore): void {
  open.delete(store)
  store.close()
}

export async function reopened(store: ReadableStore, folder: string): Promise<WritableStore> {
  close(store)
  return writable(folder)
}

/** Checks a store, and again what it is after a restart. */
export async function nowAndReopened(store: WritableStore, folder: string, check: (store: WritableStore) => void): Promise<void> {
  check(store)
  check(await reopened(store, folder))
}

type Bare = Omit<AuditEvent, 'key'>

export function event(fields: Partial<Bare> = {}): Bare {
  return {
    time: NOW,
    sequence: 0,
    timePrecision: 'ms',
    category: 'authentication',
    action: 'login',
    actionRaw: 'Failed password',
    outcome: 'failure',
    outcomeBasis: 'reported',
    severity: 'warning',
    severityBasis: 'derived',
    repeat: 1,
    attributes: {},
    ...fields,
  }
}

export function record(id: string, fields: Partial<Bare> = {}, raw: string | Uint8Array = `raw of ${id}`): IncomingRecord {
  return { instance: 'web-1', stream: 'auth', id, event: event(fields), raw: Buffer.from(raw), offset: 0 }
}

export function records(from: number, count: number, fields: Partial<Bare> = {}): IncomingRecord[] {
  return Array.from({ length: count }, (_, i) => record(`id-${from + i}`, { time: NOW + from + i, ...fields }))
}

export function add(store: WritableStore, incoming: IncomingRecord[], checkpoint: Partial<Checkpoint> = {}) {
  return store.append(incoming, FROM_FILE, { connection: 'logs', kind: 'sshd', ...checkpoint })
}

/** Everything a store shows, by value, in a form that two stores can be compared by. */
export function contents(store: ReadableStore): (Omit<StoredRecord, 'raw'> & { raw: string })[] {
  return store.records(ALL, 0, store.count(ALL).rows).map((held) => ({ ...held, raw: Buffer.from(held.raw).toString('base64') }))
}

export function keys(store: ReadableStore, view: StoreView = ALL): string[] {
  return store.page(view, 0, store.count(view).rows).map(({ event: { key } }) => key)
}

export function ids(store: ReadableStore, view: StoreView = ALL): string[] {
  return keys(store, view).map((key) => key.split(':').at(-1) ?? '')
}

export function journalOf(folder: string): string {
  const [name, ...others] = readdirSync(folder).filter((file) => /^journal-\d{6}\.log$/.test(file))
  if (name === undefined || others.length > 0) throw new Error(`expected one journal in ${readdirSync(folder).join()}`)
  return join(folder, name)
}

/** Names of files that hold the bytes. */
export function filesWith(folder: string, bytes: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => {
    const path = join(folder, name)
    return statSync(path).isFile() && readFileSync(path).includes(bytes)
  })
}

export async function faultOf(doing: () => unknown): Promise<{ code: FaultCode; message: string; detail?: unknown }> {
  try {
    await doing()
  } catch (error) {
    if (error instanceof BackendFault) return error.toFault()
    throw error
  }
  throw new Error('expected a fault')
}
