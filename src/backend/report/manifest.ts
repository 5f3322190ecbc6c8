import type { ExportManifest, ExportMask } from '../../contract'
import { formatInstant, type CoverageRange, type Instant, type TimeRange } from '../../domain'
import { overallState } from '../query'
import type { ReadableStore, StoreView } from '../store'

/** What a view of events is, apart from how it is written. */
export type ManifestGround = Pick<ExportManifest, 'table' | 'filter' | 'counts' | 'range' | 'coverage'>

type ViewGround = { query: string; view: StoreView; limit?: number; coverage: readonly CoverageRange[] }

export function timelineGround(store: ReadableStore, { query, view, limit, coverage }: ViewGround): ManifestGround {
  const { weighted } = store.count(view)
  const all = store.length(view)
  const rows = Math.min(all, limit ?? all)
  return {
    table: 'timeline',
    filter: { query, range: view.range && spanText(view.range), order: view.order, ...(limit === undefined ? {} : { limit }) },
    counts: { rows, matching: weighted, held: store.state().held },
    range: extentOf(store, view, rows),
    coverage: coverageFacts(coverage),
  }
}

/** First and last time of the rows written, which may be fewer than match. */
function extentOf(store: ReadableStore, view: StoreView, rows: number): ExportManifest['range'] {
  const [first] = store.page(view, 0, Math.min(rows, 1))
  const [last] = rows > 0 ? store.page(view, rows - 1, 1) : []
  if (!first || !last) return null
  const times = [first.event.time, last.event.time]
  return spanText({ from: Math.min(...times), to: Math.max(...times) + 1 })
}

export function coverageFacts(ranges: readonly CoverageRange[]): ExportManifest['coverage'] {
  const holes = ranges
    .filter(({ state }) => state !== 'complete')
    .map(({ connection, stream, from, to, state }) => ({ connection, stream, ...spanText({ from, to }), state }))
  return { state: ranges.length === 0 ? null : overallState([...ranges]), holes }
}

export function spanText({ from, to }: TimeRange): { from: string; to: string } {
  return { from: instantText(from), to: instantText(to) }
}

/** Bounds that no Date can hold stand for no bound. */
function instantText(at: Instant): string {
  return formatInstant(Math.max(-8.64e15, Math.min(8.64e15, at)))
}

type Written = {
  ground: ManifestGround
  version: string
  format: string
  now: Instant
  /** Rows that there are to write, of which all were written where it is complete. */
  available: number
  files: ExportManifest['files']
  cells?: 'safe' | 'raw'
  continues?: ExportManifest['continues']
  redaction: { masks: Iterable<ExportMask>; salt: string; rows: number; fields: number } | null
}

export function exportManifest({ ground, version, format, now, available, files, cells, continues, redaction }: Written): ExportManifest {
  const [rows] = files
  return {
    schema: 'recount-export/1',
    app: `Recount ${version}`,
    exportedAt: formatInstant(now),
    format,
    ...ground,
    counts: { ...ground.counts, rows: rows?.rows ?? 0 },
    complete: (rows?.rows ?? 0) === available,
    files,
    ...(cells === undefined ? {} : { cells }),
    ...(continues === undefined ? {} : { continues }),
    redaction: redaction && { ...redaction, masks: [...redaction.masks], commitment: 'SHA-256(HMAC-SHA-256(salt, row LF field) || value)' },
  }
}

export function manifestText(manifest: ExportManifest): string {
  return `${JSON.stringify(manifest, null, 2)}\n`
}

/** `recount-timeline-20260206-120000` */
export function exportName(what: string, now: Instant): string {
  return `recount-${what}-${formatInstant(now).slice(0, 19).replaceAll(/[-:]/g, '').replace('T', '-')}`
}

