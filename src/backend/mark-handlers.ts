import { setImmediate as nextTurn } from 'node:timers/promises'
import type { Ask, MarkedSubject, RecordingRow, SessionRow, Subject, SubjectMarks } from '../contract'
import { sentence } from '../domain'
import type { DetectionContext } from './detection-handlers'
import { on, type Handlers } from './handler'
import { eventsOf, shaOf, split } from './notebook'
import { lookedUp, nextMark, storeView, viewLookedUp, type Sessions } from './query'

const MARKED = { kind: 'keys', of: 'marked' } as const
/** Subjects that are put into words in one turn. */
const SLICE = 200
/** Subjects, newest first, whose own words are searched beside their tags and comments. */
const MOST_WORDS = 20_000

export function markHandlers(context: DetectionContext, sessions: Sessions) {
  const { store, notebook } = context
  const sets = notebook.keySets()
  return {
    'mark.set': on([], async ({ target, change }: Ask<'mark.set'>) => {
      notebook.admit()
      if ('view' in target) {
        await viewLookedUp(store, target.view)
        const events = await eventsOf(store, storeView(target.view), () => sets.revision())
        if (events.length > 0) await notebook.markAll(events, change)
        return { subjects: events.length }
      }
      await notebook.settled()
      const found = split(store, target.subjects)
      notebook.mark(found, change)
      return { subjects: found.events.length + found.subjects.length }
    }),
    'mark.of': on(['mark'], ({ subjects }: Ask<'mark.of'>) => {
      const marks = notebook.marks()
      return subjects.map((subject) => marks.of(subject))
    }),
    'mark.get': on(['mark', 'event'], ({ subject }: Ask<'mark.get'>) => marksOf(context, subject)),
    'mark.list': on(['mark', 'event'], (ask: Ask<'mark.list'>) => list(context, sessions, ask)),
    'comment.add': on([], async ({ subject, text }: Ask<'comment.add'>) => {
      await notebook.settled()
      return notebook.addComment(subject, text, subject.kind === 'event' ? shaOf(store, subject.key) : null)
    }),
    'comment.edit': on([], async ({ id, text }: Ask<'comment.edit'>) => {
      await notebook.settled()
      return notebook.editComment(id, text)
    }),
    'comment.remove': on([], async ({ id }: Ask<'comment.remove'>) => {
      await notebook.settled()
      notebook.removeComment(id)
      return {}
    }),
    'timeline.nextMark': on(['event', 'mark'], async (ask: Ask<'timeline.nextMark'>) => {
      await lookedUp(store, { kind: 'and', parts: [storeView(ask.view).filter, MARKED] })
      return nextMark(store, ask)
    }),
  } satisfies Partial<Handlers>
}

function marksOf({ store, notebook }: DetectionContext, subject: Subject): SubjectMarks {
  const book = notebook.marks()
  const first = subject.kind === 'event' ? book.first(subject) : null
  const now = subject.kind === 'event' ? shaOf(store, subject.key) : null
  // What was not held when it was marked cannot be told to be another.
  // oxlint-disable-next-line unicorn/no-thenable -- a text, never awaited
  const changed = first?.sha256 && first.sha256 !== now ? { then: first.sha256, now, since: first.since } : null
  return { marks: book.of(subject), comments: book.comments(subject), history: book.history(subject), changed }
}

async function list(context: DetectionContext, sessions: Sessions, ask: Ask<'mark.list'>) {
  const book = context.notebook.marks()
  const words = wordsBy(context, sessions)
  const text = ask.text.trim().toLowerCase()
  const found: Omit<MarkedSubject, 'words' | 'time'>[] = []
  for (const [at, marked] of book.all().entries()) {
    if (ask.quick !== null && marked.marks.quick !== ask.quick) continue
    const written = [...marked.marks.tags, ...(marked.marks.comments > 0 ? book.comments(marked.subject) : []).map((comment) => comment.text)]
    const isFound = text === '' || written.some((one) => one.toLowerCase().includes(text))
    if (isFound || (at < MOST_WORDS && (await words(marked.subject)).words?.toLowerCase().includes(text))) found.push(marked)
    if (at % SLICE === SLICE - 1) await nextTurn()
  }
  const rows: MarkedSubject[] = []
  for (const marked of found.slice(ask.at, ask.at + ask.count)) rows.push({ ...marked, ...(await words(marked.subject)) })
  return { total: found.length, rows, tags: book.tags() }
}

type Words = Pick<MarkedSubject, 'words' | 'time'>

const NOT_HELD: Words = { words: null, time: null }

/** What a subject is, in words; nulls where it is not held. */
function wordsBy({ store, detections }: DetectionContext, sessions: Sessions): (subject: Subject) => Promise<Words> {
  return async (subject) => {
    switch (subject.kind) {
      case 'event': {
        const event = store.find(subject.key)?.event
        return event ? { words: sentence(event), time: event.time } : NOT_HELD
      }
      case 'session': {
        const session = (await sessions.all()).find(({ id }) => id === subject.id)
        return session ? sessionWords(session) : NOT_HELD
      }
      case 'moment': {
        const recording = store.recording(subject.recording)
        return recording ? momentWords(recording, subject.at) : NOT_HELD
      }
      case 'finding': {
        const finding = detections.get(subject.id)?.finding
        return finding ? { words: finding.title, time: finding.start } : NOT_HELD
      }
    }
  }
}

function sessionWords({ user, machine, from }: SessionRow): Words {
  return { words: `Session of ${user ?? 'an unknown account'} on ${machine ?? 'an unknown machine'}`, time: from }
}

function momentWords({ title, user, start }: RecordingRow, at: number): Words {
  const name = title ?? `Recording of ${user ?? 'an unknown account'}`
  return { words: `${name} at ${clockOf(at)}`, time: start === null ? null : Math.round(start + at * 1000) }
}

/** `1:02:03` since the start of a recording. */
function clockOf(seconds: number): string {
  const whole = Math.floor(seconds)
  const [h, m, s] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60]
  return [h, m, s].map((part) => String(part).padStart(2, '0')).join(':')
}
