import { isIP } from 'node:net'
import { describe, expect, test } from 'vitest'
import { FORMATS } from '../../../src/backend/report'
import type { AuditEvent } from '../../../src/domain'
import type { StoredRecord } from '../../../src/backend/store'
import { hostileRecords } from './hostile-events'
import { BASE, CLASSES, OBJECTS, type ClassShape, type Shape } from './ocsf-tables'

type Json = Record<string, unknown>
const isObject = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value)
const objectOf = (value: unknown): Json => (isObject(value) ? value : {})

/** What a value of each of the schema's types is; times are milliseconds. */
const TYPES: Readonly<Record<string, (value: unknown) => boolean>> = {
  string: (value) => typeof value === 'string',
  boolean: (value) => typeof value === 'boolean',
  integer: Number.isSafeInteger,
  long: Number.isSafeInteger,
  timestamp: Number.isSafeInteger,
  ip: (value) => typeof value === 'string' && value.length <= 40 && isIP(value) !== 0,
  email: (value) => typeof value === 'string' && /^[\w!#$%&'*+,./=?^`{|}~-]+@[a-z\d-]+\.[a-z\d.-]+$/i.test(value),
  anything: isObject,
}

function typeFaults(at: string, value: unknown, type: Shape['attributes'][string]): string[] {
  if (typeof type !== 'string') {
    return Array.isArray(value) ? value.flatMap((one) => typeFaults(at, one, type[0])) : [`${at} is no array`]
  }
  const shape = OBJECTS[type]
  if (shape) return isObject(value) ? shapeFaults(at, value, shape) : [`${at} is no ${type}`]
  return TYPES[type]?.(value) ? [] : [`${at} is no ${type}`]
}

/** A number is one of its enumeration, and its name beside it says the same, unless the number is that of others. */
function enumFaults(at: string, value: Json, [id, captions]: [string, Readonly<Record<number, string>>]): string[] {
  const number = value[id]
  if (number === undefined) return []
  const caption = captions[Number(number)]
  if (caption === undefined) return [`${at}.${id} is ${JSON.stringify(number)}`]
  const named = value[id === 'activity_id' ? 'activity_name' : id.slice(0, -'_id'.length)]
  return named === undefined || number === 99 || named === caption ? [] : [`${at}.${id} is ${caption}, not ${JSON.stringify(named)}`]
}

function shapeFaults(at: string, value: Json, { attributes, required = [], atLeastOne, justOne, enums = {} }: Shape): string[] {
  const held = (names: readonly string[]) => names.filter((name) => value[name] !== undefined).length
  const faults = required.filter((name) => value[name] === undefined).map((name) => `${at} lacks ${name}`)
  if (atLeastOne && held(atLeastOne) === 0) faults.push(`${at} has none of ${atLeastOne.join(', ')}`)
  if (justOne && held(justOne) !== 1) faults.push(`${at} has not one of ${justOne.join(', ')}`)
  for (const [name, one] of Object.entries(value)) {
    const type = Object.hasOwn(attributes, name) ? attributes[name] : undefined
    faults.push(...(type === undefined ? [`${at} has no attribute ${name}`] : typeFaults(`${at}.${name}`, one, type)))
  }
  for (const one of Object.entries(enums)) faults.push(...enumFaults(at, value, one))
  return faults
}

function profileFaults(at: string, event: Json, { profiles = {} }: ClassShape): string[] {
  const declared = objectOf(event['metadata'])['profiles'] ?? []
  const used = Object.entries(profiles).flatMap(([profile, names]) => (names.some((name) => event[name] !== undefined) ? [profile] : []))
  return JSON.stringify(declared) === JSON.stringify(used) ? [] : [`${at} has profiles ${used.join(', ')}, says ${JSON.stringify(declared)}`]
}

function eventFaults(event: Json): string[] {
  const uid = Number(event['class_uid'])
  const shape = CLASSES[uid]
  if (!shape) return [`class ${uid} is unknown`]
  const activity = Number(event['activity_id'])
  const [categoryUid, categoryName] = shape.category
  const said = { class_name: shape.name, category_uid: categoryUid, category_name: categoryName, type_uid: uid * 100 + activity, type_name: `${shape.name}: ${shape.activities[activity]}` }
  const whole: Shape = {
    ...shape,
    attributes: { ...BASE.attributes, ...shape.attributes },
    required: [...(BASE.required ?? []), ...(shape.required ?? [])],
    enums: { ...BASE.enums, ...shape.enums, activity_id: shape.activities },
  }
  return [
    ...shapeFaults(String(uid), event, whole),
    ...profileFaults(String(uid), event, shape),
    ...Object.entries(said).flatMap(([name, expected]) => (event[name] === expected ? [] : [`${uid}.${name} is ${String(event[name])}`])),
  ]
}

const write = (record: StoredRecord) => JSON.parse(FORMATS.ocsf.line(record, { version: '1.2.3' })) as Json
const records = await hostileRecords()
const written = records.map((record) => ({ record, event: write(record) }))

function eventOf(fields: Partial<AuditEvent>): Json {
  const [record] = records
  if (!record) throw new Error('none')
  return write({ ...record, event: { ...record.event, ...fields } })
}

function writtenOf(uid: number): Json {
  const found = written.find(({ event }) => event['class_uid'] === uid)
  if (!found) throw new Error(`no event of class ${uid}`)
  return found.event
}

describe('OCSF 1.8.0', () => {
  test('every class has what it requires, values of its types and enumerations, and nothing it does not know', () => {
    for (const { record, event } of written) expect(eventFaults(event), `${record.event.category} ${record.event.action}`).toEqual([])
    expect([...new Set(written.map(({ event }) => Number(event['class_uid'])))].toSorted((a, b) => a - b)).toEqual(Object.keys(CLASSES).map(Number))
  })

  test.each([
    { what: 'a missing attribute', uid: 3005, changed: { privileges: undefined }, faults: ['3005 lacks privileges'] },
    { what: 'an unknown attribute', uid: 3005, changed: { resource: {} }, faults: ['3005 has no attribute resource'] },
    { what: 'text for a number', uid: 1007, changed: { exit_code: '0' }, faults: ['1007.exit_code is no integer'] },
    { what: 'an activity of a later version', uid: 3005, changed: { activity_id: 3, type_uid: 300503, type_name: 'User Access Management: undefined' }, faults: ['3005.activity_id is 3'] },
    { what: 'a type of another activity', uid: 6003, changed: { type_uid: 600305 }, faults: ['6003.type_uid is 600305'] },
    { what: 'a name beside another number', uid: 6003, changed: { severity_id: 4, severity: 'Low' }, faults: ['6003.severity_id is High, not "Low"'] },
    { what: 'a host for an address', uid: 6003, changed: { src_endpoint: { ip: 'a.example' } }, faults: ['6003.src_endpoint.ip is no ip'] },
    { what: 'an endpoint without a name', uid: 6003, changed: { src_endpoint: {} }, faults: ['6003.src_endpoint has none of ip, uid, name, hostname, instance_uid, interface_uid, interface_name, svc_name, domain'] },
    { what: 'one thing where there are several', uid: 6003, changed: { resources: { name: 'a' } }, faults: ['6003.resources is no array'] },
    { what: 'privileges and a group', uid: 3003, changed: { group: { name: 'a' } }, faults: ['3003 has not one of privileges, group'] },
    { what: 'a profile that is not said', uid: 6002, changed: { metadata: { product: { name: 'a' }, version: '1.8.0' } }, faults: ['6002 has profiles host, says []'] },
  ])('would not pass $what', ({ uid, changed, faults }) => {
    expect(eventFaults(JSON.parse(JSON.stringify({ ...writtenOf(uid), ...changed })) as Json)).toEqual(faults)
  })

  test('the record stands in it whole', () => {
    for (const { record, event } of written) {
      expect(event).toMatchObject({ time: record.event.time, metadata: { version: '1.8.0', uid: record.event.key, log_provider: 'sshd' }, raw_data: Buffer.from(record.raw).toString() })
      expect(event['count']).toBe(record.event.repeat > 1 ? record.event.repeat : undefined)
      expect(event['status_id']).toBe({ success: 1, failure: 2, unknown: 0 }[record.event.outcome])
    }
  })

  test('an address of mail that the schema cannot hold is told beside it', () => {
    const [good, bad] = ['ada@a.example', 'ada at a'].map((email) => eventOf({ category: 'other', action: 'read', actor: { id: 'u1', email } }))
    expect(good).toMatchObject({ actor: { user: { uid: 'u1', email_addr: 'ada@a.example' } } })
    expect(bad?.['actor']).not.toMatchObject({ user: { email_addr: expect.anything() } })
    expect(bad).toMatchObject({ unmapped: { recount: { actor_email: 'ada at a' } } })
  })

  test('what is no address that the schema can hold is a host', () => {
    const source = (ip: string) => eventOf({ category: 'other', action: 'read', ip })['src_endpoint']
    expect(source('fe80::1%eth0')).toEqual({ ip: 'fe80::1%eth0' })
    expect(source('a.example')).toEqual({ hostname: 'a.example' })
    expect(source(`fe80::1%${'e'.repeat(40)}`)).toEqual({ hostname: `fe80::1%${'e'.repeat(40)}` })
  })

  test('who came into a group is its user, and who did it the actor', () => {
    const target = { kind: 'user', name: 'eve' }
    const added = eventOf({ category: 'privilege', action: 'group_add', target, actor: { name: 'root' }, attributes: { group: 'sudo' } })
    expect(added).toMatchObject({ type_uid: 300603, group: { name: 'sudo' }, user: { name: 'eve' }, actor: { user: { name: 'root' } } })
    const made = eventOf({ category: 'account', action: 'group_create', target: { kind: 'group', name: 'staff' }, attributes: {} })
    expect(made).toMatchObject({ type_uid: 300606, group: { name: 'staff' } })
    expect(made['user']).toBeUndefined()
  })

  test('a change to what is no person is told of whoever made it', () => {
    const target = { kind: 'api_key', name: 'key-1' }
    expect(eventOf({ category: 'token', action: 'api_key_create', target, actor: { name: 'ada' } })).toMatchObject({ user: { name: 'ada' }, unmapped: { recount: { target } } })
    expect(eventOf({ category: 'resource', action: 'update', target })).toMatchObject({ entity: { name: 'key-1', type_id: 99, type: 'api_key' } })
    expect(eventOf({ category: 'resource', action: 'update', target: { kind: 'host', id: 'h' } })).toMatchObject({ entity: { uid: 'h', type_id: 1, type: 'Device', device: { uid: 'h' } } })
  })

  test.each([
    ['authentication', 'login', 300201],
    ['authentication', 'logout', 300202],
    ['token', 'token_refresh', 300299],
    ['account', 'user_create', 300101],
    ['account', 'user_change', 300199],
    ['account', 'user_delete', 300106],
    ['account', 'password_change', 300103],
    ['account', 'user_lock', 300109],
    ['account', 'user_unlock', 300112],
    ['account', 'group_change', 300699],
    ['privilege', 'role_change', 300501],
    ['privilege', 'role_revoke', 300502],
    ['privilege', 'group_add', 300603],
    ['privilege', 'group_remove', 300604],
    ['token', 'api_key_create', 300199],
    ['resource', 'machine_register', 300401],
    ['resource', 'machine_delete', 300404],
    ['resource', 'device_unenroll', 300407],
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
    ['resource', 'start', 600203],
    ['resource', 'restart', 600205],
    ['approval', 'approval.approve', 600399],
  ] as const)('%s %s is %i', (category, action, type) => {
    const event = eventOf({ category, action })
    expect(event).toMatchObject({ type_uid: type })
    expect(eventFaults(event)).toEqual([])
  })
})
