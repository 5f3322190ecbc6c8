import type { ExportMask } from '../../../contract'
import type { AuditEvent } from '../../../domain'

/** A text of a record: where it stands, what it is, and how to put another in its place. */
export type Field = { path: string; kind: ExportMask | null; value: string; put: (value: string) => void }

type Plain = { [Name in keyof AuditEvent]-?: NonNullable<AuditEvent[Name]> extends string ? Name : never }[keyof AuditEvent]

const PLAIN: readonly (readonly [name: Plain, kind: ExportMask | null])[] = [
  ['actionRaw', null],
  ['reason', 'text'],
  ['onBehalf', 'user'],
  ['session', 'session'],
  ['approval', 'session'],
  ['ip', 'ip'],
  ['userAgent', 'client'],
  ['client', 'client'],
  ['tenant', 'tenant'],
  ['project', 'tenant'],
  ['command', 'command'],
  ['output', 'command'],
  ['approver', 'user'],
  ['justification', 'text'],
  ['scope', 'text'],
]

/** Every text of a copy of a record that a mask may touch. Putting a value changes that copy. */
export function fieldsOf(event: AuditEvent): Field[] {
  const fields: Field[] = []
  for (const [name, kind] of PLAIN) {
    const value = event[name]
    if (value !== undefined) fields.push({ path: name, kind, value, put: (next) => Object.assign(event, { [name]: next }) })
  }
  const { actor, target, machine, file, changes, attributes } = event
  const groups: [path: string, kind: ExportMask, holder: object | undefined, names: readonly string[]][] = [
    ['actor', 'user', actor, ['id', 'name', 'email']],
    ['target', target?.kind === 'user' ? 'user' : 'target', target, ['id', 'name']],
    ['machine', 'machine', machine, ['id', 'name']],
    ['file', 'text', file, ['name']],
    ['attributes', 'text', attributes, Object.keys(attributes)],
  ]
  for (const [at, change] of (changes ?? []).entries()) groups.push([`changes.${at}`, 'text', change, ['old', 'new', 'oldFull', 'newFull']])
  for (const [path, kind, holder, names] of groups) {
    for (const name of names) {
      const value: unknown = holder && Object.getOwnPropertyDescriptor(holder, name)?.value
      if (holder === undefined || typeof value !== 'string') continue
      const put = (next: string) => Object.defineProperty(holder, name, { value: next, enumerable: true, configurable: true, writable: true })
      fields.push({ path: `${path}.${name}`, kind, value, put })
    }
  }
  return fields
}
