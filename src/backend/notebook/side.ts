import { setImmediate as nextTurn } from 'node:timers/promises'
import type { Citation, CitationCheck, NotebookSide } from '../../contract'
import type { TimeRange } from '../../domain'
import { canonicalRow, leafHash } from '../evidence'
import { overallState } from '../query'
import type { ReadableStore } from '../store'
import type { NotebookDocument } from './document'
import type { EvidenceFiles } from './evidence-files'
import { evidenceRows, type EvidenceRow } from './evidence-rows'

/** Records compared in one turn. */
const SLICE = 250

export type SideGround = { store: ReadableStore; files: EvidenceFiles }

type Known = { at: string; side: Omit<NotebookSide, 'custody'> }

/** What stands beside notebooks, worked out again only where a notebook or what is held has changed. */
export class Sides {
  readonly #ground: SideGround
  readonly #known = new Map<string, Known>()

  constructor(ground: SideGround) {
    this.#ground = ground
  }

  async of(id: string, document: NotebookDocument): Promise<Known['side']> {
    const at = `${this.#ground.store.revision()} ${document.revision()}`
    const known = this.#known.get(id)
    if (known?.at === at) return known.side
    const side = await sideOf(this.#ground, document)
    this.#known.set(id, { at, side })
    return side
  }
}

async function sideOf(ground: SideGround, document: NotebookDocument): Promise<Known['side']> {
  const gathered = new Gathered()
  for (const { cell, citations, frozen } of document.evidence()) await gatherCell(ground, gathered, { cell, citations, frozen })
  const { range: window } = document.facts()
  const range = window ?? gathered.range()
  const contents = document.cells().map(({ content }) => content)
  return {
    people: gathered.people(),
    machines: gathered.machines(),
    range,
    coverage: range && overallState(ground.store.ledger(range)),
    events: gathered.events.size,
    recordings: new Set(contents.flatMap((content) => (content.kind === 'clip' ? [content.clip.recording] : []))).size,
    frozen: contents.filter((content) => 'frozen' in content && content.frozen !== null).length,
    check: gathered.check,
  }
}

type CellEvidence = { cell: string; citations: readonly Citation[]; frozen: string | null }

async function gatherCell(ground: SideGround, gathered: Gathered, { cell, citations, frozen }: CellEvidence): Promise<void> {
  const files = new Map<string, Map<string, EvidenceRow>>()
  for (const sha256 of new Set(citations.map(({ evidence }) => evidence))) {
    const rows = evidenceRows(ground.files, sha256)
    if (!rows) gathered.check.damaged.push({ evidence: sha256, cell })
    files.set(sha256, new Map(rows?.map((row) => [row.key, row])))
  }
  for (const [at, { key, leaf, evidence, row }] of citations.entries()) {
    const held = files.get(evidence)?.get(key)
    gathered.add(held ?? { key, line: '', time: row.time, user: row.user, machine: null })
    compare(ground.store, gathered.check, { key, cell, isSame: (now) => leafHash(now).toString('hex') === leaf })
    if (at % SLICE === SLICE - 1) await nextTurn()
  }
  if (frozen === null) return
  const rows = evidenceRows(ground.files, frozen)
  if (!rows) gathered.check.damaged.push({ evidence: frozen, cell })
  for (const [at, row] of (rows ?? []).entries()) {
    gathered.add(row)
    compare(ground.store, gathered.check, { key: row.key, cell, isSame: (now) => now === row.line })
    if (at % SLICE === SLICE - 1) await nextTurn()
  }
}

type Compared = { key: string; cell: string; isSame: (row: string) => boolean }

function compare(store: ReadableStore, check: CitationCheck, { key, cell, isSame }: Compared): void {
  const record = store.find(key)
  check.cited++
  if (!record) check.missing.push({ key, cell })
  else if (isSame(canonicalRow(record))) check.same++
  else check.changed.push({ key, cell })
}

/** Names that stand beside a notebook; the most frequent ones. */
const MOST_NAMES = 200

class Gathered {
  readonly events = new Set<string>()
  readonly check: CitationCheck = { cited: 0, same: 0, changed: [], missing: [], damaged: [] }
  readonly #people = new Map<string, number>()
  readonly #machines = new Map<string, number>()
  #range: TimeRange | null = null

  add({ key, time, user, machine }: EvidenceRow): void {
    if (this.events.has(key)) return
    this.events.add(key)
    if (user !== null) this.#people.set(user, (this.#people.get(user) ?? 0) + 1)
    if (machine !== null) this.#machines.set(machine, (this.#machines.get(machine) ?? 0) + 1)
    this.#range = { from: Math.min(this.#range?.from ?? time, time), to: Math.max(this.#range?.to ?? 0, time + 1) }
  }

  range(): TimeRange | null {
    return this.#range
  }

  people(): string[] {
    return byCount(this.#people)
  }

  machines(): string[] {
    return byCount(this.#machines)
  }
}

function byCount(counts: ReadonlyMap<string, number>): string[] {
  const sorted = [...counts].toSorted(([a, n], [b, m]) => m - n || (a < b ? -1 : 1))
  return sorted.slice(0, MOST_NAMES).map(([name]) => name)
}
