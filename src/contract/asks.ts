import { z } from 'zod'
import { ACCESS_ORDERS } from './access'
import { APPROVAL_STATES } from './approval'
import { FINDING_LEVELS } from './detection'
import { bytes, id, instant, nothing, range, recordingId, seconds, view } from './ask-parts'
import { custodyAsks } from './custody-asks'
import { exportAsks } from './export-asks'
import { markAsks } from './mark-asks'
import { momentAsks } from './moment-asks'
import { notebookAsks } from './notebook-asks'
import { reportAsks } from './report-asks'
import { sealAsks } from './seal-asks'

export { copiedOperation } from './notebook-asks'

// One schema per ask, checked once in `startBackend` for every host. The page imports only the types from here.

const input = z.union([z.strictObject({ path: z.string().min(1) }), z.strictObject({ upload: id })])
const importOptions = z.strictObject({
  name: z.string().min(1).max(200).exactOptional(),
  kind: z.string().min(1).max(50).exactOptional(),
  year: z.number().int().min(1970).max(9999).exactOptional(),
  zone: z.string().min(1).max(64).exactOptional(),
  replace: z.string().min(1).max(200).exactOptional(),
})
const connectionName = z.string().min(1).max(200)
/** Where a server is and how it is reached. */
const address = {
  kind: z.string().min(1).max(50),
  url: z.string().min(1).max(2000),
  caFile: z.string().min(1).max(4000).exactOptional(),
  proxy: z.string().min(1).max(2000).exactOptional(),
}
const ruleId = z.string().min(1).max(500)
const findingKey = z.string().max(20_000)
const secret = z.string().min(1).max(20_000)
const production = z.string().max(20_000)
/** Of a person or a machine, as a log wrote it. */
const accountName = z.string().max(2000)
const accessFilter = {
  range: range.nullable(),
  text: z.string().max(200),
  person: accountName.nullable(),
  machine: accountName.nullable(),
  production: z.boolean(),
  privileged: z.boolean(),
  /** With at least one access for which no grant stood. */
  ungranted: z.boolean(),
  /** No earlier access is held. */
  first: z.boolean(),
  order: z.enum(ACCESS_ORDERS),
  descending: z.boolean(),
}
export const facetFields = ['category', 'outcome', 'user', 'machine', 'ip', 'action', 'severity', 'connection'] as const
export const suggestFields = [
  ...facetFields,
  'target',
  'client',
  'tenant',
  'project',
  'session',
  'approval',
  'source',
  'stream',
  'basis',
  'reason',
  'tag',
] as const

/** Most rows that one `timeline.rows` may ask for. */
export const MOST_ROWS = 1000

