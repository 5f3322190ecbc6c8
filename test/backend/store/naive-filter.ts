import { TEXT_COLUMNS, type Filter, type KeyFilter, type NumberColumn, type TextColumn, type TextMatch } from '../../../src/backend/store'
import type { AuditEvent } from '../../../src/domain'

// What the words of a filter mean, written down as plainly as can be: the store must agree with it.

export type NaiveRow = { event: AuditEvent; stream: string; holders: { name: string; kind: string }[]; raw: string; arrival: number; earlier?: string[]; wrote?: Wrote }

/** What people wrote about a record. */
export type Wrote = { of: readonly string[]; tags: readonly string[] }

export function matches(filter: Filter, row: NaiveRow): boolean {
  switch (filter.kind) {
    case 'all':
      return true
    case 'and':
      return filter.parts.every((part) => matches(part, row))
    case 'or':
      return filter.parts.some((part) => matches(part, row))
    case 'not':
      return !matches(filter.part, row)
    case 'text':
      return filter.columns.some((column) => textsOf(row, column).some((text) => isMatch(filter.match, text)))
    case 'number': {
      const value = numberOf(row.event, filter.column)
      return value !== undefined && compare(value, filter.comparison, filter.value)
    }
    case 'attribute':
      return Object.entries(row.event.attributes).some(([name, text]) => name.toLowerCase() === filter.name.toLowerCase() && isMatch(filter.match, text))
    case 'anyText':
      return shownTexts(row).some((text) => isMatch(filter.match, text))
    case 'time':
      return row.event.time >= filter.from && row.event.time < filter.to
    case 'companion':
      return row.event.companion === true
    case 'drift':
      return hasDrift(filter.what, row)
    case 'recorded':
      return false
    default:
      return isWritten(filter, row.wrote)
  }
}

function isWritten(filter: KeyFilter, wrote: Wrote = { of: [], tags: [] }): boolean {
  return filter.kind === 'keys' ? wrote.of.includes(filter.of) : wrote.tags.some((tag) => isMatch(filter.match, tag))
}

function hasDrift(what: string, { earlier = [] }: NaiveRow): boolean {
  return what === 'changed' && earlier.length > 0
}

const NOT_SHOWN: TextColumn[] = ['category', 'outcome', 'outcomeBasis', 'severity', 'severityBasis', 'actorKind', 'output', 'connection', 'source', 'stream']

function shownTexts(row: NaiveRow): string[] {
  const columns = TEXT_COLUMNS.filter((column) => !NOT_SHOWN.includes(column))
  const changes = (row.event.changes ?? []).flatMap((change) => Object.values(change))
  return [...columns.flatMap((column) => textsOf(row, column)), ...Object.values(row.event.attributes), ...changes]
}

/** The value of a column; of several only where several connections hold the record. */
export function textsOf(row: NaiveRow, column: TextColumn): string[] {
  if (column === 'connection') return row.holders.map(({ name }) => name)
  if (column === 'source') return row.holders.map(({ kind }) => kind)
  if (column === 'stream') return [row.stream]
  const grouped = /^(actor|target|machine|file)([A-Z].*)$/.exec(column)
  const [, group = '', field = ''] = grouped ?? []
  const of: unknown = grouped ? row.event[group as 'actor'] : row.event
  const value = (of as Record<string, unknown> | undefined)?.[grouped ? field.toLowerCase() : column]
  return typeof value === 'string' ? [value] : []
}

export function numberOf(event: AuditEvent, column: NumberColumn): number | undefined {
  return column === 'fileSize' ? event.file?.size : event[column]
}

function compare(a: number, comparison: string, b: number): boolean {
  if (a === b) return ['=', '<=', '>='].includes(comparison)
  return comparison.startsWith(a < b ? '<' : '>')
}

function isMatch(match: TextMatch, text: string): boolean {
  switch (match.op) {
    case 'equals':
      return text.toLowerCase() === match.value.toLowerCase()
    case 'contains':
      return text.toLowerCase().includes(match.value.toLowerCase())
    case 'wildcard': {
      const escaped = match.pattern.toLowerCase().replaceAll(/[.+^${}()|[\]\\/-]/g, String.raw`\$&`)
      const source = escaped.replaceAll('*', String.raw`[\s\S]*`).replaceAll('?', String.raw`[\s\S]`)
      return new RegExp(`^${source.replaceAll(String.raw`\-`, '-')}$`, 'u').test(text.toLowerCase())
    }
    case 'regex':
      return new RegExp(match.pattern.source, match.pattern.flags).test(text)
    case 'cidr': {
      const [network = '', prefix = ''] = match.block.split('/')
      const [block, address] = [bitsOf(network), bitsOf(text)]
      return block !== null && address?.length === block.length && address.startsWith(block.slice(0, Number(prefix)))
    }
  }
}

/** An address as its bits; null when it is none. Knows no IPv6 forms with dots in them. */
function bitsOf(address: string): string | null {
  if (/^\d+\.\d+\.\d+\.\d+$/.test(address)) {
    const bytes = address.split('.').map(Number)
    return bytes.every((byte) => byte < 256) ? bytes.map((byte) => byte.toString(2).padStart(8, '0')).join('') : null
  }
  if (!/^[\da-f:]+$/i.test(address) || !address.includes(':')) return null
  const [head = '', tail] = address.split('::')
  const [before, after] = [head, tail ?? ''].map((part) => part.split(':').filter(Boolean))
  const missing = tail === undefined ? 0 : 8 - (before?.length ?? 0) - (after?.length ?? 0)
  const groups = [...(before ?? []), ...Array.from({ length: missing }, () => '0'), ...(after ?? [])]
  return groups.map((group) => Number.parseInt(group, 16).toString(2).padStart(16, '0')).join('')
}
