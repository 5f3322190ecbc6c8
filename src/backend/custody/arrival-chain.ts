import { createHash } from 'node:crypto'
import { setImmediate as turn } from 'node:timers/promises'
import type { ArrivalChain } from '../../contract'
import type { Instant } from '../../domain'
import { canonicalJson } from '../evidence'
import type { CustodyLog } from '../notebook'
import type { Arrived, ReadableStore } from '../store'

/** Batches read in one turn. */
const SLICE = 2000
const NO_HASH = '0'.repeat(64)

/**
 * A file or a response body that brought records; `sha256` is of its bytes as received. `hash` is the SHA-256 of the
 * canonical JSON of all the rest but `records`, which shrinks where records are wiped.
 */
export type ChainedBody = {
  seq: number
  at: Instant
  place: string
  sha256: string | null
  /** The server's own. */
  status: number | null
  date: string | null
  prev: string
  records: number
  hash: string
}

/** The bodies of a connection in the order in which they came, each chained to the one before. */
export async function* chainOf(store: ReadableStore, connection: string): AsyncGenerator<ChainedBody> {
  let last: ChainedBody | null = null
  for (let at = 0, total = 1; at < total; at += SLICE) {
    const answer = store.arrivals(at, SLICE)
    total = answer.total
    for (const arrived of answer.arrived) {
      if (arrived.connection !== connection) continue
      if (last && isSameBody(last, arrived)) last.records += arrived.rows
      else {
        if (last) yield last
        last = bodyOf(arrived, last)
      }
    }
    await turn()
  }
  if (last) yield last
}

/** A large file comes in many batches. */
function isSameBody({ place, sha256 }: ChainedBody, { provenance }: Arrived): boolean {
  return provenance.place === place && (provenance.sha256 ?? null) === sha256
}

function bodyOf({ provenance, rows }: Arrived, last: ChainedBody | null): ChainedBody {
  const { place, fetchedAt: at, sha256 = null, status = null, date = null } = provenance
  const linked = { seq: (last?.seq ?? 0) + 1, at, place, sha256, status, date, prev: last?.hash ?? NO_HASH }
  return { ...linked, records: rows, hash: createHash('sha256').update(canonicalJson(linked)).digest('hex') }
}

/** The chain's end, held against the one that the custody log has of it. */
export async function arrivalChain(store: ReadableStore, log: CustodyLog, connection: string): Promise<ArrivalChain> {
  const recorded = await log.arrival(connection)
  let isSame = false
  const chain: ArrivalChain = { connection, bodies: 0, records: 0, head: NO_HASH, recorded: null }
  for await (const body of chainOf(store, connection)) {
    chain.bodies = body.seq
    chain.records += body.records
    chain.head = body.hash
    if (body.seq === recorded?.bodies) isSame = body.hash === recorded.head
  }
  if (recorded) chain.recorded = { seq: recorded.seq, at: recorded.at, bodies: recorded.bodies, isSame: isSame || (recorded.bodies === 0 && recorded.head === NO_HASH) }
  return chain
}

export async function chainLines(store: ReadableStore, connection: string): Promise<Uint8Array> {
  const lines: string[] = []
  for await (const body of chainOf(store, connection)) lines.push(`${canonicalJson(body)}\n`)
  return Buffer.from(lines.join(''))
}
