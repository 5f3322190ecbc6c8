import { setImmediate as nextTurn } from 'node:timers/promises'
import { BackendFault, type Citation, type Frozen, type TimelineRow, type View } from '../../contract'
import type { Instant } from '../../domain'
import { canonicalRow, leafHash, TreeBuilder } from '../evidence'
import { histogram, lookedUp, overallState, storeView, timelineRow } from '../query'
import type { ReadableStore, StoredRecord } from '../store'
import type { EvidenceFiles, EvidenceWriter } from './evidence-files'

/** Records read in one turn. */
const SLICE = 250
/** Rows that a frozen cell has ready to show; all of them are in its file. */
const FIRST = 50
const BUCKETS = 60

export type Freezing = { store: ReadableStore; files: EvidenceFiles; by: string; now: Instant }

/** Copies the rows of a view into a file of evidence, durable when it answers. Throws `cancelled` where events keep coming. */
export async function freeze({ store, files, by, now }: Freezing, view: View): Promise<Frozen> {
  const asked = storeView(view)
  for (let attempt = 0; attempt < 3; attempt++) {
    await lookedUp(store, asked.filter)
    const revision = store.revision()
    const isStill = () => store.revision() === revision
    const { rows, weighted: matching } = store.count(asked)
    const writer = files.begin()
    try {
      const tree = new TreeBuilder()
      const first: TimelineRow[] = []
      for (let at = 0; at < rows && isStill(); at += SLICE) {
        const records = store.records(asked, at, Math.min(SLICE, rows - at))
        addRows(records, { writer, tree })
        for (const { event, origin } of records.slice(0, FIRST - first.length)) first.push(timelineRow(event, origin))
        await nextTurn()
      }
      if (isStill()) {
        const coverage = overallState(store.ledger(view.range))
        const bars = histogram(store, { view, buckets: BUCKETS })
        const evidence = writer.keep()
        return { at: now, by, rows, matching, root: tree.root().toString('hex'), evidence, coverage, histogram: bars, first }
      }
    } finally {
      writer.drop()
    }
  }
  throw new BackendFault({ code: 'cancelled', message: 'Events kept arriving while the rows were frozen. Nothing was frozen; try again when the import or sync has ended.' })
}

function addRows(records: readonly StoredRecord[], { writer, tree }: { writer: EvidenceWriter; tree: TreeBuilder }): void {
  for (const record of records) {
    const row = canonicalRow(record)
    writer.line(row)
    tree.add(leafHash(row))
  }
}

/** Events as they are held now, in the order of the keys. Throws `not-found` for one that is not held. */
export async function cite({ store, files }: Freezing, keys: readonly string[]): Promise<Citation[]> {
  const writer = files.begin()
  try {
    const cited: Omit<Citation, 'evidence'>[] = []
    for (const [at, key] of [...new Set(keys)].entries()) {
      const record = store.find(key)
      if (!record) throw new BackendFault({ code: 'not-found', message: `An event to cite is not held in the workspace: ${key}` })
      const row = canonicalRow(record)
      writer.line(row)
      const { event, origin } = record
      cited.push({ key, leaf: leafHash(row).toString('hex'), row: timelineRow(event, origin), severity: event.severity })
      if (at % SLICE === SLICE - 1) await nextTurn()
    }
    const evidence = writer.keep()
    return cited.map((one) => ({ ...one, evidence }))
  } finally {
    writer.drop()
  }
}
