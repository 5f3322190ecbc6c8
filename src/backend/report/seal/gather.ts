import { statSync } from 'node:fs'
import { join } from 'node:path'
import { setImmediate as nextTurn } from 'node:timers/promises'
import type { Notebook, NotebookSide, RecordingRow, SealPreview } from '../../../contract'
import { type Instant, settingZone } from '../../../domain'
import { checkCustodyLines, type NotebookRoom } from '../../notebook'
import type { ReadableStore } from '../../store'
import { reportSources, sourceWords } from '../reports/sources'
import type { BundleContent, BundleRecording, RawPage } from './content'
import { evidencePlan, type EvidencePlan } from './event-lines'

/** Rows of what was frozen whose response bodies are looked for; each row has its own bytes in any case. */
const MOST_PAGED = 20_000
/** Records looked up in one turn. */
const SLICE = 500

export type Ground = {
  store: ReadableStore
  room: NotebookRoom
  id: string
  /** The custody log as it stands. */
  custody: Uint8Array
  side: Omit<NotebookSide, 'custody'> | null
  zone: string
  version: string
  now: Instant
}

/** All that is held of a notebook. Throws `not-found`. */
export function notebookContent(ground: Ground): BundleContent {
  const { store, room, id, custody, zone, version, now, side } = ground
  const notebook = room.get(id)
  const plan = evidencePlan(notebook)
  const chain = checkCustodyLines(custody)
  const range = notebook.range ?? side?.range ?? null
  return {
    head: { sources: sourceWords(store.connections()), period: range, zone: settingZone(zone), version, sealedAt: now, sealedBy: room.by },
    notebook,
    evidence: (sha256) => linesOf(room.files.read(sha256)),
    pages: pages(store, pagedKeys(room, plan)),
    recordings: recordings(store, notebook),
    custody,
    side: side && { ...side, custody: { entries: chain.entries, head: chain.head, isIntact: chain.found === 0 } },
    ledger: store.coverage(range),
    lacking: [...lackingWords(ground, { notebook, plan, isThere: (sha256) => room.files.read(sha256) !== null }), ...chain.problems.slice(0, 20).map(({ seq, reason }) => `Custody log, entry ${seq}, when this was sealed: ${reason}`)],
  }
}

/** What sealing would put in. */
export function sealPreview(ground: Omit<Ground, 'side'>): Omit<SealPreview, 'key' | 'authority'> {
  const { room, store, id, custody } = ground
  const notebook = room.get(id)
  const plan = evidencePlan(notebook)
  const files = new Set([...plan.whole, ...plan.single.keys()])
  return {
    title: notebook.title,
    tlp: notebook.tlp,
    cited: plan.citations.length,
    frozen: plan.frozen.reduce((sum, { frozen }) => sum + frozen.rows, 0),
    findings: notebook.cells.filter(({ content }) => content.kind === 'finding').length,
    recordings: heldRecordings(store, notebook).length,
    custody: checkCustodyLines(custody).entries,
    sources: reportSources(store.connections()).length,
    // Sizes alone: reading a million rows for a count would keep everybody waiting.
    bytes: [...files].reduce((sum, sha256) => sum + (statSync(join(room.files.folder, `${sha256}.jsonl`), { throwIfNoEntry: false })?.size ?? 0), 0),
    lacking: lackingWords(ground, { notebook, plan, isThere: (sha256) => room.files.has(sha256) }),
  }
}

type Looked = { notebook: Notebook; plan: EvidencePlan; isThere: (sha256: string) => boolean }

function lackingWords({ store }: Pick<Ground, 'store'>, { notebook, plan, isThere }: Looked): string[] {
  const files = new Set([...plan.whole, ...plan.single.keys()])
  const gone = [...files].filter((sha256) => !isThere(sha256))
  const frozen = plan.frozen.reduce((sum, { frozen: { rows } }) => sum + rows, 0)
  const conflicts = notebook.cells.filter((cell) => cell.conflicts.length > 0).length
  return [
    ...gone.map((sha256) => `The file of evidence ${sha256} is missing or damaged: what rests on it is not proven.`),
    ...clipIds(notebook).filter((id) => store.recording(id)?.isHeld !== true).map((id) => `The recording ${id} is not held: of its clip there is the text alone.`),
    ...(frozen > MOST_PAGED ? [`Of frozen rows past the first ${MOST_PAGED} the whole response bodies are left out; the bytes of each record are in events.jsonl.`] : []),
    ...(conflicts > 0 ? [`In ${conflicts} cells several writings stand beside each other, of which none is chosen yet.`] : []),
  ]
}

/** Without their line ends, so that a file of a million rows is not held twice. */
function* linesOf(bytes: Buffer | null): Generator<string> {
  if (bytes === null) return
  for (let from = 0, to = bytes.indexOf(10); from < bytes.length; from = to + 1, to = bytes.indexOf(10, from)) {
    if (to < 0) to = bytes.length
    yield bytes.toString('utf8', from, to)
  }
}

function pagedKeys(room: NotebookRoom, { citations, whole }: EvidencePlan): Set<string> {
  const keys = new Set(citations.map(({ citation }) => citation.key))
  for (const sha256 of whole) for (const key of room.files.keys(sha256).slice(0, Math.max(0, MOST_PAGED - keys.size))) keys.add(key)
  return keys
}

async function* pages(store: ReadableStore, keys: ReadonlySet<string>): AsyncGenerator<RawPage> {
  const found = new Map<string, { key: string; records: RawPage['records'] }>()
  let at = 0
  for (const key of keys) {
    if (++at % SLICE === 0) await nextTurn()
    const record = store.find(key)
    if (record?.provenance.origin !== 'request') continue
    const { place, fetchedAt, sha256 } = record.provenance
    const page = `${fetchedAt} ${sha256} ${place}`
    const held = found.get(page) ?? { key, records: [] }
    held.records.push({ key, offset: record.offset, length: record.raw.length })
    found.set(page, held)
  }
  for (const { key, records } of found.values()) {
    const page = store.pageOf(key)
    if (page === null) continue
    const { place, fetchedAt, sha256, status, date } = page.provenance
    yield { bytes: page.bytes, place, fetchedAt, receivedSha256: sha256 ?? null, status: status ?? null, date: date ?? null, records }
  }
}

function* recordings(store: ReadableStore, notebook: Notebook): Generator<BundleRecording> {
  for (const { id, sha256 } of heldRecordings(store, notebook)) yield { id, sha256, files: store.recordingFiles(id).files }
}

function heldRecordings(store: ReadableStore, notebook: Notebook): RecordingRow[] {
  return clipIds(notebook).flatMap((id) => store.recording(id) ?? []).filter(({ isHeld }) => isHeld)
}

function clipIds({ cells }: Notebook): string[] {
  return [...new Set(cells.flatMap(({ content }) => (content.kind === 'clip' ? [content.clip.recording] : [])))]
}
