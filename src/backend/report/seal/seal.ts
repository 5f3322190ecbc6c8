import { createHash, randomBytes } from 'node:crypto'
import { setTimeout } from 'node:timers/promises'
import { SEAL_PROVES, type SealedBundle } from '../../../contract'
import { formatInstant } from '../../../domain'
import { canonicalJson } from '../../evidence'
import { checkCustodyLines } from '../../notebook'
import { CannotPrint, type Ports } from '../../ports'
import { BAGIT, BagWriter, HOW_TO_VERIFY, isPayload, MANIFEST, PUBLIC_KEY, ROOT, safeName, SIGNATURE, TAG_MANIFEST, TIME_REQUEST, TIME_TOKEN, type Pieces } from './bag'
import type { Stamper, Stamping } from './ask-authority'
import type { BundleContent } from './content'
import { EventIndex } from './event-index'
import { eventLines, evidencePlan, type EvidencePlan, sameLines } from './event-lines'
import { CITATIONS_HEAD, citationLines, EVENTS_HEAD, eventCsvLine, FINDINGS_HEAD, findingLines } from './exports'
import { howToVerify } from './how-to-verify'
import { type SealKey, signBytes } from './key'
import { proofsJson } from './proofs'
import { KeptRows, reportContent, reportMarkdown, reportPage, reportPrint } from './report-page'
import type { BundleSink } from './sink'
import { timeStampRequest } from './time-stamp'

export type SealStep = { step: 'events' | 'raw' | 'recordings' | 'report' | 'seal' | 'stamp'; done: number; total: number }

export type SealResult = {
  /** Hex SHA-256 of seal/root.json, and its first 16 digits in fours, to be told to others. */
  root: string
  shortRoot: string
  events: { size: number; root: string }
  custody: { entries: number; head: string }
  files: number
  bytes: number
  /** Of the public key. */
  key: string
  keptIn: SealKey['keptIn']
  stamp: SealedBundle['stamp']
}

type Print = Ports['pdf']['print']

/** Who signs, who is asked for a time stamp, and what prints; without the last there is no `report.pdf`. */
export type Signer = { key: SealKey; stamper?: Stamper; print?: Print }

/** Lines between two steps: in between, others get their turn. */
const STEP = 500

/** What is known while a bundle is written. */
type Sealing = { content: BundleContent; bag: BagWriter; plan: EvidencePlan; index: EventIndex; rows: KeptRows; total: number }

/** Writes the bundle, step by step: whoever asks for the next step lets it go on. */
export async function* sealing(content: BundleContent, sink: BundleSink, signer: Signer): AsyncGenerator<SealStep, SealResult> {
  const bag = new BagWriter(sink)
  const plan = evidencePlan(content.notebook)
  const frozen = plan.frozen.reduce((sum, { frozen: { rows } }) => sum + rows, 0)
  const sealed: Sealing = { content, bag, plan, index: new EventIndex(plan), rows: new KeptRows(plan), total: frozen + plan.citations.length }
  yield { step: 'events', done: 0, total: sealed.total }
  yield* writeEvents(sealed)
  yield* writeRaw(sealed)
  yield* writeRecordings(sealed)
  yield { step: 'report', done: 0, total: 1 }
  const custody = await writeCustody(sealed)
  const printed = signer.print ? { ...sealed, content: yield* writePrint(sealed, signer.print) } : sealed
  await writeReport(printed, { ...signer, custody })
  yield { step: 'seal', done: 0, total: 1 }
  return yield* writeSeal(printed, { ...signer, custody })
}

/** Writes all of it; the same as going through `sealing`. */
export async function sealBundle(content: BundleContent, sink: BundleSink, signer: Signer): Promise<SealResult> {
  try {
    const steps = sealing(content, sink, signer)
    for (;;) {
      const { done, value } = await steps.next()
      if (done) return value
    }
  } catch (error) {
    sink.abandon()
    throw error
  }
}

