import { z } from 'zod'
import { id, recordingId, seconds, view } from './ask-parts'
import { QUICK_TAGS } from './mark'

export const eventKey = z.string().min(1).max(20_000)
export const subject = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('event'), key: eventKey }),
  z.strictObject({ kind: z.literal('session'), id: eventKey }),
  z.strictObject({ kind: z.literal('moment'), recording: recordingId, at: seconds }),
  z.strictObject({ kind: z.literal('finding'), id: eventKey }),
])
/** Words without white space at their ends and without commas. */
const tag = z.string().regex(/^[^\s,][^,\n]{0,98}[^\s,]$|^[^\s,]$/, 'expected a tag of 1 to 100 characters without commas')
export const markChange = z.strictObject({
  star: z.boolean().exactOptional(),
  quick: z.enum(QUICK_TAGS).nullable().exactOptional(),
  add: z.array(tag).max(50).exactOptional(),
  remove: z.array(tag).max(50).exactOptional(),
})
export const commentText = z.string().trim().min(1).max(100_000)

export const markAsks = {
  'mark.set': z.strictObject({
    target: z.union([z.strictObject({ subjects: z.array(subject).min(1).max(10_000) }), z.strictObject({ view })]),
    change: markChange,
  }),
  'mark.of': z.strictObject({ subjects: z.array(subject).max(1000) }),
  'mark.get': z.strictObject({ subject }),
  'mark.list': z.strictObject({
    text: z.string().max(200),
    /** Null is any. */
    quick: z.enum(QUICK_TAGS).nullable(),
    at: z.number().int().min(0),
    count: z.number().int().min(1).max(1000),
  }),
  'comment.add': z.strictObject({ subject, text: commentText }),
  'comment.edit': z.strictObject({ id, text: commentText }),
  'comment.remove': z.strictObject({ id }),
  'timeline.nextMark': z.strictObject({ view, row: z.number().int().min(-1), direction: z.enum(['forward', 'back']) }),
} as const
