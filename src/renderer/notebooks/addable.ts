import type { Backend, CellContent, View } from '../../contract'
import type { Instant } from '../../domain'
import { markdownLink, plainInMarkdown } from '../shared'

/** What can be put into a notebook from where a person stands. What is absent is not offered. */
export type Addable = {
  /** What it is, as the dialog and the note after it say. */
  words: string
  /** Events to cite; `time` is when the first happened. */
  events?: { keys: readonly string[]; time: Instant | null }
  view?: View
  /** A stretch of a recording, in seconds since its start. */
  clip?: { recording: string; from: number; to: number }
  session?: { id: string; words: string }
}

export const ADD_KINDS = ['events', 'finding', 'query', 'chart', 'clip', 'session'] as const
export type AddKind = (typeof ADD_KINDS)[number]

export const ADD_WORDS: Record<AddKind, string> = { events: 'Event', finding: 'Finding', query: 'Query', chart: 'Chart', clip: 'Clip', session: 'Session' }

/** As what it can be added, the likeliest first. */
export function addKinds({ events, view, clip, session }: Addable): AddKind[] {
  const has = { events: events !== undefined, finding: events !== undefined, query: view !== undefined, chart: view !== undefined, clip: clip !== undefined, session: session !== undefined }
  const order: readonly AddKind[] = clip ? ['clip', ...ADD_KINDS] : session ? ['session', ...ADD_KINDS] : ADD_KINDS
  return [...new Set(order)].filter((kind) => has[kind])
}

const ALL_EVENTS: View = { query: '', range: null, order: 'desc' }

type Wish = { kind: AddKind; /** Claim or title; empty where none was typed. */ words: string; now: Instant }

/** The cell that it becomes; what it cites is copied into the evidence first. */
export async function contentOf(what: Addable, { kind, words, now }: Wish, { call }: Pick<Backend, 'call'>): Promise<CellContent> {
  const cited = async () => (await call('notebook.cite', { keys: [...(what.events?.keys ?? [])] })).value
  switch (kind) {
    case 'events':
      return { kind, title: words, citations: await cited() }
    case 'finding':
      return { kind, claim: words, severity: 'medium', eventTime: what.events?.time ?? null, discoveredAt: now, citations: await cited() }
    case 'query':
      return { kind, title: words, view: what.view ?? ALL_EVENTS, frozen: null }
    case 'chart':
      return { kind, title: words, view: what.view ?? ALL_EVENTS, by: null, frozen: null }
    case 'clip': {
      const { recording: id, from, to } = what.clip ?? { recording: '', from: 0, to: 0 }
      const { clip } = (await call('recording.clip', { id, from, to })).value
      return { kind, title: words, clip, note: '' }
    }
    case 'session': {
      const { id, words: name } = what.session ?? { id: '', words: 'session' }
      const line = markdownLink(name, { to: 'session', id })
      return { kind: 'text', text: words === '' ? line : `${plainInMarkdown(words)}: ${line}` }
    }
  }
}
