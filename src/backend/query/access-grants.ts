import { setImmediate as nextTurn } from 'node:timers/promises'
import type { AccessGrant } from '../../contract'
import type { AuditEvent, Instant } from '../../domain'
import type { HeldEvent, ReadableStore, StoreView } from '../store'
import { grantSpan } from './standing-grant'

/** Requests read in one turn. */
const SLICE = 1000

const REQUESTS: StoreView = {
  filter: { kind: 'text', columns: ['category'], match: { op: 'equals', value: 'approval' } },
  range: null,
  order: 'asc',
  companions: false,
}

export type GrantAsked = { connection: string; person: string | null; machine: string; at: Instant; request: string | null }

/** The grants of all requests held, by whose they are and for which machine. */
export class Grants {
  readonly #byPlace = new Map<string, AccessGrant[]>()
  readonly #byRequest = new Map<string, AccessGrant>()
  /** Machines that anybody asked for. */
  readonly #machines = new Set<string>()

  /** Null where `isStale` said so on the way. */
  static async read(store: ReadableStore, isStale: () => boolean): Promise<Grants | null> {
    const grants = new Grants()
    const total = store.length(REQUESTS)
    for (let at = 0; at < total; at += SLICE) {
      for (const held of store.page(REQUESTS, at, SLICE)) grants.#add(held)
      await nextTurn()
      if (isStale()) return null
    }
    return grants
  }

  /** The grant that an access names, else the latest that stood when it began. */
  of({ connection, person, machine, at, request }: GrantAsked): AccessGrant | 'none' | 'unknown' {
    if (request !== null) return this.#named(connection, request)
    if (person === null || !this.#machines.has(machineOf(connection, machine))) return 'unknown'
    const own = this.#byPlace.get(placeOf(connection, person, machine))
    return own?.findLast(({ from, to }) => from !== null && from <= at && (to === null || at < to)) ?? 'none'
  }

  #named(connection: string, request: string): AccessGrant {
    const held = this.#byRequest.get(JSON.stringify([connection, request]))
    if (held) return { ...held, isNamed: true }
    return { request, approver: null, from: null, to: null, scope: null, justification: null, key: null, isNamed: true }
  }

  #add({ event, origin: { connection } }: HeldEvent): void {
    const machines = distinct([event.machine?.name, event.machine?.id])
    for (const machine of machines) this.#machines.add(machineOf(connection, machine))
    const span = grantSpan(event)
    const grant = grantOf(event, span)
    if (event.approval !== undefined) this.#byRequest.set(JSON.stringify([connection, event.approval]), grant)
    if (!span) return
    for (const person of distinct([event.actor?.name, event.actor?.email, event.actor?.id])) {
      for (const machine of machines) this.#place(placeOf(connection, person, machine), grant)
    }
  }

  #place(place: string, grant: AccessGrant): void {
    const own = this.#byPlace.get(place)
    if (own) own.push(grant)
    else this.#byPlace.set(place, [grant])
  }
}

function placeOf(connection: string, person: string, machine: string): string {
  return JSON.stringify([connection, person.toLowerCase(), machine.toLowerCase()])
}

function machineOf(connection: string, machine: string): string {
  return JSON.stringify([connection, machine.toLowerCase()])
}

function distinct(names: readonly (string | undefined)[]): string[] {
  return [...new Set(names.filter((name) => name !== undefined))]
}

function grantOf(event: AuditEvent, span: { from: Instant; to: Instant } | null): AccessGrant {
  const { approval, key, approver = null, scope = null, justification = null } = event
  const to = span && Number.isFinite(span.to) ? span.to : null
  return { request: approval ?? key, approver, from: span?.from ?? null, to, scope, justification, key, isNamed: false }
}
