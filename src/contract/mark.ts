import type { Instant } from '../domain'

/** Keys 1, 2 and 3. */
export const QUICK_TAGS = ['bad', 'suspicious', 'good'] as const
export type QuickTag = (typeof QUICK_TAGS)[number]

/** What a mark or a comment hangs on, by a name that outlives re-sync and re-import. */
export type Subject =
  | { kind: 'event'; key: string }
  | { kind: 'session'; id: string }
  /** Seconds into a recording. */
  | { kind: 'moment'; recording: string; at: number }
  | { kind: 'finding'; id: string }

/** What stands on a subject now. Nothing at all is `NO_MARKS`. */
export type Marks = { star: boolean; quick: QuickTag | null; tags: string[]; comments: number }

/** Absent fields stay as they are. */
export type MarkChange = { star?: boolean; quick?: QuickTag | null; add?: string[]; remove?: string[] }

/** An entry of the history of a subject's marks, newest first. */
export type MarkEntry = { at: Instant; by: string; change: MarkChange }

/** Markdown. `versions` are the texts it had before, newest first. */
export type Comment = {
  id: string
  text: string
  /** Who wrote the text that stands. */
  by: string
  /** When it was first written. */
  at: Instant
  /** When it was last changed; null where it never was. */
  edited: Instant | null
  versions: { text: string; by: string; at: Instant }[]
}

export type SubjectMarks = {
  marks: Marks
  /** Oldest first; those taken back are in the custody log alone. */
  comments: Comment[]
  history: MarkEntry[]
  /** Of an event that is another since it was marked first: hex SHA-256 of its bytes then and now; `now` is null where it is not held. */
  changed: { then: string; now: string | null; since: Instant } | null
}

/** A subject that has marks, for the list of all of them. */
export type MarkedSubject = { subject: Subject; marks: Marks; by: string; at: Instant; /** What it is, in words; null where it is not held. */ words: string | null; time: Instant | null }

export type MarkMethods = {
  /** Of all those subjects, or of every event of a view; the many of a view go one part after the other, each durable by itself. */
  'mark.set': { subjects: number }
  /** In the order of the subjects. */
  'mark.of': Marks[]
  'mark.get': SubjectMarks
  /** Newest first; `tags` are all that are in use. */
  'mark.list': { total: number; rows: MarkedSubject[]; tags: { tag: string; count: number }[] }
  'comment.add': Comment
  'comment.edit': Comment
  'comment.remove': Record<string, never>
  /** Next row in a direction that has marks or comments; null at the end. */
  'timeline.nextMark': { row: number | null }
}
