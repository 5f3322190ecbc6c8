import type { JsonMember, JsonObject, JsonValue } from './value'

export type FlattenOptions = {
  /** Names of members that are left out: their first occurrence only, a repeated one is kept. */
  skip?: ReadonlySet<string>
  /** Values that are not told, and what stands for each. */
  hidden?: ReadonlyMap<JsonValue, string>
}

/** Whoever signs in decides what a request holds: more names than this are counted, not kept. */
const MOST_NAMES = 200
const LONGEST_NAME = 200
/** How many values found no place. */
const BEYOND = 'recount.beyond'

/**
 * Every value of an object by its path: `a.b`, `list.0`. Of repeated names the first keeps the name, further ones are
 * `name#2`, `name#3`; null, empty texts and empty lists are left out.
 */
export function flatten(value: JsonObject, options: FlattenOptions = {}): Record<string, string> {
  const { skip, hidden } = options
  const flat: Record<string, string> = {}
  /** Members before this one were looked at. */
  let at = 0
  let names = 0
  let beyond = 0

  function isSkipped(name: string): boolean {
    return skip !== undefined && skip.has(name) && isAmong(value.members, name, at)
  }

  function put(path: string, text: string): void {
    if (text === '') return
    if (names >= MOST_NAMES) {
      beyond++
      return
    }
    const base = path.length > LONGEST_NAME ? path.slice(0, LONGEST_NAME) : path
    let name = base
    for (let n = 2; isSkipped(name) || Object.hasOwn(flat, name); n++) name = `${base}#${n}`
    define(flat, name, text)
    names++
  }

  function walk(path: string, one: JsonValue): void {
    const instead = hidden?.get(one)
    if (instead !== undefined) return put(path, instead)
    switch (one.kind) {
      case 'string':
      case 'number':
        return put(path, one.text)
      case 'true':
      case 'false':
        return put(path, one.kind)
      case 'array':
        return one.elements.forEach((element, index) => walk(`${path}.${index}`, element))
      case 'object':
        return one.members.forEach((inner) => walk(`${path}.${inner.name}`, inner.value))
      case 'null':
        return
    }
  }

  for (const { name, value: one } of value.members) {
    if (!skip?.has(name) || isSkipped(name)) walk(name, one)
    at++
  }
  if (beyond > 0) define(flat, BEYOND, String(beyond))
  return flat
}

/** Whether one of so many members has this name. */
function isAmong(members: readonly JsonMember[], name: string, count: number): boolean {
  for (let i = 0; i < count; i++) if (members[i]?.name === name) return true
  return false
}

// A server may name a field `__proto__`; defining keeps it a plain own field.
function define(flat: Record<string, string>, name: string, value: string): void {
  if (name !== '__proto__') flat[name] = value
  else Object.defineProperty(flat, name, { value, enumerable: true, configurable: true, writable: true })
}
