import type { IncomingRecord } from '../../../src/backend/store'
import { BASES, CATEGORIES, OUTCOMES, SEVERITIES, type AuditEvent } from '../../../src/domain'
import type { Random } from '../random'
import { NOW } from './a-store'

export const TEXTS = ['root', 'Root', 'ROOT', 'admin', 'ünïcødé', 'ÜNÏCØDÉ', '日本語', '', ' ', 'a b', 'İstanbul', '\ufffd', 'K', '😀x', 'x*y', 'a?c',
  '10.0.0.1', 'line\nbreak', 'nul\0byte', '\u202egnp.exe', 'Σίσυφος', 'aaa'] as const
export const ADDRESSES = ['10.0.0.1', '10.0.0.200', '10.1.2.3', '192.168.7.7', '255.255.255.255', '2001:db8::1', '2001:db8:1::', 'fe80::1', 'FE80::ABCD',
  'host.example', '', '10.0.0', '999.1.1.1'] as const
export const ATTRIBUTES = ['pid', 'controller', 'entity.id', 'Comments', '__proto__', 'constructor', 'größe'] as const

/** A record with fields of all kinds, many absent; some of its texts are unlike all others. */
export function randomRecord(random: Random, id: string): IncomingRecord {
  const event: Omit<AuditEvent, 'key'> = {
    time: NOW + random.int(random.pick([10, 1000, 86_400_000])) - 50_000,
    sequence: random.int(3),
    timePrecision: random.pick(['s', 'ms', 'us']),
    category: random.pick(CATEGORIES),
    action: random.pick(['login', 'logout', 'sudo', 'role_change']),
    actionRaw: random.pick(TEXTS),
    outcome: random.pick(OUTCOMES),
    outcomeBasis: random.pick(BASES),
    severity: random.pick(SEVERITIES),
    severityBasis: random.pick(BASES),
    repeat: random.chance(0.9) ? 1 : random.pick([2, 5, 0, 999_999_999, 5_000_000_000]),
    attributes: randomAttributes(random),
  }
  if (random.chance(0.1)) event.companion = true
  if (random.chance(0.5)) event.zoneAssumed = true
  putThings(event, random)
  putPlain(event, random)
  const raw = random.chance(0.1) ? random.bytes(random.int(300)) : Buffer.from(`raw ${id} ${random.pick(TEXTS)}`)
  const [instance, stream] = [random.pick(['web-1', 'db', 'ホスト']), random.pick(['auth', 'audit'])]
  return { instance, stream, id, event, raw, offset: random.int(1_000_000) }
}

function putThings(event: Omit<AuditEvent, 'key'>, random: Random): void {
  const thing = () => some(random, { kind: ['host', 'db'], id: TEXTS, name: TEXTS })
  put(event, 'actor', random.chance(0.8) ? some(random, { id: TEXTS, name: TEXTS, email: ['a@b', 'A@B'], kind: ['user', 'token'] }) : {})
  put(event, 'target', random.chance(0.3) ? thing() : {})
  put(event, 'machine', random.chance(0.5) ? thing() : {})
  if (random.chance(0.1)) event.file = { name: random.pick(TEXTS), ...(random.chance(0.5) ? { size: random.int(10_000) } : {}), direction: 'up' }
  if (random.chance(0.05)) {
    event.changes = [{ field: 'role', old: random.pick(TEXTS), newFull: `full ${random.pick(TEXTS)}` }, { field: 'x' }]
  }
  if (random.chance(0.05)) event.links = [{ key: `sshd:web-1:auth:${random.int(100)}`, relation: random.pick(['same', 'companion', 'revision']) }]
}

const PLAIN = ['reason', 'onBehalf', 'session', 'approval', 'userAgent', 'client', 'tenant', 'project', 'output', 'authMethod', 'mfa', 'decision',
  'approver', 'justification', 'scope'] as const

function putPlain(event: Omit<AuditEvent, 'key'>, random: Random): void {
  for (const name of PLAIN) if (random.chance(0.2)) event[name] = random.pick(TEXTS)
  if (random.chance(0.6)) event.ip = random.chance(0.7) ? random.pick(ADDRESSES) : `10.${random.int(256)}.${random.int(256)}.${random.int(256)}`
  // Enough different ones that they are not kept as a list of few values; the others absent.
  if (random.chance(0.7)) event.command = `run ${random.int(1_000_000)}${random.chance(0.05) ? ` Ünlike ${random.pick(TEXTS)}` : ''}`
  if (random.chance(0.2)) event.exitCode = random.pick([0, 1, 127, -1])
  if (random.chance(0.2)) event.durationMs = random.int(600_000)
}

function randomAttributes(random: Random): Record<string, string> {
  const attributes: Record<string, string> = {}
  for (const name of ATTRIBUTES) {
    if (!random.chance(0.3)) continue
    const value = name === 'pid' ? String(random.int(100_000)) : random.pick(TEXTS)
    // Names in another case, but never both in one record.
    const cased = random.chance(0.2) ? name.toUpperCase() : name
    Object.defineProperty(attributes, cased, { value, enumerable: true, configurable: true, writable: true })
  }
  return attributes
}

function some(random: Random, from: Record<string, readonly string[]>): Record<string, string> {
  const picked = Object.entries(from).flatMap(([name, values]) => (random.chance(0.4) ? [[name, random.pick(values)] as const] : []))
  return Object.fromEntries(picked)
}

function put(event: object, name: string, value: Record<string, string>): void {
  if (Object.keys(value).length > 0) Object.assign(event, { [name]: value })
}
