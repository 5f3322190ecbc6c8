import { randomBytes, randomUUID } from 'node:crypto'
import { version } from '../../package.json'
import { commitmentLines, exportLines, exportManifest, FileSum, keepSalt, manifestText, Redactor, timelineGround, type Lines, type LineOptions, type RowMoments } from '../backend/report'
import type { ExportFormat, ExportManifest } from '../contract'
import type { Instant } from '../domain'
import type { Asked } from './asked'
import { coverageOver } from './coverage'
import type { ExportOptions } from './export-options'

export type RunOptions = Pick<ExportOptions, 'raw' | 'masks'> & { format: ExportFormat; limit?: number; name: string; continues?: { manifest: string; since: Instant; last: Instant } }

/** One export of the command line: its lines, what proves masked rows, and its manifest, in that order. */
export class ExportRun {
  readonly #asked: Asked
  readonly #options: RunOptions
  readonly #id = randomUUID()
  readonly #now: Instant
  readonly #redactor: Redactor | null
  readonly #sums: FileSum[]
  #seen = { repeated: 0, from: Number.POSITIVE_INFINITY, to: Number.NEGATIVE_INFINITY }

  constructor(asked: Asked, options: RunOptions) {
    const { line } = asked
    this.#asked = asked
    this.#options = options
    this.#now = line.io.now()
    this.#sums = [new FileSum(options.name)]
    this.#redactor = null
    if (options.masks.length === 0) return
    const salt = randomBytes(32)
    keepSalt(line.workspace, { id: this.#id, name: options.name, at: this.#now, masks: options.masks, salt })
    this.#redactor = new Redactor(options.masks, salt)
  }

  /** What stands in the file so far, told piece by piece; `written` is to be told of each as its bytes are. */
  lines(): Generator<Lines> {
    const { store, view } = this.#asked
    const { format, raw, limit, continues } = this.#options
    const options: LineOptions = { format, raw, version, onRow: (row) => this.#see(row) }
    if (limit !== undefined) options.limit = limit
    if (continues) options.since = continues.since
    if (this.#redactor) options.redactor = this.#redactor
    return exportLines(store, view, options)
  }

  written(bytes: Uint8Array, rows: number): void {
    this.#sums.at(-1)?.add(bytes, rows)
  }

  /** Null where nothing is masked. Whatever is written after this belongs to that file. */
  commitments(name: string): Generator<Lines> | null {
    if (!this.#redactor) return null
    this.#sums.push(new FileSum(name))
    const { limit, continues } = this.#options
    const choice = { ...(limit === undefined ? {} : { limit }), ...(continues ? { since: continues.since } : {}) }
    return commitmentLines(this.#asked.store, this.#asked.view, { redactor: this.#redactor, ...choice })
  }

  manifest(): string {
    const { line, store, view, span } = this.#asked
    const { format, raw, masks, limit, continues } = this.#options
    const rows = this.#sums[0]?.rows ?? 0
    const coverage = coverageOver(store, span, line.io.now())
    const ground = timelineGround(store, { query: line.words[0] ?? '', view, coverage, ...(limit === undefined ? {} : { limit }) })
    const { from, to } = this.#seen
    const range = from > to ? null : { from: new Date(from).toISOString(), to: new Date(to + 1).toISOString() }
    const redaction = this.#redactor ? { masks, salt: this.#id, rows, fields: this.#redactor.fields } : null
    const written: Parameters<typeof exportManifest>[0] = {
      ground: { ...ground, range },
      version,
      format,
      now: this.#now,
      available: continues ? rows : store.length(view),
      files: this.#sums.map((sum) => sum.sum()),
      redaction,
    }
    if (format === 'csv') written.cells = raw ? 'raw' : 'safe'
    if (continues) written.continues = this.#continued(continues)
    return manifestText(exportManifest(written))
  }

  #continued({ manifest, since }: { manifest: string; since: Instant }): ExportManifest['continues'] {
    return { manifest, since: new Date(since).toISOString(), repeated: this.#seen.repeated }
  }

  #see({ time, arrived }: RowMoments): void {
    const { continues } = this.#options
    if (continues && arrived() <= continues.last) this.#seen.repeated++
    if (time < this.#seen.from) this.#seen.from = time
    if (time > this.#seen.to) this.#seen.to = time
  }
}
