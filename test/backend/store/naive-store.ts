import type { Appended, IncomingRecord, ReadableStore, StoreView, TextColumn } from '../../../src/backend/store'
import type { TimeRange } from '../../../src/domain'
import { matches, textsOf, type NaiveRow } from './naive-filter'

type Holder = { name: string; kind: string }

/** A store as a list that is looked through for every question. */
export class NaiveStore {
  rows: NaiveRow[] = []
  #arrivals = 0

  append(records: IncomingRecord[], holder: Holder): Appended {
    const before = this.rows.length
    for (const { instance, stream, id, event, raw } of records) {
      const key = `${holder.kind}:${instance}:${stream}:${id}`
      const held = this.rows.find((row) => row.event.key === key)
      if (!held) {
        const row = { event: { ...event, key }, stream, holders: [holder], raw: Buffer.from(raw).toString('latin1'), arrival: this.#arrivals++ }
        this.rows.push(row)
      } else if (!held.holders.some(({ name }) => name === holder.name)) held.holders.push(holder)
    }
    const added = this.rows.slice(before)
    const companions = added.filter((row) => row.event.companion).length
    return { added: added.length, duplicates: records.length - added.length, companions, changed: 0, late: 0 }
  }

  /** A page of a server's list: what is other than before takes the place of what was held. */
  request(records: IncomingRecord[], holder: Holder): Appended {
    const before = this.rows.length
    let changed = 0
    /** How many states before its newest a key has got from this page. */
    const seen = new Map<string, number>()
    for (const record of records) {
      const key = `${holder.kind}:${record.instance}:${record.stream}:${record.id}`
      const raw = Buffer.from(record.raw).toString('latin1')
      const held = this.rows.find((row) => row.event.key === key)
      if (!held) this.append([record], holder)
      else if (held.raw === raw || (seen.has(key) && held.earlier?.includes(raw))) continue
      else if (seen.has(key)) {
        changed++
        held.earlier = (held.earlier ?? []).toSpliced(seen.get(key) ?? 0, 0, raw)
        seen.set(key, (seen.get(key) ?? 0) + 1)
        continue
      }
      else {
        changed++
        const state = { event: { ...record.event, key }, raw, arrival: this.#arrivals++ }
        Object.assign(held, { ...state, earlier: [held.raw, ...(held.earlier ?? [])] })
      }
      seen.set(key, seen.get(key) ?? 0)
    }
    const added = this.rows.slice(before)
    const companions = added.filter((row) => row.event.companion).length
    return { added: added.length, duplicates: records.length - added.length - changed, companions, changed, late: 0 }
  }

  remove(name: string): void {
    for (const row of this.rows) row.holders = row.holders.filter((holder) => holder.name !== name)
    this.rows = this.rows.filter((row) => row.holders.length > 0)
  }

  view({ filter, range, order, companions }: StoreView): NaiveRow[] {
    const found = this.rows.filter((row) => (companions || !row.event.companion) && isIn(range, row.event.time) && matches(filter, row))
    found.sort((a, b) => a.event.time - b.event.time || a.event.sequence - b.event.sequence || a.arrival - b.arrival)
    return order === 'asc' ? found : found.toReversed()
  }
}

function isIn(range: TimeRange | null, time: number): boolean {
  return range === null || (time >= range.from && time < range.to)
}

const sum = (rows: NaiveRow[]) => rows.reduce((total, row) => total + row.event.repeat, 0)

export function countOf(rows: NaiveRow[]) {
  return { rows: rows.length, weighted: sum(rows) }
}

export function extentOf(rows: NaiveRow[]): TimeRange | null {
  if (rows.length === 0) return null
  const times = rows.map((row) => row.event.time)
  return { from: Math.min(...times), to: Math.max(...times) + 1 }
}

export function tallyOf(rows: NaiveRow[], valueOf: (row: NaiveRow) => string | undefined) {
  const byValue = new Map<string | null, NaiveRow[]>()
  for (const row of rows) {
    const value = valueOf(row) ?? null
    byValue.set(value, [...(byValue.get(value) ?? []), row])
  }
  const values = [...byValue].map(([value, held]) => ({ value, rows: held.length, count: sum(held) }))
  values.sort((a, b) => b.count - a.count || (a.value === null ? 1 : b.value === null ? -1 : a.value < b.value ? -1 : 1))
  return { distinct: values.length, values }
}

export function firstText(row: NaiveRow, columns: TextColumn[]): string | undefined {
  return columns.flatMap((column) => textsOf(row, column).slice(0, 1))[0]
}

export function histogramOf(rows: NaiveRow[], { from, step, count }: { from: number; step: number; count: number }) {
  const of = (outcome: string) =>
    Array.from({ length: count }, (_, i) => {
      const bucket = { from: from + i * step, to: from + (i + 1) * step }
      return sum(rows.filter(({ event }) => event.outcome === outcome && isIn(bucket, event.time)))
    })
  return { success: of('success'), failure: of('failure'), unknown: of('unknown') }
}

export function rowAtOf(rows: NaiveRow[], time: number, order: 'asc' | 'desc'): number {
  const at = rows.findIndex(({ event }) => (order === 'asc' ? event.time >= time : event.time <= time))
  return at < 0 ? rows.length : at
}

export function nextFailureOf(rows: NaiveRow[], row: number, direction: 'forward' | 'back'): number | null {
  const step = direction === 'forward' ? 1 : -1
  for (let at = row + step; at >= 0 && at < rows.length; at += step) if (rows[at]?.event.outcome === 'failure') return at
  return null
}

/** What both show of a row. */
export function shown(store: ReadableStore, view: StoreView) {
  const total = store.count(view).rows
  return store.records(view, 0, total).map(({ event, origin, raw }) => ({ event, origin, raw: Buffer.from(raw).toString('latin1') }))
}

export function shownOf(rows: NaiveRow[]) {
  return rows.map(({ event, stream, holders: [holder], raw }) => ({
    event,
    origin: { connection: holder?.name, kind: holder?.kind, stream },
    raw,
  }))
}
