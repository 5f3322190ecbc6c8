import { sentence, type AuditEvent } from '../../../domain'
import type { StoredRecord } from '../../store'
import type { Format, FormatOptions } from './format'
import { OCSF_CLASSES, ocsfClassOf, OTHER, type OcsfClass, type OcsfClassName } from './ocsf-class'
import {
  ocsfActor,
  ocsfApp,
  ocsfDevice,
  ocsfEmail,
  ocsfEntity,
  ocsfFile,
  ocsfMachine,
  ocsfMembership,
  ocsfPrivileges,
  ocsfProcess,
  ocsfResource,
  ocsfSource,
  ocsfSubject,
  ocsfUser,
  sessionOf,
  sshAuthType,
} from './ocsf-object'
import { present, rawText } from './text'

/** The version of the Open Cybersecurity Schema Framework that is written. */
const OCSF_VERSION = '1.8.0'

const SEVERITY = { info: [1, 'Informational'], warning: [3, 'Medium'], critical: [5, 'Critical'] } as const
const STATUS = { success: [1, 'Success'], failure: [2, 'Failure'], unknown: [0, 'Unknown'] } as const

export const ocsf: Format = {
  extension: 'ocsf.jsonl',
  line: (record, options) => `${JSON.stringify(ocsfObject(record, options))}\n`,
}

function ocsfObject(record: StoredRecord, options: FormatOptions): object {
  const { event } = record
  const { name, activity } = ocsfClassOf(event)
  const own = PARTS[name](event)
  return { ...classified(OCSF_CLASSES[name], activity, event), ...occurred(event), metadata: metadataOf(record, name, options), ...own, ...rest(record, name) }
}

function classified({ uid, name, categoryUid, category, activities }: OcsfClass, activity: number, event: AuditEvent): object {
  const caption = activities[activity] ?? (event.actionRaw || event.action)
  return {
    category_uid: categoryUid,
    category_name: category,
    class_uid: uid,
    class_name: name,
    activity_id: activity,
    activity_name: caption,
    type_uid: uid * 100 + activity,
    type_name: `${name}: ${activity === OTHER ? 'Other' : caption}`,
  }
}

function occurred(event: AuditEvent): object {
  const [severityId, severity] = SEVERITY[event.severity]
  const [statusId, status] = STATUS[event.outcome]
  return present({
    time: event.time,
    severity_id: severityId,
    severity,
    status_id: statusId,
    status,
    status_detail: event.reason,
    message: sentence(event),
    count: event.repeat > 1 ? event.repeat : undefined,
    duration: event.durationMs,
  })
}

/** Classes that have who acted, and on which machine, by the profile of hosts alone. */
const OF_HOSTS: ReadonlySet<OcsfClassName> = new Set(['lifecycle'])

function metadataOf({ event, origin, provenance }: StoredRecord, name: OcsfClassName, { version }: FormatOptions): object {
  return present({
    version: OCSF_VERSION,
    product: { name: 'Recount', vendor_name: 'Recount', version },
    uid: event.key,
    event_code: event.actionRaw || undefined,
    log_name: origin.stream,
    log_provider: origin.kind,
    logged_time: provenance.fetchedAt,
    sequence: event.sequence,
    tenant_uid: event.tenant,
    profiles: OF_HOSTS.has(name) ? ['host'] : undefined,
  })
}

