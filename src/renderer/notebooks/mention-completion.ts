import type { Completion, CompletionContext, CompletionResult, CompletionSource } from '@codemirror/autocomplete'
import type { Backend, RecordingRow, SessionRow, TimelineRow } from '../../contract'
import { shownText, type TimeRange } from '../../domain'
import { parseQuery } from '../../language'
import { markdownLink, type RecountLink, type ZoneClock } from '../shared'

/** How many of each kind are offered. */
const MOST = 8
const MOST_TYPED = 200

type Mentions = { backend: Pick<Backend, 'call'>; range: () => TimeRange | null; zone: () => ZoneClock }

/** After `@`: events by the words of a query, sessions and recordings by theirs; what is chosen becomes a link. */
export function mentionCompletion({ backend, range, zone }: Mentions): CompletionSource {
  return async (context) => {
    const typed = typedMention(context)
    if (!typed) return null
    const { from, words } = typed
    const found = await Promise.all([events(backend, words, range()), sessions(backend, words), recordings(backend, words)])
    if (context.aborted) return null
    const [rows, runs, tapes] = found
    const options = [
      ...rows.map((row) => eventOption(row, zone())),
      ...runs.map((row) => sessionOption(row, zone())),
      ...tapes.map((row) => recordingOption(row, zone())),
    ]
    return { from, to: context.pos, options, filter: false } satisfies CompletionResult
  }
}

/** `@` at the beginning of a word and what follows it on the line; an e-mail address is none. */
function typedMention(context: CompletionContext): { from: number; words: string } | null {
  const before = context.matchBefore(/(?:^|[\s([{])@[^@\n]{0,200}$/)
  if (!before) return null
  const at = before.text.indexOf('@')
  return { from: before.from + at, words: before.text.slice(at + 1, at + 1 + MOST_TYPED).trim() }
}

async function events(backend: Pick<Backend, 'call'>, words: string, range: TimeRange | null): Promise<TimelineRow[]> {
  const query = words !== '' && 'errors' in parseQuery(words) ? JSON.stringify(words) : words
  try {
    return (await backend.call('timeline.rows', { view: { query, range, order: 'desc' }, at: 0, count: MOST })).value.rows
  } catch {
    // Offers are a help; what cannot be had is left out.
    return []
  }
}

async function sessions(backend: Pick<Backend, 'call'>, text: string): Promise<SessionRow[]> {
  try {
    const filter = { mine: false, user: null, machine: null, range: null, recorded: false }
    return (await backend.call('session.list', { ...filter, text, at: 0, count: 4 })).value.rows
  } catch {
    return []
  }
}

async function recordings(backend: Pick<Backend, 'call'>, words: string): Promise<RecordingRow[]> {
  if (words === '') return []
  try {
    const wanted = words.toLowerCase()
    const { value } = await backend.call('recording.list', {})
    return value.filter((row) => recordingWords(row).toLowerCase().includes(wanted)).slice(0, 4)
  } catch {
    return []
  }
}

function eventOption(row: TimelineRow, zone: ZoneClock): Completion {
  const words = eventWords(row)
  return option(`${zone.format(row.time, 's')} ${words}`, { link: { to: 'event', key: row.key }, words, kind: 'event' })
}

/** What a link to an event says. */
export function eventWords({ user, lead, place }: TimelineRow): string {
  return shownText([user, lead, place === null || lead.includes(place) ? null : `on ${place}`].filter((part) => part !== null && part !== '').join(' '))
}

function sessionOption({ id, user, machine, from }: SessionRow, zone: ZoneClock): Completion {
  const words = shownText(`session of ${user ?? 'unknown'}${machine === null ? '' : ` on ${machine}`}`)
  return option(`${from === null ? '' : `${zone.format(from, 's')} `}${words}`, { link: { to: 'session', id }, words, kind: 'session' })
}

function recordingOption(row: RecordingRow, zone: ZoneClock): Completion {
  const words = shownText(`recording ${recordingWords(row)}`)
  return option(`${row.start === null ? '' : `${zone.format(row.start, 's')} `}${words}`, { link: { to: 'recording', id: row.id, at: null }, words, kind: 'recording' })
}

function recordingWords({ title, user, machine, session, id }: RecordingRow): string {
  const words = [title, user, machine, session].filter((part) => part !== null).join(' · ')
  return words === '' ? id : words
}

type Offer = { link: RecountLink; words: string; kind: string }

function option(label: string, { link, words, kind }: Offer): Completion {
  return { label: label.slice(0, 160), detail: kind, apply: `${markdownLink(words.slice(0, 120), link)} ` }
}
