import type { Ask, MethodName, Settings } from '../../contract'
import type { ServerFacts } from '../../domain'
import { acts, checks, over, reads, type Recorded } from './act'
import { markActs } from './mark-acts'
import { notebookActs } from './notebook-acts'
import { reportActs } from './report-acts'
import { sealActs } from './seal-acts'
import { changesText, rangeText, viewText } from './words'

/** What of a setting matters to who relies on the record. */
const TOLD_SETTINGS: readonly (keyof Settings)[] = ['zone', 'syncMinutes', 'me', 'production', 'stampUrl', 'stampCaFile', 'stampProxy']

// A connection may be wiped and the log stays: it names connections, events and hashes, and holds nothing that a server said,
// no address and no account.

const serverActs = {
  'connection.remove': acts<'connection.remove'>(({ name, wipe }, { removedRows }) => ({
    action: 'remove',
    object: name,
    detail: wipe ? `removed and its records wiped: ${removedRows}` : 'removed; its records are kept',
  })),
  'server.signIn': null,
  'server.verifyCode': null,
  'server.chooseTenant': null,
  'server.useToken': null,
  'server.connect': acts<'server.connect'>((_ask, { name, kind, server }) => ({
    action: 'setting',
    object: name,
    detail: `connected: ${kind}, ${roleText(server)}`,
  })),
  'server.signInAgain': acts<'server.signInAgain'>(({ name }, { server }) => ({ action: 'setting', object: name, detail: `signed in again, ${roleText(server)}` })),
  'server.edit': acts<'server.edit'>(({ name, rename, ...changed }) => ({
    action: 'setting',
    object: name,
    detail: [...(rename === undefined ? [] : [`renamed to ${rename}`]), ...Object.keys(changed).map((field) => `${field} changed`)].join('; '),
  })),
  'server.pause': acts<'server.pause'>(({ name, paused }) => ({ action: 'setting', object: name, detail: paused ? 'paused' : 'no longer paused' })),
  'sample.open': null,
  // What it brought is told at its end. A live view looks every few seconds.
  'sync.start': acts<'sync.start'>(({ connection, live }, { started }) =>
    live || started.length === 0 ? null : { action: 'sync', object: connection ?? started.join(', '), detail: 'asked for' },
  ),
  'sync.cancel': null,
  'sync.jobs': null,
  'import.preview': null,
  'import.start': acts<'import.start'>(({ inputs, options }, { job }) => ({
    action: 'import',
    object: options.name ?? inputs.map((input) => ('path' in input ? input.path : `upload ${input.upload}`)).slice(0, 20).join(', '),
    detail: `begun as job ${job}, ${inputs.length === 1 ? 'one input' : `${inputs.length} inputs`}`,
  })),
  'import.cancel': null,
  'import.jobs': null,
  'import.rejects': null,
  'upload.begin': null,
  'upload.append': null,
  'upload.discard': null,
}

function roleText(server: ServerFacts | null): string {
  return `role ${server?.account.role ?? 'not known'}`
}

