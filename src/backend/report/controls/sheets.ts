import { setImmediate as nextTurn } from 'node:timers/promises'
import { BackendFault, type ControlEvidence, type ControlSheet, type ControlSheets } from '../../../contract'
import { formatInstant, seesAll, type Instant, type TimeRange } from '../../../domain'
import { storeView } from '../../query'
import type { ReadableStore } from '../../store'
import { HIDDEN } from '../reports/hidden'
import { reportStreams, worst } from '../reports/streams'
import type { Mapping, MappedEvidence } from './mapping'
import { readMappings } from './mapping-files'

/** Milliseconds of one turn, and rows between two looks at the clock. */
const TURN = 8
const LOOK = 512

/** What is held on every control of every mapping. */
export async function controlSheets(store: ReadableStore, folder: string, range: TimeRange): Promise<ControlSheets> {
  const { found, unread } = readMappings(folder)
  const streams = reportStreams(store.coverage(range))
  const counts = new Counts(store, range)
  const sheets: ControlSheet[] = []
  for (const { mapping, file, own } of found) sheets.push({ ...headOf(mapping), file, own, controls: await controlsOf(mapping, counts) })
  return { period: range, coverage: worst(streams), streams, retention: retentionOf(store, range), sheets, unread, folder }
}

function headOf({ framework, title, version, scope, notice }: Mapping) {
  return { framework, title, version, scope, notice }
}

async function controlsOf({ controls }: Mapping, counts: Counts): Promise<ControlSheet['controls']> {
  const rows: ControlSheet['controls'] = []
  for (const { evidence, ...control } of controls) {
    const counted: ControlEvidence[] = []
    for (const one of evidence) counted.push(await counts.of(one))
    rows.push({ ...control, evidence: counted })
  }
  return rows
}

type Count = Pick<ControlEvidence, 'records' | 'weighted' | 'failed' | 'first' | 'last'>

const NOTHING: Count = { records: 0, weighted: 0, failed: 0, first: null, last: null }

/** Counts each query once: frameworks ask for much the same. */
class Counts {
  readonly #store: ReadableStore
  readonly #range: TimeRange
  readonly #isOpen: boolean
  readonly #known = new Map<string, Count>()

  constructor(store: ReadableStore, range: TimeRange) {
    this.#store = store
    this.#range = range
    this.#isOpen = seesAll(store.connections())
  }

  async of({ label, query, governance }: MappedEvidence): Promise<ControlEvidence> {
    if (governance && !this.#isOpen) return { ...NOTHING, label, query, hidden: HIDDEN }
    const count = this.#known.get(query) ?? (await this.#count(query))
    this.#known.set(query, count)
    return { ...count, label, query, hidden: null }
  }

  async #count(query: string): Promise<Count> {
    // A query not asked before looks at all that is held.
    await nextTurn()
    const cursor = this.#store.cursor(storeView({ query, range: this.#range, order: 'asc' }))
    const count = { ...NOTHING }
    let until = performance.now() + TURN
    for (let at = 0; at < cursor.length; at++) {
      cursor.to(at)
      const weight = cursor.number('repeat') ?? 1
      count.records++
      count.weighted += weight
      if (cursor.text('outcome') === 'failure') count.failed += weight
      count.first ??= cursor.time
      count.last = cursor.time
      if (at % LOOK !== 0 || performance.now() < until) continue
      const revision = this.#store.revision()
      await nextTurn()
      // Rows moved: another look is on its way, since the answer names what it was read from.
      if (this.#store.revision() !== revision) throw new BackendFault({ code: 'cancelled', message: 'What is held changed while it was counted.' })
      until = performance.now() + TURN
    }
    return count
  }
}

function retentionOf(store: ReadableStore, range: TimeRange): ControlSheets['retention'] {
  const held = store.state().range
  const since: Instant | null = held?.from ?? null
  const reachesPeriod = since !== null && since <= range.from
  const evicted = store.ledger(range).filter(({ state }) => state === 'beyond-retention' || state === 'not-held')
  const words = [
    since === null ? 'Nothing is held.' : `Records are held since ${formatInstant(since)}.`,
    ...(since === null || reachesPeriod ? [] : ['The period begins before the oldest record held.']),
    evicted.length === 0 ? 'No part of the period is known to be beyond what a server keeps, or to be evicted here.' : `${evicted.length} ${evicted.length === 1 ? 'part' : 'parts'} of the period ${evicted.length === 1 ? 'is' : 'are'} beyond what a server keeps, or evicted here.`,
  ]
  return { heldSince: since, heldTo: held?.to ?? null, reachesPeriod, words: words.join(' ') }
}
