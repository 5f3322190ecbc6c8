import { CATEGORIES, type AuditEvent } from '../../../src/domain'
import { Random } from '../random'
import { add, ALL, event, writable } from '../store/a-store'
import { tempFolder } from '../temp-folder'

/** What a format could take for its own signs. */
export const HOSTILE = ['a|b', 'a\\b', 'a=b', 'a"b]c', 'line\r\nbreak\nand\rmore', '\0\x1b[31m\x7f', '«»', '\u202e', '\ud800x', '{"a":1}', '\ufeffx', "it's, \"quoted\"", '\\n', '\\', ']', '=1+1', ' lead and trail ', '日本 🙂']

const ACTIONS = ['login', 'login_limit', 'logout', 'verify_otp', 'tenant_select', 'token_refresh', 'signup', 'user_create', 'user_change', 'user_delete', 'password_change', 'organization_create',
  'organization_delete', 'group_create', 'group_add', 'group_remove', 'group_delete', 'group_switch', 'role_change', 'role_revoke', 'machine_register', 'machine_delete', 'connect', 'disconnect', 'session',
  'session_open', 'session_close', 'execute', 'sudo', 'grant', 'search', 'api_key_create', 'audit_delete', 'approval.approve', 'tunnel_open', 'tunnel_close', 'tunnel', 'upload', 'download', 'rename', 'copy',
  'start', 'restart', 'stop', 'install', 'uninstall', 'move', 'enroll', 'state_change', 'read', 'create', '']

/** Every category with every action, each field there or not, and hostile texts in them. */
export async function hostileRecords() {
  const random = new Random(7)
  const text = () => random.pick(HOSTILE)
  const maybe = <T>(make: () => T): T | undefined => (random.int(3) > 0 ? make() : undefined)
  const made = CATEGORIES.flatMap((category) => ACTIONS.map((action) => ({ category, action })))
  const incoming = made.map(({ category, action }, i) => {
    const fields: Partial<AuditEvent> = {
      category,
      action,
      actionRaw: random.pick([action, text()]),
      outcome: random.pick(['success', 'failure', 'unknown'] as const),
      severity: random.pick(['info', 'warning', 'critical'] as const),
      repeat: random.pick([1, 1, 5]),
      attributes: Object.fromEntries([['message', text()], ['__proto__', text()], ['a.b', text()]].filter(() => random.int(2) > 0)),
    }
    const optional: { [Name in keyof AuditEvent]?: AuditEvent[Name] | undefined } = {
      reason: maybe(text),
      actor: maybe(() => ({ ...(random.int(2) > 0 ? { name: text() } : {}), ...(random.int(2) > 0 ? { id: text() } : {}), email: random.pick([...HOSTILE, 'ada@a.example']), kind: random.pick(['user', 'service', 'token', 'agent', 'system'] as const) })),
      onBehalf: maybe(text),
      target: maybe(() => ({ kind: random.pick(['user', 'host', 'group']), ...(random.int(2) > 0 ? { name: text() } : {}), ...(random.int(2) > 0 ? { id: text() } : {}) })),
      machine: maybe(() => ({ kind: 'machine', name: text(), id: text() })),
      session: maybe(text),
      approval: maybe(text),
      ip: maybe(() => random.pick(['10.0.0.1', '2001:db8::1', 'a.example', text()])),
      userAgent: maybe(text),
      client: maybe(text),
      tenant: maybe(text),
      project: maybe(text),
      command: maybe(text),
      exitCode: maybe(() => random.int(3)),
      durationMs: maybe(() => random.int(10_000)),
      authMethod: maybe(() => random.pick(['password', 'publickey', 'keyboard-interactive/pam', text()])),
      mfa: maybe(() => random.pick(['true', 'no', 'otp'])),
      file: maybe(() => ({ name: text(), size: random.int(9999), direction: 'up' })),
      decision: maybe(text),
      approver: maybe(text),
      justification: maybe(text),
      scope: maybe(text),
      changes: maybe(() => [{ field: text(), old: text(), new: text() }]),
    }
    const held = Object.fromEntries(Object.entries(optional).filter(([, value]) => value !== undefined))
    return { instance: 'web-1', stream: 'auth', id: `id-${i}`, event: event({ ...fields, ...held }), raw: Buffer.from(text()), offset: 0 }
  })
  const store = await writable(tempFolder())
  add(store, incoming)
  return store.records(ALL, 0, incoming.length)
}
