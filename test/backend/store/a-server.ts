import { createHash } from 'node:crypto'
import { encodeBatch, type BatchProvenance, type Checkpoint, type IncomingRecord, type ReadableStore, type WritableStore } from '../../../src/backend/store'
import type { AuditEvent, ServerFacts, StreamFacts } from '../../../src/domain'
import { event, NOW } from './a-store'

export const SERVER = { connection: 'prod', kind: 'webxterm' }
export const FACTS: ServerFacts = {
  url: 'https://audit.example/api',
  dialect: 'documented',
  account: { id: '7', email: 'a@example.org', role: 'super_admin' },
  signIn: { by: 'token' },
  paused: false,
}

export const stream = (name: string, more: Partial<StreamFacts> = {}): StreamFacts => ({ stream: name, label: name, status: 'ok', requests: 1, ...more })

export const hex = (bytes: Uint8Array | string) => createHash('sha256').update(bytes).digest('hex')

type Given = { id: string; text?: string; stream?: string; fields?: Partial<Omit<AuditEvent, 'key'>> }

/** A body as a server writes it, and its records in their places. `text` is what tells two states of a record apart. */
export function page(given: Given[], before = '{"data": [\n') {
  let body = before
  const records = given.map(({ id, text = '', stream: name = 'audit', fields = {} }): IncomingRecord => {
    const raw = `{"id": "${id}", "text": "${text}"}`
    const offset = Buffer.byteLength(body)
    body += `${raw},\n`
    return { instance: 'tenant', stream: name, id, event: event({ attributes: { text }, ...fields }), raw: Buffer.from(raw), offset }
  })
  return { records, body: Buffer.from(`${body}], "total": 12}`) }
}

export const from = (fetchedAt = NOW, body?: Uint8Array): BatchProvenance => ({
  origin: 'request',
  place: 'GET https://audit.example/api/audit?page=1',
  fetchedAt,
  status: 200,
  ...(body ? { sha256: hex(body) } : {}),
})

export const batchOf = (records: IncomingRecord[], body: Uint8Array) => encodeBatch(records, SERVER.kind, body)

/** Brings a page, fetched so many ms after the others' time. */
export function bring(store: WritableStore, given: Given[], more: Partial<Checkpoint> & { at?: number } = {}) {
  const { at = NOW, ...checkpoint } = more
  const { records, body } = page(given)
  return store.append(batchOf(records, body), from(at, body), { ...SERVER, ...checkpoint })
}

export const keyOf = (id: string, name = 'audit') => `webxterm:tenant:${name}:${id}`

/** The text of each state of a record, newest first. */
export function statesOf(store: ReadableStore, id: string): string[] {
  const states = [store.find(keyOf(id)), ...store.revisions(keyOf(id))]
  return states.flatMap((state) => (state ? [state.event.attributes['text'] ?? ''] : []))
}