async function* writeEvents({ content, bag, plan, index, rows, total }: Sealing): AsyncGenerator<SealStep, void> {
  // The lines go through files that are written one after the other, so the leaves are kept and the lines read again.
  const progress = new Turns()
  async function* lines(): Pieces {
    for await (const event of eventLines(content, plan)) {
      rows.see(event, index.size)
      index.add(event)
      yield `${event.line}\n`
      if (progress.next()) await progress.pause()
    }
  }
  yield* during(bag.add('data/events.jsonl', lines()), progress, () => ({ step: 'events', done: Math.round(index.size / 2), total }))
  let at = 0
  async function* table(): Pieces {
    yield EVENTS_HEAD
    for await (const line of sameLines(content, index.files)) {
      at++
      yield eventCsvLine(line)
      if (progress.next()) await progress.pause()
    }
  }
  yield* during(bag.add('data/exports/events.csv', table()), progress, () => ({ step: 'events', done: Math.round((index.size + at) / 2), total }))
  await bag.add('data/leaves.txt', index.leafLines())
  await bag.add('data/proofs.json', proofsJson(index, plan))
  await bag.add('data/exports/citations.csv', [CITATIONS_HEAD, ...citationLines(plan, index)])
  await bag.add('data/exports/findings.csv', [FINDINGS_HEAD, ...findingLines(content.notebook)])
}

async function* writeRaw({ content, bag }: Sealing): AsyncGenerator<SealStep, void> {
  const list: object[] = []
  for await (const { bytes, fetchedAt, ...facts } of content.pages) {
    const sha256 = createHash('sha256').update(bytes).digest('hex')
    const file = `data/raw/${sha256}.body`
    if (!bag.hashes.has(file)) await bag.add(file, bytes)
    list.push({ file: file.slice('data/'.length), sha256, fetchedAt: formatInstant(fetchedAt), ...facts })
    yield { step: 'raw', done: list.length, total: 0 }
  }
  await bag.add('data/raw/index.jsonl', list.map((one) => `${JSON.stringify(one)}\n`))
}

async function* writeRecordings({ content, bag }: Sealing): AsyncGenerator<SealStep, void> {
  const list: object[] = []
  for await (const { id, sha256, files } of content.recordings) {
    const held: object[] = []
    for (const { name, bytes } of files) {
      // Names may be alike once they are safe.
      const place = files.length === 1 ? '' : `-${held.length + 1}`
      const path = `data/recordings/${String(list.length + 1).padStart(3, '0')}${place}-${safeName(name)}`
      held.push({ file: path.slice('data/'.length), name, sha256: await bag.add(path, bytes) })
    }
    list.push({ id, sha256, files: held })
    yield { step: 'recordings', done: list.length, total: 0 }
  }
  await bag.add('data/recordings/index.json', `${JSON.stringify(list, null, 1)}\n`)
}

async function writeCustody({ content, bag }: Sealing): Promise<Chain> {
  await bag.add('data/custody.jsonl', content.custody)
  const { entries, head } = checkCustodyLines(content.custody)
  return { entries, head }
}

/** Gives the content again, with what could not be printed among what is lacking. */
async function* writePrint({ content, bag }: Sealing, print: Print): AsyncGenerator<SealStep, BundleContent> {
  const pdf = yield* waiting(
    print(reportPrint(content)).catch((error: unknown) => {
      if (error instanceof CannotPrint) return error
      throw error
    }),
    'report',
  )
  if (pdf instanceof CannotPrint) return { ...content, lacking: [...content.lacking, `report.pdf is left out. ${pdf.message}`] }
  await bag.add('data/report.pdf', pdf)
  return content
}

/** What the custody log is when it is sealed. */
export type Chain = { entries: number; head: string }

type Signing = Signer & { custody: Chain }

async function writeReport({ content, bag, plan, index, rows }: Sealing, { key, custody }: Signing): Promise<void> {
  const { head, notebook, ledger, lacking } = content
  await bag.add('data/notebook.md', reportMarkdown(content))
  await bag.add('data/ledger.json', `${JSON.stringify(ledger, null, 1)}\n`)
  await bag.add('data/case.json', `${JSON.stringify({ format: 'recount-case-1', head: { ...head, sealedAt: formatInstant(head.sealedAt) }, notebook, lacking, proves: SEAL_PROVES }, null, 1)}\n`)
  const text = reportContent(content, { plan, index, rows, custody, key })
  const signature = signBytes(key, Buffer.from(text))
  await bag.add('data/content.json', text)
  await bag.add('data/content.sig', signature)
  await bag.add('data/report.html', reportPage(text, { signature, key }))
}