/** What each class has beside what all have: at least all that it requires. */
const PARTS: Readonly<Record<OcsfClassName, (event: AuditEvent) => object>> = {
  authentication: (event) => ({ user: ocsfUser(event.actor), ...present({ session: sessionOf(event), ...toMachine(event), src_endpoint: sourceOf(event), http_request: agentOf(event), is_mfa: isMfa(event) }) }),
  account: (event) => ({ user: ocsfSubject(event), actor: ocsfActor(event), ...present({ src_endpoint: sourceOf(event), http_request: agentOf(event) }) }),
  access: (event) => ({ user: ocsfSubject(event), actor: ocsfActor(event), privileges: ocsfPrivileges(event), ...present({ src_endpoint: sourceOf(event) }) }),
  group: (event) => ({ ...ocsfMembership(event), actor: ocsfActor(event), ...present({ src_endpoint: sourceOf(event) }) }),
  authorize: (event) => ({ user: ocsfSubject(event), privileges: ocsfPrivileges(event), actor: ocsfActor(event), ...present({ session: sessionOf(event), dst_endpoint: ocsfMachine(event.machine) }) }),
  entity: (event) => ({ entity: ocsfEntity(event), actor: ocsfActor(event), ...present({ src_endpoint: sourceOf(event), comment: event.justification }) }),
  process: (event) => ({ actor: ocsfActor(event), device: ocsfDevice(event), process: ocsfProcess(event), ...present({ exit_code: event.exitCode }) }),
  ssh: (event) => ({ src_endpoint: { ...ocsfSource(event), owner: ocsfUser(event.actor) }, dst_endpoint: ocsfMachine(event.machine) ?? { name: 'Unknown' }, ...sshAuthType(event.authMethod), ...present({ connection_info: event.session === undefined ? undefined : { direction_id: 0, direction: 'Unknown', session: sessionOf(event) } }) }),
  tunnel: (event) => ({ tunnel_type_id: 0, tunnel_type: 'Unknown', src_endpoint: ocsfSource(event), user: ocsfUser(event.actor), ...present({ dst_endpoint: ocsfMachine(event.machine), session: sessionOf(event) }) }),
  lifecycle: (event) => ({ app: ocsfApp(event), actor: ocsfActor(event), ...present({ device: event.machine && ocsfDevice(event) }) }),
  api: (event) => ({ actor: ocsfActor(event), api: { operation: event.category === 'approval' ? event.action : event.actionRaw || event.action }, src_endpoint: ocsfSource(event), ...present({ resources: event.target && [ocsfResource(event)], http_request: agentOf(event), dst_endpoint: ocsfMachine(event.machine) }) }),
  file: (event) => ({ actor: ocsfActor(event), file: ocsfFile(event), src_endpoint: ocsfSource(event), ...present({ dst_endpoint: ocsfMachine(event.machine) }) }),
}

/** A sign-in is to a machine, or to a service where no machine is named. */
function toMachine({ machine, client, key }: AuditEvent): object {
  const endpoint = ocsfMachine(machine)
  return endpoint ? { dst_endpoint: endpoint } : { service: { name: client ?? (key.split(':', 1)[0] || 'Unknown') } }
}

function sourceOf(event: AuditEvent): object | undefined {
  return event.ip === undefined ? undefined : ocsfSource(event)
}

function agentOf({ userAgent }: AuditEvent): object | undefined {
  return userAgent === undefined ? undefined : { user_agent: userAgent }
}

function isMfa({ mfa }: AuditEvent): boolean | undefined {
  return mfa === undefined ? undefined : !/^(?:no|none|false|off|0)?$/i.test(mfa)
}

/** Classes that tell of the target whatever it is; the others have a place for persons at most. */
const OF_THINGS: ReadonlySet<OcsfClassName> = new Set(['entity', 'lifecycle', 'api', 'file', 'group'])

/** The record itself, and what the schema has no place for. */
function rest({ event, origin, raw, rawSha256 }: StoredRecord, name: OcsfClassName): object {
  const { approval, approver, decision, justification, scope, changes, links, attributes } = event
  const request = present({ id: approval, approver, decision, justification, scope })
  const unmapped = present({
    ...attributes,
    recount: present({
      connection: origin.connection,
      outcome_basis: event.outcomeBasis,
      severity_basis: event.severityBasis,
      time_precision: event.timePrecision,
      zone_assumed: event.zoneAssumed,
      companion: event.companion,
      actor_email: ocsfEmail(event.actor) === undefined ? event.actor?.email : undefined,
      auth_method: event.authMethod,
      mfa: event.mfa,
      output: event.output,
      target: OF_THINGS.has(name) || event.target?.kind === 'user' ? undefined : event.target,
      project: event.project,
      on_behalf: name === 'process' ? undefined : event.onBehalf,
      command: name === 'process' ? undefined : event.command,
      links,
      raw_sha256: rawSha256,
    }),
    approval: Object.keys(request).length > 0 ? request : undefined,
    changes,
  })
  return { raw_data: rawText(raw), unmapped }
}
