import { isIP } from 'node:net'
import { formatInstant, sentence, type AuditEvent, type Category } from '../../../domain'
import type { StoredRecord } from '../../store'
import type { Format } from './format'
import { present, rawText } from './text'

/** The version of the Elastic Common Schema that is written. */
const ECS_VERSION = '9.4.0'
const SEVERITY = { info: 1, warning: 3, critical: 5 } as const
const NANOSECONDS = 1_000_000

/** `event.category` and the `event.type` that goes with an action; only values that ECS allows with each other. */
type Kind = { category: readonly string[]; types: readonly (readonly [pattern: RegExp, types: readonly string[]])[]; other: readonly string[] }

const CHANGES: Kind['types'] = [
  [/delet|remov|destroy/, ['deletion']],
  [/creat|add|regist|signup/, ['creation']],
  [/read|search|list|view|get|export/, ['access']],
]
const STARTS: Kind['types'] = [
  [/disconnect|close|end|stop|logout|logoff/, ['end']],
  [/connect|open|start|login|sign|verify/, ['start']],
]
const USER_CHANGES: Kind['types'] = CHANGES.slice(0, 2).map(([pattern, types]) => [pattern, ['user', ...types]])
const CONFIGURATION: Kind = { category: ['configuration'], types: CHANGES, other: ['change'] }

const KINDS: Readonly<Record<Category, Kind>> = {
  authentication: { category: ['authentication'], types: STARTS, other: ['info'] },
  token: { category: ['iam'], types: USER_CHANGES, other: ['user', 'change'] },
  account: { category: ['iam'], types: USER_CHANGES, other: ['user', 'change'] },
  privilege: { category: ['iam'], types: [[/^group/, ['group', 'change']]], other: ['admin', 'change'] },
  session: { category: ['session'], types: STARTS, other: ['info'] },
  command: { category: ['process'], types: [], other: ['start'] },
  sudo: { category: ['process'], types: [], other: ['start'] },
  file: { category: ['file'], types: [[/upload|send|put|creat/, ['creation']], [/delet|remov/, ['deletion']], [/download|get|read/, ['access']]], other: ['change'] },
  approval: { category: ['iam'], types: [], other: ['admin'] },
  resource: CONFIGURATION,
  config: CONFIGURATION,
  network: { category: ['network'], types: [...STARTS, [/creat/, ['start']], [/delet|remov/, ['end']]], other: ['info'] },
  search: { category: ['api'], types: [], other: ['access'] },
  state: { category: ['host'], types: STARTS, other: ['info'] },
  other: { category: ['api'], types: CHANGES, other: ['info'] },
}

export const ecs: Format = {
  extension: 'ecs.jsonl',
  line: (record, { version }) => `${JSON.stringify(ecsObject(record, version))}\n`,
}

function ecsObject(record: StoredRecord, version: string): object {
  const { event, origin } = record
  const host = hostOf(event)
  return present({
    '@timestamp': formatInstant(event.time),
    message: sentence(event),
    ecs: { version: ECS_VERSION },
    agent: { name: 'Recount', type: 'recount', version },
    event: eventOf(record),
    user: userOf(event),
    host,
    source: sourceOf(event),
    user_agent: event.userAgent === undefined ? undefined : { original: event.userAgent },
    organization: event.tenant === undefined ? undefined : { id: event.tenant },
    cloud: event.project === undefined ? undefined : { project: { id: event.project } },
    process: event.command === undefined ? undefined : present({ command_line: event.command, exit_code: event.exitCode }),
    file: event.file === undefined ? undefined : present({ name: event.file.name, size: event.file.size }),
    related: relatedOf(event),
    labels: labelsOf(event, origin),
    tags: event.companion ? ['companion'] : undefined,
  })
}

function eventOf({ event, origin, raw, rawSha256, provenance }: StoredRecord): object {
  const { category, types, other } = KINDS[event.category]
  const word = event.action.toLowerCase()
  return present({
    kind: 'event',
    category,
    type: types.find(([pattern]) => pattern.test(word))?.[1] ?? other,
    action: event.action.replaceAll('.', '-'),
    code: event.actionRaw || undefined,
    outcome: event.outcome,
    reason: event.reason,
    severity: SEVERITY[event.severity],
    id: event.key,
    module: origin.kind,
    dataset: `${origin.kind}.${origin.stream}`,
    provider: origin.kind,
    sequence: event.sequence,
    ingested: formatInstant(provenance.fetchedAt),
    duration: event.durationMs === undefined ? undefined : event.durationMs * NANOSECONDS,
    original: rawText(raw),
    hash: rawSha256,
  })
}

function userOf({ actor, target, onBehalf }: AuditEvent): object | undefined {
  const isPerson = target?.kind === 'user'
  if (actor === undefined && onBehalf === undefined && !isPerson) return undefined
  return present({
    id: actor?.id,
    name: actor?.name,
    email: actor?.email,
    target: isPerson ? present({ id: target.id, name: target.name }) : undefined,
    effective: onBehalf === undefined ? undefined : { name: onBehalf },
  })
}

function hostOf({ machine }: AuditEvent): object | undefined {
  const name = machine?.name ?? machine?.id
  return name === undefined ? undefined : present({ id: machine?.id, name, hostname: machine?.name })
}

function sourceOf({ ip: address }: AuditEvent): object | undefined {
  if (address === undefined) return undefined
  const ip = addressOf(address)
  return ip === undefined ? { address, domain: address } : { address, ip }
}

/** The type `ip` holds no zone of IPv6, as in `fe80::1%eth0`. */
function addressOf(text: string): string | undefined {
  return isIP(text) === 0 ? undefined : text.split('%', 1)[0]
}

function relatedOf({ ip, actor, target, onBehalf, machine }: AuditEvent): object | undefined {
  const users = [actor?.name, actor?.id, actor?.email, onBehalf, target?.kind === 'user' ? (target.name ?? target.id) : undefined]
  const address = ip === undefined ? undefined : addressOf(ip)
  const hosts = [machine?.name, machine?.id, address === undefined ? ip : undefined]
  const related = present({ ip: listOf([address]), user: listOf(users), hosts: listOf(hosts) })
  return Object.keys(related).length > 0 ? related : undefined
}

function listOf(values: readonly (string | undefined)[]): string[] | undefined {
  const held = [...new Set(values.filter((value) => value !== undefined))]
  return held.length > 0 ? held : undefined
}

/** Keywords without dots, each one text. */
function labelsOf(event: AuditEvent, { connection }: StoredRecord['origin']): object {
  const { target, session, approval, approver, decision, justification, scope, client, authMethod, mfa, repeat, attributes, changes } = event
  const own = present({
    connection,
    session_id: session,
    target: target?.kind === 'user' ? undefined : target?.name ?? target?.id,
    target_kind: target?.kind,
    approval_id: approval,
    approver,
    decision,
    justification,
    scope,
    client,
    auth_method: authMethod,
    mfa,
    repeat: repeat > 1 ? String(repeat) : undefined,
    outcome_basis: event.outcomeBasis,
    changes: changes && JSON.stringify(changes),
  })
  const more = Object.entries(attributes).map(([name, value]) => [`attribute_${name.replaceAll(/[^\w]+/g, '_')}`, value] as const)
  return { ...Object.fromEntries(more), ...own }
}