export const asks = {
  'workspace.summary': nothing,
  'connection.list': nothing,
  'connection.remove': z.strictObject({ name: z.string(), wipe: z.boolean() }),
  'import.preview': z.strictObject({ inputs: z.array(input).min(1).max(100_000), options: importOptions }),
  'import.start': z.strictObject({ inputs: z.array(input).min(1).max(100_000), options: importOptions }),
  'import.cancel': z.strictObject({ job: id }),
  'import.jobs': nothing,
  'import.rejects': z.strictObject({ job: id }),
  'upload.begin': z.strictObject({ name: z.string().min(1).max(1000), size: z.number().int().min(0), mtime: instant }),
  'upload.append': z.strictObject({ upload: id, bytes }),
  'upload.discard': z.strictObject({ upload: id }),
  'timeline.count': z.strictObject({ view }),
  'timeline.rows': z.strictObject({
    view,
    at: z.number().int().min(0),
    count: z.number().int().min(1).max(MOST_ROWS),
    // Where the event is in the view, the rows begin at the last multiple of `align` that is `reach` or more before it, and `at`
    // plays no part.
    around: z
      .strictObject({ key: z.string().min(1), align: z.number().int().min(1).max(MOST_ROWS), reach: z.number().int().min(0).max(MOST_ROWS) })
      .exactOptional(),
  }),
  'timeline.locate': z.union([
    z.strictObject({ view, key: z.string().min(1) }),
    z.strictObject({ view, time: instant }),
  ]),
  'timeline.nextFailure': z.strictObject({
    view,
    row: z.number().int().min(-1),
    direction: z.enum(['forward', 'back']),
  }),
  'timeline.histogram': z.strictObject({ view, buckets: z.number().int().min(1).max(2000) }),
  'timeline.facets': z.strictObject({
    view,
    fields: z.array(z.enum(facetFields)).min(1),
    limit: z.number().int().min(1).max(1000),
  }),
  'event.get': z.strictObject({ key: z.string().min(1) }),
  'event.pivots': z.strictObject({ key: z.string().min(1) }),
  'coverage.ranges': z.strictObject({ range: range.nullable() }),
  'query.suggest': z.strictObject({
    field: z.enum(suggestFields),
    prefix: z.string().max(200),
    limit: z.number().int().min(1).max(200),
  }),
  ...exportAsks,
  'server.signIn': z.strictObject({ ...address, user: z.string().min(1).max(320), password: secret }),
  'server.verifyCode': z.strictObject({ ticket: id, code: z.string().trim().min(1).max(20) }),
  'server.chooseTenant': z.strictObject({ ticket: id, tenant: z.string().min(1).max(200) }),
  'server.useToken': z.strictObject({ ...address, token: secret }),
  'server.connect': z.strictObject({ ticket: id, name: connectionName.exactOptional() }),
  'server.signInAgain': z.strictObject({ ticket: id, name: connectionName }),
  'server.edit': z.strictObject({
    name: connectionName,
    rename: connectionName.exactOptional(),
    url: address.url.exactOptional(),
    // Null takes the value away.
    caFile: address.caFile.nullable().exactOptional(),
    proxy: address.proxy.nullable().exactOptional(),
  }),
  'server.pause': z.strictObject({ name: connectionName, paused: z.boolean() }),
  'sample.open': nothing,
  'sync.start': z.strictObject({
    // Without a name: every connection that is not paused.
    connection: connectionName.exactOptional(),
    range: z.strictObject({ from: instant.nullable(), to: instant.nullable() }).exactOptional(),
    stream: z.string().min(1).max(400).exactOptional(),
    live: z.boolean().exactOptional(),
  }),
  'recording.list': nothing,
  'recording.open': z.strictObject({ id: recordingId }),
  'recording.close': z.strictObject({ id: recordingId }),
  'recording.reveal': z.strictObject({ id: recordingId }),
  'recording.segment': z.strictObject({ id: recordingId, segment: z.number().int().min(0), input: z.boolean() }),
  'recording.search': z.strictObject({ id: recordingId, text: z.string().min(1).max(1000), pattern: z.boolean() }),
  'recording.transcript': z.strictObject({ id: recordingId }),
  'recording.commands': z.strictObject({ id: recordingId }),
  'recording.screen': z.strictObject({ id: recordingId, at: seconds }),
  'recording.bytes': z.strictObject({ id: recordingId, at: seconds, most: z.number().int().min(1).max(65_536) }),
  'recording.export': z.strictObject({
    id: recordingId,
    as: z.enum(['cast', 'transcript', 'svg']),
    from: seconds.nullable(),
    to: seconds.nullable(),
    /** Input events too: they may hold passwords. */
    input: z.boolean(),
  }),
  'recording.clip': z.strictObject({ id: recordingId, from: seconds, to: seconds }).refine((clip) => clip.from <= clip.to, 'from must not be after to'),
  'recording.find': z.strictObject({
    text: z.string().min(1).max(1000),
    mine: z.boolean(),
    /** The last recording that was searched before; null begins. */
    after: recordingId.nullable(),
  }),
  'recording.fetch': z.strictObject({ id: recordingId }),
  'session.list': z.strictObject({
    /** Those of the accounts that the connections are signed in with, and of the names in Settings. */
    mine: z.boolean(),
    text: z.string().max(200),
    user: z.string().max(200).nullable(),
    machine: z.string().max(200).nullable(),
    range: range.nullable(),
    recorded: z.boolean(),
    at: z.number().int().min(0),
    count: z.number().int().min(1).max(1000),
  }),
  'session.detail': z.strictObject({ id: recordingId }),
  'detection.rules': nothing,
  'detection.findings': z.strictObject({
    // None stands for all.
    levels: z.array(z.enum(FINDING_LEVELS)).max(FINDING_LEVELS.length),
    rule: ruleId.nullable(),
    text: z.string().max(200),
    range: range.nullable(),
    /** Those that are suppressed too. */
    suppressed: z.boolean(),
    at: z.number().int().min(0),
    count: z.number().int().min(1).max(1000),
  }),
  'finding.get': z.strictObject({ id }),
  'finding.suppress': z.strictObject({
    rule: ruleId,
    // Null is every finding of the rule.
    key: findingKey.nullable(),
    reason: z.string().trim().min(1).max(1000),
    until: instant.nullable(),
  }),
  'finding.unsuppress': z.strictObject({ rule: ruleId, key: findingKey.nullable() }),
  'detection.setLevel': z.strictObject({ rule: ruleId, level: z.enum(FINDING_LEVELS).nullable() }),
  'rule.files': nothing,
  'rule.add': z.strictObject({ files: z.array(z.strictObject({ name: z.string().min(1).max(200), text: z.string().max(1024 * 1024) })).min(1).max(500) }),
  'rule.remove': z.strictObject({ name: z.string().min(1).max(200) }),
  'rule.setLeast': z.strictObject({ level: z.enum(FINDING_LEVELS) }),
  'signin.summary': z.strictObject({ range: range.nullable(), zone: z.string().min(1).max(64) }),
  'signin.firstSeen': z.strictObject({
    range: range.nullable(),
    /** Those of users with too few sign-ins held before; otherwise of all others. */
    early: z.boolean(),
    at: z.number().int().min(0),
    count: z.number().int().min(1).max(1000),
  }),
  'approval.summary': z.strictObject({ range: range.nullable(), zone: z.string().min(1).max(64) }),
  'approval.patterns': z.strictObject({
    range: range.nullable(),
    zone: z.string().min(1).max(64),
    /** Those that are suppressed too. */
    suppressed: z.boolean(),
    at: z.number().int().min(0),
    count: z.number().int().min(1).max(1000),
  }),
  'approval.requests': z.strictObject({
    range: range.nullable(),
    /** Zone of the hours that patterns speak of. */
    zone: z.string().min(1).max(64),
    // Words of who asked, who decided, machine, scope, note and id; all of them.
    text: z.string().max(200),
    /** That one alone. */
    key: z.string().min(1).max(20_000).exactOptional(),
    // Null is any.
    state: z.enum(APPROVAL_STATES).nullable(),
    /** Those alone that stand in a pattern which nothing suppresses. */
    unusual: z.boolean(),
    /** Those alone that were granted and are not used. */
    neverUsed: z.boolean(),
    at: z.number().int().min(0),
    count: z.number().int().min(1).max(1000),
  }),
  'approval.unapproved': z.strictObject({
    range: range.nullable(),
    text: z.string().max(200),
    at: z.number().int().min(0),
    count: z.number().int().min(1).max(1000),
  }),
  'access.list': z.strictObject({ ...accessFilter, at: z.number().int().min(0), count: z.number().int().min(1).max(1000) }),
  'access.detail': z.strictObject({
    person: accountName.nullable(),
    machine: accountName,
    range: range.nullable(),
    at: z.number().int().min(0),
    count: z.number().int().min(1).max(1000),
  }),
  'production.preview': z.strictObject({ production }),
  'addressDatabase.get': nothing,
  'addressDatabase.set': z.strictObject({ input }),
  'addressDatabase.remove': nothing,
  'destination.list': nothing,
  'destination.remove': z.strictObject({ name: connectionName }),
  'address.places': z.strictObject({ addresses: z.array(z.string().max(200)).max(1000) }),
  'sync.cancel': z.strictObject({ connection: connectionName }),
  'sync.jobs': nothing,
  'drift.count': nothing,
  'event.page': z.strictObject({ key: z.string().min(1) }),
  ...markAsks,
  ...momentAsks,
  ...notebookAsks,
  ...custodyAsks,
  ...reportAsks,
  ...sealAsks,
  'settings.get': nothing,
  'settings.set': z.strictObject({
    appearance: z.enum(['system', 'dark', 'light']).exactOptional(),
    zone: z.string().min(1).max(64).exactOptional(),
    syncMinutes: z.number().int().min(0).max(1440).exactOptional(),
    me: z.array(z.string().regex(/^[^,\n]{1,200}$/, 'expected a name without commas')).max(100).exactOptional(),
    production: production.exactOptional(),
    notifyLevel: z.enum(['off', ...FINDING_LEVELS]).exactOptional(),
    stampUrl: z.string().max(2000).exactOptional(),
    stampCaFile: z.string().max(4000).exactOptional(),
    stampProxy: z.string().max(2000).exactOptional(),
  }),
} as const

export type Asks = { [M in keyof typeof asks]: z.infer<(typeof asks)[M]> }
