import { randomUUID } from 'node:crypto'
import { BackendFault, type Methods, type ReportAsked, type ReportFormat } from '../../../contract'
import { formatInstant } from '../../../domain'
import { columnsOn, zoneClock, type Cell, type Column } from '../document'
import { cellWords } from './preview-words'
import { gatherReport } from './gather'
import type { ReportGround } from './ground'
import { reportHead } from './head'
import { makeReport, stale, type Making } from './make-report'
import { headObject } from './report-lines'

/** Characters of one piece that a page reads, if a single row is not longer. */
const PIECE = 512 * 1024
/** Rows of each table in a preview. */
const SHOWN = 12

type Print = (html: Iterable<string>) => Promise<Uint8Array>
type Step = Methods['report.read']['step']

/** What is under way for one reader. */
type Open = {
  format: ReportFormat
  isStale: boolean
  step: Step
  done: number
  total: number
  /** Set once it is made. */
  pieces: Iterator<string> | null
  head: string
  bytes: Uint8Array | null
  problem: unknown
}

export type Made = { head: object; pieces: Iterable<string> }
export type Make = (making: Making) => Promise<Made>

/** Reports that a page looks at, or reads piece by piece. */
export class ReportDesk {
  readonly #ground: ReportGround
  readonly #print: Print
  readonly #open = new Map<string, Open>()

  constructor(ground: ReportGround, print: Print) {
    this.#ground = ground
    this.#print = print
    ground.store.onChange((tables) => {
      if (tables.includes('event')) for (const held of this.#open.values()) held.isStale = true
    })
  }

  async preview(asked: ReportAsked): Promise<Methods['report.preview']> {
    const clock = zoneClock(asked.zone)
    const gathered = await gatherReport(this.#ground, asked)
    const { main, sections, facts } = gathered
    const head = reportHead(this.#ground, asked, { gathered, root: null, chosen: null })
    const tables = [shownTable(main, main.rows(null)), ...sections.map(({ table }) => shownTable(table, table.rows()))]
    return { head, facts: facts.map(({ label, value }) => ({ label, value: cellWords(value, clock) })), tables: head.hidden === null ? tables : [] }
  }

  begin(asked: ReportAsked & { format: ReportFormat }): Methods['report.begin'] {
    zoneClock(asked.zone)
    const make: Make = async (making) => {
      const { head, pieces } = await makeReport(this.#ground, asked, making)
      return { head: headObject(head), pieces }
    }
    return this.beginMade({ what: asked.kind, format: asked.format, make })
  }

  /** Begins anything that is made like a report. */
  beginMade({ what, format, make }: { what: string; format: ReportFormat; make: Make }): Methods['report.begin'] {
    const id = randomUUID()
    const open: Open = { format, isStale: false, step: 'reading', done: 0, total: 0, pieces: null, head: '', bytes: null, problem: null }
    this.#open.set(id, open)
    void this.#make(open, make).catch((problem: unknown) => (open.problem = problem))
    const stamp = formatInstant(this.#ground.now()).slice(0, 19).replaceAll(/[-:]/g, '').replace('T', '-')
    const name = `recount-${what}-${stamp}`
    return { id, name: `${name}.${format}`, beside: format === 'csv' ? `${name}.head.json` : null }
  }

  /** Waits a moment for what is not ready, so that a page may ask at once again. */
  async read(id: string, part: 'report' | 'head'): Promise<Methods['report.read']> {
    const open = this.#open.get(id)
    if (!open) throw new BackendFault({ code: 'not-found', message: 'The report is not open any more.' })
    if (!open.pieces && !open.bytes && open.problem === null) await new Promise((resolve) => setTimeout(resolve, WAIT))
    if (open.problem !== null) {
      this.#open.delete(id)
      throw open.problem
    }
    const { step, done, total } = open
    if (part === 'head') return { bytes: new Uint8Array(Buffer.from(open.head)), step, done, total, isDone: open.head !== '' }
    if (open.bytes) return { bytes: open.bytes, step, done, total, isDone: true }
    if (!open.pieces) return { bytes: new Uint8Array(), step, done, total, isDone: false }
    if (open.isStale) {
      this.#open.delete(id)
      throw stale()
    }
    return this.#pieceOf(open, open.pieces)
  }

  end(id: string): void {
    const open = this.#open.get(id)
    // What is still being made stops at its next look.
    if (open) open.isStale = true
    this.#open.delete(id)
  }

  async #make(open: Open, make: Make): Promise<void> {
    const onStep = (done: number, total: number) => Object.assign(open, { step: 'hashing', done, total })
    const { head, pieces } = await make({ isStale: () => open.isStale, onStep })
    open.head = `${JSON.stringify(head, null, 2)}\n`
    open.step = 'writing'
    if (open.format !== 'pdf') {
      open.pieces = pieces[Symbol.iterator]()
      return
    }
    open.step = 'printing'
    const bytes = await this.#print(pieces)
    if (open.isStale) throw stale()
    open.bytes = bytes
  }

  #pieceOf(open: Open, pieces: Iterator<string>): Methods['report.read'] {
    const texts: string[] = []
    let isDone = false
    for (let size = 0; size < PIECE && !isDone; ) {
      const next = pieces.next()
      isDone = next.done === true
      if (next.done) break
      texts.push(next.value)
      size += next.value.length
    }
    const { step, done, total } = open
    return { bytes: new Uint8Array(Buffer.from(texts.join(''))), step, done, total, isDone }
  }
}

/** Milliseconds. */
const WAIT = 100

function* taken<T>(items: Iterable<T>, most: number): Generator<T> {
  let n = 0
  for (const item of items) {
    if (n++ >= most) return
    yield item
  }
}

type Shown = { name: string; title: string; columns: readonly Column[]; total: number; none: string }

/** The first rows, as a page shows them. */
function shownTable({ name, title, columns, total, none }: Shown, rows: Iterable<readonly Cell[]>): Methods['report.preview']['tables'][number] {
  const shown = columnsOn(columns, 'page')
  return {
    name,
    title,
    columns: shown.map(({ column: { name: own, label, kind } }) => ({ name: own, label, kind })),
    total,
    rows: [...taken(rows, SHOWN)].map((row) => shown.map(({ at }) => row[at] ?? null)),
    none,
  }
}