const lookingActs = {
  'workspace.summary': null,
  'connection.list': null,
  // Everything without a filter is where the timeline begins, not a question.
  'timeline.count': reads<'timeline.count'>(({ view }, { matching, held, coverage }) =>
    view.query.trim() === '' && view.range === null
      ? null
      : { action: 'query', object: viewText(view), detail: `${matching} matching of ${held} held; coverage ${coverage}` },
  ),
  'timeline.rows': null,
  'timeline.locate': null,
  'timeline.nextFailure': null,
  'timeline.histogram': null,
  'timeline.facets': null,
  'event.get': reads<'event.get'>(({ key }, { rawSha256 }) => ({ action: 'open', object: `event ${key}`, detail: `SHA-256 ${rawSha256}` })),
  'event.page': reads<'event.page'>(({ key }, page) => (page ? { action: 'open', object: `response body of event ${key}`, detail: `SHA-256 ${page.receivedSha256}` } : null)),
  'event.pivots': null,
  'coverage.ranges': null,
  'query.suggest': null,
  'drift.count': null,
  'session.list': null,
  'session.detail': reads<'session.detail'>(({ id }) => ({ action: 'open', object: `session ${id}`, detail: '' })),
  'signin.summary': null,
  'signin.firstSeen': null,
  'approval.summary': null,
  'approval.patterns': null,
  'approval.requests': null,
  'approval.unapproved': null,
  'access.list': null,
  'access.detail': reads<'access.detail'>(({ person, machine, range }, { total }) => ({
    action: 'open',
    object: `access of ${person ?? 'nobody named'} to ${machine}`,
    detail: `${rangeText(range)}, ${total} times`,
  })),
  'export.begin': acts<'export.begin'>(({ view, ...writing }, { rows, name }) => ({
    action: 'export',
    object: name,
    detail: writtenText(writing, `${rows} records of: ${viewText(view)}`),
  })),
  'export.beginEvents': acts<'export.beginEvents'>(({ keys, ...writing }, { name }) => ({
    action: 'export',
    object: name,
    detail: writtenText(writing, `${keys.length} chosen events`),
  })),
  'export.beginTable': acts<'export.beginTable'>(({ table, ask, ...writing }, { rows, name }) => ({
    action: 'export',
    object: name,
    detail: writtenText(writing, `${rows} rows of ${table}: ${JSON.stringify(ask)}`),
  })),
  'export.read': null,
  'export.end': null,
}

function writtenText({ format, masks = [], raw }: Omit<Ask<'export.begin'>, 'view'>, what: string): string {
  return `${format}${raw ? ', cells as they are' : ''}, ${what}${masks.length > 0 ? `; taken out: ${masks.join(', ')}` : ''}`
}

const recordingActs = {
  'recording.list': null,
  'recording.open': reads<'recording.open'>(({ id }, { recording }) => ({ action: 'watch', object: `recording ${id}`, detail: `SHA-256 ${recording.sha256 ?? 'not known'}` })),
  'recording.close': null,
  'recording.reveal': acts<'recording.reveal'>(({ id }) => ({ action: 'reveal', object: `recording ${id}`, detail: 'what was typed is shown' })),
  'recording.segment': null,
  'recording.search': reads<'recording.search'>(({ id, text, pattern }, { total }) => ({ action: 'query', object: `recording ${id}`, detail: `${pattern ? 'pattern' : 'text'} ${text}: ${total} places` })),
  'recording.transcript': reads<'recording.transcript'>(({ id }) => ({ action: 'watch', object: `transcript of recording ${id}`, detail: '' })),
  'recording.commands': null,
  'recording.screen': null,
  'recording.bytes': null,
  'recording.export': acts<'recording.export'>(({ id, as, from, to, input }, { name, bytes }) => ({
    action: 'export',
    object: name,
    detail: `${as} of recording ${id}, ${from ?? 0} s to ${to === null ? 'its end' : `${to} s`}${input ? ', with what was typed' : ''}; ${bytes.length} bytes`,
  })),
  'recording.clip': null,
  'recording.find': reads<'recording.find'>(({ text, mine, after }, { searched }) =>
    after === null ? { action: 'query', object: `recordings: ${text}`, detail: `${mine ? 'own ones; ' : ''}${searched} searched at first` } : null,
  ),
  'recording.fetch': acts<'recording.fetch'>(({ id }, { sha256 }) => ({ action: 'sync', object: `recording ${id}`, detail: `bytes fetched, SHA-256 ${sha256 ?? 'not known'}` })),
}

