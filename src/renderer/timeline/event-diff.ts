import type { AuditEvent, Change } from '../../domain'

/** Fields of Recount's own book-keeping, which no server changes. */
const OWN = new Set(['key', 'sequence', 'links', 'companion'])

/** What differs between two states of a record, field by field, in the order of the later one. */
export function eventDiff(before: AuditEvent, after: AuditEvent): Change[] {
  const [old, now] = [flat(before), flat(after)]
  const fields = [...new Set([...now.keys(), ...old.keys()])]
  return fields.flatMap((field) => {
    const [a, b] = [old.get(field), now.get(field)]
    if (a === b) return []
    return [{ field, ...(a === undefined ? {} : { old: a }), ...(b === undefined ? {} : { new: b }) }]
  })
}

function flat(event: AuditEvent): Map<string, string> {
  const fields = new Map<string, string>()
  const put = (name: string, value: unknown): void => {
    if (value === undefined || value === null) return
    if (typeof value !== 'object') fields.set(name, typeof value === 'string' ? value : JSON.stringify(value))
    else if (Array.isArray(value)) fields.set(name, JSON.stringify(value))
    else for (const [key, inner] of Object.entries(value)) put(name === 'attributes' ? key : `${name}.${key}`, inner)
  }
  for (const [name, value] of Object.entries(event)) if (!OWN.has(name)) put(name, value)
  return fields
}
