import { createHash } from 'node:crypto'
import type { CellContent, MarkChange, Marks, Subject, View } from '../../contract'
import { formatInstant, type TimeRange } from '../../domain'

/** Characters of a text that an entry holds whole. */
const MOST_TEXT = 20_000

/** The text; of a longer one its beginning, its length and its hash. */
export function wholeText(text: string): string {
  if (text.length <= MOST_TEXT) return text
  const hash = createHash('sha256').update(text).digest('hex')
  return `${text.slice(0, MOST_TEXT)}… (${text.length} characters in all, SHA-256 ${hash})`
}

export function rangeText(range: TimeRange | null): string {
  return range ? `${formatInstant(range.from)} to ${formatInstant(range.to)}` : 'all times'
}

export function viewText({ query, range }: Pick<View, 'query' | 'range'>): string {
  return `${query.trim() === '' ? 'all records' : query}, ${rangeText(range)}`
}

export function subjectText(subject: Subject): string {
  switch (subject.kind) {
    case 'event':
      return `event ${subject.key}`
    case 'session':
      return `session ${subject.id}`
    case 'moment':
      return `recording ${subject.recording} at ${subject.at} s`
    case 'finding':
      return `finding ${subject.id}`
  }
}

export function marksText({ star, quick, tags }: Pick<Marks, 'star' | 'quick' | 'tags'>): string {
  return [...(star ? ['star'] : []), ...(quick === null ? [] : [quick]), ...tags].join(', ') || 'nothing'
}

export function markChangeText({ star, quick, add = [], remove = [] }: MarkChange): string {
  return [
    ...(star === undefined ? [] : [star ? 'star set' : 'star taken away']),
    ...(quick === undefined ? [] : [quick === null ? 'quick tag taken away' : `marked ${quick}`]),
    ...add.map((tag) => `tag ${tag} added`),
    ...remove.map((tag) => `tag ${tag} taken away`),
  ].join('; ')
}

/** What a cell says, for somebody who reads the log. */
export function cellText(content: CellContent): string {
  switch (content.kind) {
    case 'text':
      return content.text
    case 'query':
    case 'chart':
      return `${content.title}: ${viewText(content.view)}`
    case 'events':
      return `${content.title}: ${content.citations.length} cited: ${content.citations.map(({ key }) => key).join(', ')}`
    case 'clip':
      return `${content.title}: recording ${content.clip.recording}, ${content.clip.from} to ${content.clip.to} s. ${content.note}`
    case 'finding':
      return `${content.claim} (severity ${content.severity}, ${content.citations.length} cited: ${content.citations.map(({ key }) => key).join(', ')})`
    case 'negative':
      return `${content.claim}: ${viewText(content.view)}`
  }
}

/** `name: before → after` of the fields that differ. */
export function changesText(before: Record<string, unknown>, after: Record<string, unknown>): string {
  const names = Object.keys(after).filter((name) => JSON.stringify(before[name]) !== JSON.stringify(after[name]))
  return names.map((name) => `${name}: ${plain(before[name])} → ${plain(after[name])}`).join('; ')
}

function plain(value: unknown): string {
  if (value === null || value === undefined || value === '') return 'none'
  return typeof value === 'string' ? value : JSON.stringify(value)
}