const tuningActs = {
  'detection.rules': null,
  'detection.findings': null,
  'finding.get': reads<'finding.get'>(({ id }, { finding }) => ({ action: 'open', object: `finding ${id}`, detail: finding.title })),
  'finding.suppress': acts<'finding.suppress'>(({ rule, key, reason, until }, { hides }) => ({
    action: 'suppress',
    object: key === null ? `all findings of rule ${rule}` : `findings of rule ${rule}: ${key}`,
    detail: `${reason}; ${until === null ? 'without an end' : rangeText({ from: 0, to: until }).replace(/^.* to /, 'until ')}; takes out ${hides}`,
  })),
  'finding.unsuppress': acts<'finding.unsuppress'>(({ rule, key }) => ({
    action: 'suppress',
    object: key === null ? `all findings of rule ${rule}` : `findings of rule ${rule}: ${key}`,
    detail: 'no longer suppressed',
  })),
  'detection.setLevel': acts<'detection.setLevel'>(({ rule, level }) => ({ action: 'setting', object: `rule ${rule}`, detail: level === null ? 'has its own level again' : `level ${level}` })),
  'rule.files': null,
  'rule.add': acts<'rule.add'>(({ files }) => ({ action: 'setting', object: 'own rules', detail: `added: ${files.map(({ name }) => name).join(', ')}` })),
  'rule.remove': acts<'rule.remove'>(({ name }) => ({ action: 'setting', object: 'own rules', detail: `removed: ${name}` })),
  'rule.setLeast': acts<'rule.setLeast'>(({ level }) => ({ action: 'setting', object: 'own rules', detail: `least level ${level}` })),
  'production.preview': null,
  'addressDatabase.get': null,
  'addressDatabase.set': acts<'addressDatabase.set'>(() => ({ action: 'setting', object: 'address database', detail: 'set' })),
  'addressDatabase.remove': acts<'addressDatabase.remove'>(() => ({ action: 'setting', object: 'address database', detail: 'removed' })),
  'address.places': null,
  'destination.list': null,
  'destination.remove': acts<'destination.remove'>(({ name }) => ({ action: 'remove', object: `destination ${name}`, detail: 'removed' })),
  'settings.get': null,
  'settings.set': over<'settings.set'>(async (ask, look) => {
    const before = await look.ask('settings.get', {})
    return (after) => {
      const changed = TOLD_SETTINGS.filter((name) => name in ask)
      const detail = changesText(pick(before, changed), pick(after, changed))
      return detail === '' ? [] : [{ action: 'setting', object: 'settings', detail }]
    }
  }),
}

function pick(settings: Settings, names: readonly (keyof Settings)[]): Record<string, unknown> {
  return Object.fromEntries(names.map((name) => [name, settings[name]]))
}

const custodyActs = {
  'custody.list': null,
  'custody.check': checks<'custody.check'>((_ask, { entries, found, head }) => ({
    action: 'verify',
    object: 'custody log',
    detail: `${entries} entries, ${found === 0 ? 'all match the chain' : `${found} places that do not match`}; head ${head}`,
  })),
  'custody.export': acts<'custody.export'>((_ask, { name, bytes }) => ({ action: 'export', object: name, detail: `the custody log, ${bytes.length} bytes` })),
  'review.list': null,
  // Its entry is the review.
  'review.sign': null,
  'arrival.chain': checks<'arrival.chain'>((_ask, { connection, bodies, head, recorded }) => ({
    action: 'verify',
    object: `what arrived of ${connection}`,
    detail: `${bodies} files and bodies; head ${head}; ${recorded === null ? 'none recorded before' : recorded.isSame ? `as recorded in entry ${recorded.seq}` : `other than recorded in entry ${recorded.seq}`}`,
  })),
  'arrival.export': acts<'arrival.export'>(({ connection }, { name }) => ({ action: 'export', object: name, detail: `the chain of what arrived of ${connection}` })),
  'drift.export': acts<'drift.export'>(({ connection, format }, { name }) => ({ action: 'export', object: name, detail: `${format}, drift of ${connection}` })),
}

/** Of every method whether and how it is written in the custody log; null is not at all. */
export const ACTS: { [M in MethodName]: Recorded<M> | null } = {
  ...serverActs,
  ...lookingActs,
  ...recordingActs,
  ...tuningActs,
  ...markActs,
  ...notebookActs,
  ...reportActs,
  ...sealActs,
  ...custodyActs,
}