async function* writeSeal({ content, bag, index }: Sealing, { key, custody, stamper }: Signing): AsyncGenerator<SealStep, SealResult> {
  const { head, notebook } = content
  const payload = [...bag.hashes.keys()].filter(isPayload).length
  const events = { size: index.size, root: index.tree().root().toString('hex') }
  await bag.add('bagit.txt', BAGIT)
  await bag.add('bag-info.txt', bagInfo(content, { bytes: bag.payloadBytes, files: payload }))
  await bag.add(PUBLIC_KEY, key.publicPem)
  await bag.add(HOW_TO_VERIFY, howToVerify(content))
  const manifest = await bag.add(MANIFEST, bag.manifest(isPayload))
  const tags = Object.fromEntries(['bagit.txt', 'bag-info.txt', HOW_TO_VERIFY, PUBLIC_KEY].map((path) => [path, bag.hashes.get(path)]))
  const root = Buffer.from(
    `${canonicalJson({ format: 'recount-seal-1', manifest, tags, events, custody, files: payload, notebook: { id: notebook.id, title: notebook.title, revision: notebook.revision, tlp: notebook.tlp }, sealedAt: formatInstant(head.sealedAt), sealedBy: head.sealedBy, version: head.version, key: key.fingerprint })}\n`,
  )
  const rootHash = await bag.add(ROOT, root)
  await bag.add(SIGNATURE, signBytes(key, root))
  const request = timeStampRequest(Buffer.from(rootHash, 'hex'), randomBytes(8))
  await bag.add(TIME_REQUEST, request)
  const stamping = stamper ? yield* waiting(stamper.stamp({ root, request }), 'stamp') : null
  if (stamping?.token) await bag.add(TIME_TOKEN, stamping.token)
  await bag.add(TAG_MANIFEST, bag.manifest((path) => !isPayload(path)))
  await bag.close()
  return { root: rootHash, shortRoot: shortHash(rootHash), events, custody, files: bag.hashes.size, bytes: bag.payloadBytes, key: key.fingerprint, keptIn: key.keptIn, stamp: stampOf(stamping) }
}

/** Milliseconds between two steps while others are waited for. */
const WAIT = 100

async function* waiting<T extends object>(work: Promise<T>, step: SealStep['step']): AsyncGenerator<SealStep, T> {
  // What goes wrong is told by the race that waits for it.
  work.catch(() => {})
  for (;;) {
    const wait = new AbortController()
    const done = await Promise.race([work, setTimeout(WAIT, null, { signal: wait.signal }).catch(() => null)])
    wait.abort()
    if (done) return done
    yield { step, done: 0, total: 0 }
  }
}

function stampOf(stamping: Stamping | null): SealResult['stamp'] {
  if (stamping === null) return null
  return stamping.token ? stamping.stamp : { problem: stamping.problem }
}

/** As it is read to somebody. */
export function shortHash(hash: string): string {
  return hash.slice(0, 16).replaceAll(/.{4}(?=.)/g, '$& ')
}

function bagInfo({ head, notebook }: BundleContent, { bytes, files }: { bytes: number; files: number }): string {
  const line = (label: string, value: string) => `${label}: ${value.replaceAll(/\s+/g, ' ').trim()}\n`
  return [
    line('Bagging-Date', formatInstant(head.sealedAt).slice(0, 10)),
    line('External-Description', `Notebook of an investigation: ${notebook.title}`),
    line('External-Identifier', notebook.id),
    line('Payload-Oxum', `${bytes}.${files}`),
    line('Bag-Software-Agent', `Recount ${head.version}`),
    line('Contact-Name', head.sealedBy),
    line('Recount-TLP', notebook.tlp),
  ].join('')
}

/** Lets whoever drives have a turn now and then while a file is written. */
class Turns {
  #lines = 0
  #wake: (() => void) | null = null
  #asked: ((isDone: boolean) => void) | null = null

  next(): boolean {
    return ++this.#lines % STEP === 0
  }

  /** Waits until the next turn is asked for. */
  pause(): Promise<void> {
    return new Promise((resolve) => {
      this.#wake = resolve
      this.#asked?.(false)
      this.#asked = null
    })
  }

  /** True when `work` ended, false when it stands at a pause. */
  turn(work: Promise<unknown>): Promise<boolean> {
    return new Promise((resolve, reject) => {
      this.#asked = resolve
      work.then(() => resolve(true), reject)
      this.#wake?.()
      this.#wake = null
    })
  }
}

async function* during(work: Promise<unknown>, turns: Turns, step: () => SealStep): AsyncGenerator<SealStep, void> {
  // What goes wrong is told by the turn that waits for it.
  work.catch(() => {})
  while (!(await turns.turn(work))) yield step()
}
