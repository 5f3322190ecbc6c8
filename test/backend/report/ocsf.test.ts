import { describe, expect, test } from 'vitest'
import { FORMATS } from '../../../src/backend/report'
import { hostileRecords } from './hostile-events'

// Required attributes, constraints and enumerations of the classes that are written, as the published schema of OCSF has
// them (github.com/ocsf/ocsf-schema, events/*.json and objects/*.json). `one` is `at_least_one` of a constraint.

type Shape = { required: string[]; one?: string[] }

const BASE = ['activity_id', 'category_uid', 'class_uid', 'metadata', 'severity_id', 'time', 'type_uid']

const CLASSES: Record<number, Shape & { category: number; activities: number[]; also: string[] }> = {
  1007: { category: 1, activities: [1, 2, 3, 4, 5], required: ['actor', 'device', 'process'], also: ['exit_code'] },
  3001: { category: 3, activities: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11], required: ['user'], also: ['actor', 'http_request', 'src_endpoint'] },
  3002: { category: 3, activities: [1, 2, 3, 4, 5], required: ['user'], one: ['service', 'dst_endpoint'], also: ['session', 'src_endpoint', 'http_request', 'is_mfa'] },
  3003: { category: 3, activities: [1, 2, 3], required: ['user'], one: ['privileges', 'groups', 'iam_roles'], also: ['actor', 'session', 'dst_endpoint'] },
  3004: { category: 3, activities: [1, 2, 3, 4, 5, 6, 7, 8, 9], required: ['entity'], also: ['actor', 'src_endpoint', 'comment'] },
  3005: { category: 3, activities: [1, 2, 3, 4], required: ['user', 'privileges'], also: ['actor', 'src_endpoint'] },
  3006: { category: 3, activities: [1, 2, 3, 4, 5, 6], required: ['group'], one: ['privileges', 'user'], also: ['actor', 'src_endpoint'] },
  4007: { category: 4, activities: [1, 2, 3, 4, 5, 6], required: [], one: ['dst_endpoint', 'src_endpoint'], also: ['auth_type', 'auth_type_id', 'connection_info'] },
  4014: {
    category: 4,
    activities: [1, 2, 3],
    required: [],
    one: ['connection_info', 'session', 'src_endpoint', 'traffic', 'tunnel_interface', 'tunnel_type_id'],
    also: ['tunnel_type', 'dst_endpoint', 'user'],
  },
  6002: { category: 6, activities: [1, 2, 3, 4, 5, 6, 7, 8], required: ['app'], also: ['actor', 'device'] },
  6003: { category: 6, activities: [1, 2, 3, 4], required: ['actor', 'api', 'src_endpoint'], also: ['resources', 'http_request', 'dst_endpoint'] },
  6006: { category: 6, activities: Array.from({ length: 16 }, (_, i) => i + 1), required: ['actor', 'file', 'src_endpoint'], also: ['dst_endpoint'] },
}

const ALWAYS_ALLOWED = [...BASE, 'activity_name', 'category_name', 'class_name', 'type_name', 'severity', 'status', 'status_id', 'status_detail', 'message', 'count', 'duration', 'raw_data', 'unmapped']

/** By the attribute's name. */
const OBJECTS: Record<string, Shape> = {
  metadata: { required: ['product', 'version'] },
  product: { required: ['vendor_name'], one: ['name', 'uid'] },
  app: { required: ['vendor_name'], one: ['name', 'uid'] },
  user: { required: [], one: ['account', 'name', 'uid'] },
  owner: { required: [], one: ['account', 'name', 'uid'] },
  actor: { required: [], one: ['process', 'user', 'invoked_by', 'session', 'app_name', 'app_uid'] },
  device: { required: ['type_id'], one: ['ip', 'uid', 'name', 'hostname', 'instance_uid', 'interface_uid', 'interface_name'] },
  process: { required: [], one: ['pid', 'uid', 'cpid'] },
  src_endpoint: { required: [], one: ['ip', 'uid', 'name', 'hostname', 'svc_name', 'instance_uid', 'interface_uid', 'interface_name'] },
  dst_endpoint: { required: [], one: ['ip', 'uid', 'name', 'hostname', 'svc_name', 'instance_uid', 'interface_uid', 'interface_name'] },
  service: { required: [], one: ['name', 'uid'] },
  entity: { required: [], one: ['name', 'uid'] },
  group: { required: [], one: ['name', 'uid'] },
  file: { required: ['name', 'type_id'] },
  api: { required: ['operation'] },
  connection_info: { required: ['direction_id'] },
}

const ENUMS: Record<string, readonly number[]> = { severity_id: [0, 1, 2, 3, 4, 5, 6, 99], status_id: [0, 1, 2, 99], auth_type_id: [0, 1, 2, 3, 4, 5, 6, 99], tunnel_type_id: [0, 1, 2, 99], direction_id: [0, 1, 2, 3, 4, 99] }
const USER_TYPES = [0, 1, 2, 3, 4, 99]

