import { z } from 'zod'
import { CATEGORIES, COVERAGE_STATES, OUTCOMES, SEVERITIES } from '../domain'
import { bytes, id, instant, range, recordingId, seconds, view } from './ask-parts'
import { commentText, eventKey, markChange } from './mark-asks'
import { CLAIM_SEVERITIES, NOTEBOOK_FORMATS, NOTEBOOK_STATES, NOTEBOOK_TEMPLATES, TLP_LABELS } from './notebook'

const hash = z.string().regex(/^[0-9a-f]{64}$/, 'expected a SHA-256 in hex')
const title = z.string().max(500)
const words = z.string().max(200_000)
const shown = z.string().max(20_000)
/** Made by this program and given back as it was; a copy of somebody else's may hold anything. */
const row = z.strictObject({
  key: z.string().min(1).max(20_000),
  time: instant,
  timePrecision: z.enum(['us', 'ms', 's']),
  category: z.enum(CATEGORIES),
  outcome: z.enum(OUTCOMES),
  severity: z.enum(SEVERITIES),
  action: shown,
  user: shown.nullable(),
  place: shown.nullable(),
  ip: shown.nullable(),
  lead: shown,
  detail: shown,
  repeat: z.number(),
  companion: z.boolean(),
  connection: shown,
})
const counts = z.array(z.number()).max(10_000)
const histogram = z.strictObject({ from: instant, to: instant, step: z.number().min(1), success: counts, failure: counts, unknown: counts })
const citations = z.array(z.strictObject({ key: z.string().min(1).max(20_000), leaf: hash, evidence: hash, row, severity: z.enum(SEVERITIES) })).max(10_000)
const frozen = z.strictObject({
  at: instant,
  by: z.string().max(500),
  rows: z.number().int().min(0),
  matching: z.number().int().min(0),
  root: hash,
  evidence: hash,
  coverage: z.enum(COVERAGE_STATES),
  histogram: histogram.nullable(),
  first: z.array(row).max(1000),
})
const clip = z.strictObject({ recording: recordingId, sha256: hash.nullable(), from: seconds, to: seconds, screen: words })
const content = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('text'), text: words }),
  z.strictObject({ kind: z.literal('query'), title, view, frozen: frozen.nullable() }),
  z.strictObject({ kind: z.literal('chart'), title, view, by: z.string().max(100).nullable(), frozen: frozen.nullable() }),
  z.strictObject({ kind: z.literal('events'), title, citations }),
  z.strictObject({ kind: z.literal('clip'), title, clip, note: words }),
  z.strictObject({
    kind: z.literal('finding'),
    claim: words,
    severity: z.enum(CLAIM_SEVERITIES),
    eventTime: instant.nullable(),
    discoveredAt: instant,
    citations,
  }),
  z.strictObject({ kind: z.literal('negative'), claim: words, view, frozen: frozen.nullable() }),
])
const change = z.discriminatedUnion('do', [
  z.strictObject({ do: z.literal('title'), title: title.min(1) }),
  z.strictObject({ do: z.literal('tlp'), tlp: z.enum(TLP_LABELS) }),
  z.strictObject({ do: z.literal('status'), status: z.enum(NOTEBOOK_STATES) }),
  z.strictObject({ do: z.literal('range'), range: range.nullable() }),
  z.strictObject({ do: z.literal('add'), id, content, after: id.nullable() }),
  z.strictObject({ do: z.literal('write'), cell: id, content }),
  z.strictObject({ do: z.literal('move'), cell: id, after: id.nullable() }),
  z.strictObject({ do: z.literal('remove'), cell: id }),
  z.strictObject({ do: z.literal('fold'), cell: id, folded: z.boolean() }),
  z.strictObject({ do: z.literal('choose'), cell: id, op: id }),
])
const of = z.strictObject({ id })
const act = { id, clock: z.number().int().min(0).max(1e12), at: instant, by: z.string().max(500) }
const step = { ...act, notebook: id }
const about = { ...act, comment: id }

/** An operation of a notebook, or of the marks of what it cites, in the copy of another investigator. */
export const copiedOperation = z.discriminatedUnion('kind', [
  z.strictObject({ ...act, kind: z.literal('mark'), events: z.array(z.tuple([eventKey, hash.nullable()])).length(1), subjects: z.array(z.never()).max(0), change: markChange }),
  z.strictObject({ ...about, kind: z.literal('comment'), subject: z.strictObject({ kind: z.literal('event'), key: eventKey }), text: commentText, sha256: hash.nullable() }),
  z.strictObject({ ...about, kind: z.literal('comment-edit'), text: commentText }),
  z.strictObject({ ...about, kind: z.literal('comment-remove'), over: id.exactOptional() }),
  z.strictObject({ ...step, kind: z.literal('notebook'), title, range: range.nullable(), cells: z.array(z.strictObject({ id, content })).max(1000) }),
  z.strictObject({ ...step, kind: z.literal('change'), changes: z.array(change).min(1).max(100), over: z.record(id, z.array(id).max(1000)) }),
  z.strictObject({ ...step, kind: z.enum(['undo', 'redo']), of: z.array(id).max(100_000) }),
  z.strictObject({ ...step, kind: z.enum(['notebook-remove', 'notebook-restore']) }),
])

export const notebookAsks = {
  'notebook.list': z.strictObject({ removed: z.boolean() }),
  'notebook.get': of,
  'notebook.create': z.strictObject({
    title: title.min(1),
    template: z.enum(NOTEBOOK_TEMPLATES),
    range: range.nullable(),
    /** Accounts, or of `server-reach` machines, that the template's queries are about. */
    names: z.array(z.string().min(1).max(500)).max(50).exactOptional(),
  }),
  'notebook.apply': z.strictObject({ id, changes: z.array(change).min(1).max(100) }),
  'notebook.undo': of,
  'notebook.redo': of,
  'notebook.history': of,
  'notebook.remove': of,
  'notebook.restore': of,
  'notebook.freeze': z.strictObject({ view }),
  'notebook.cite': z.strictObject({ keys: z.array(z.string().min(1).max(20_000)).min(1).max(10_000) }),
  'notebook.side': of,
  'notebook.pack': of,
  'notebook.compare': z.strictObject({ bytes }),
  'notebook.merge': z.strictObject({ bytes }),
  'notebook.export': z.strictObject({ id, format: z.enum(NOTEBOOK_FORMATS), zone: z.string().min(1).max(64) }),
} as const