type Json = Record<string, unknown>
const isObject = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value)

/** What of an object is not as its shape says; `unmapped` is anybody's. */
function faultsOf(name: string, value: Json): string[] {
  const { required, one } = OBJECTS[name] ?? { required: [] }
  const faults = required.filter((field) => value[field] === undefined).map((field) => `${name} lacks ${field}`)
  if (one && !one.some((field) => value[field] !== undefined)) faults.push(`${name} has none of ${one.join(', ')}`)
  for (const [field, held] of Object.entries(value)) {
    if (held === null || held === undefined || Number.isNaN(held)) faults.push(`${name}.${field} is nothing`)
    if (ENUMS[field] && !ENUMS[field].includes(Number(held))) faults.push(`${name}.${field} is ${String(held)}`)
    if (field === 'type_id' && (name === 'user' || name === 'owner') && !USER_TYPES.includes(Number(held))) faults.push(`${name}.type_id is ${String(held)}`)
    if (isObject(held) && field !== 'unmapped') faults.push(...faultsOf(field, held))
  }
  return faults
}

function eventFaults(event: Json): string[] {
  const uid = Number(event['class_uid'])
  const shape = CLASSES[uid]
  if (!shape) return [`class ${uid} is unknown`]
  const faults = faultsOf(String(uid), event)
  const known = [...ALWAYS_ALLOWED, ...shape.required, ...(shape.one ?? []), ...shape.also]
  faults.push(...[...BASE, ...shape.required].filter((field) => event[field] === undefined).map((field) => `${uid} lacks ${field}`))
  faults.push(...Object.keys(event).filter((field) => !known.includes(field)).map((field) => `${uid} has no attribute ${field}`))
  if (shape.one && !shape.one.some((field) => event[field] !== undefined)) faults.push(`${uid} has none of ${shape.one.join(', ')}`)
  const activity = Number(event['activity_id'])
  if (![0, ...shape.activities, 99].includes(activity)) faults.push(`${uid} has no activity ${activity}`)
  if (event['type_uid'] !== uid * 100 + activity) faults.push(`${uid}: type ${String(event['type_uid'])}`)
  if (event['category_uid'] !== shape.category || Math.floor(uid / 1000) !== shape.category) faults.push(`${uid}: category ${String(event['category_uid'])}`)
  return faults
}

async function written() {
  const records = await hostileRecords()
  return records.map((record) => ({ record, event: JSON.parse(FORMATS.ocsf.line(record, { version: '1.2.3' })) as Json }))
}

describe('OCSF 1.8.0', () => {
  test('every class has what it requires, its enumerations and its type, and nothing it does not know', async () => {
    const events = await written()
    for (const { record, event } of events) expect(eventFaults(event), `${record.event.category} ${record.event.action}`).toEqual([])
    expect([...new Set(events.map(({ event }) => Number(event['class_uid'])))].toSorted((a, b) => a - b)).toEqual(Object.keys(CLASSES).map(Number))
  })

  test('the record stands in it whole', async () => {
    for (const { record, event } of await written()) {
      expect(event).toMatchObject({ time: record.event.time, metadata: { version: '1.8.0', uid: record.event.key, log_provider: 'sshd' }, raw_data: Buffer.from(record.raw).toString() })
      expect(event['count']).toBe(record.event.repeat > 1 ? record.event.repeat : undefined)
      expect(event['status_id']).toBe({ success: 1, failure: 2, unknown: 0 }[record.event.outcome])
    }
  })

  test.each([
    ['authentication', 'login', 300201],
    ['authentication', 'logout', 300202],
    ['token', 'token_refresh', 300299],
    ['account', 'user_create', 300101],
    ['account', 'user_change', 300199],
    ['account', 'user_delete', 300106],
    ['account', 'password_change', 300103],
    ['privilege', 'role_change', 300503],
    ['privilege', 'role_revoke', 300504],
    ['privilege', 'group_add', 300603],
    ['privilege', 'group_remove', 300604],
    ['token', 'api_key_create', 300199],
    ['resource', 'machine_register', 300401],
    ['resource', 'machine_delete', 300404],
    ['session', 'connect', 400701],
    ['session', 'disconnect', 400702],
    ['network', 'tunnel_open', 401401],
    ['network', 'tunnel_close', 401402],
    ['command', 'execute', 100701],
    ['sudo', 'grant', 300301],
    ['sudo', 'sudo', 100701],
    ['file', 'upload', 600601],
    ['file', 'download', 600602],
    ['config', 'audit_delete', 600304],
    ['search', 'search', 600302],
    ['resource', 'restart', 600203],
    ['approval', 'approval.approve', 600399],
  ] as const)('%s %s is %i', async (category, action, type) => {
    const [record] = await hostileRecords()
    if (!record) throw new Error('none')
    const event = { ...record.event, category, action }
    expect(JSON.parse(FORMATS.ocsf.line({ ...record, event }, { version: '1' }))).toMatchObject({ type_uid: type })
  })
})
