/** Where a value stands in its body, in bytes; `end` is exclusive. */
export type Span = { start: number; end: number }

export type JsonString = Span & { kind: 'string'; text: string }
/** The digits as they were written: no size or precision is lost. */
export type JsonNumber = Span & { kind: 'number'; text: string }
export type JsonWord = Span & { kind: 'true' | 'false' | 'null' }
export type JsonArray = Span & { kind: 'array'; elements: JsonValue[] }
/** Members in their order; a repeated name stands here as often as it was written. */
export type JsonObject = Span & { kind: 'object'; members: JsonMember[] }
export type JsonMember = { name: string; value: JsonValue }
export type JsonValue = JsonString | JsonNumber | JsonWord | JsonArray | JsonObject

/** A member by its name, the first where the name is repeated; undefined in anything that is no object. */
export function member(value: JsonValue | undefined, name: string): JsonValue | undefined {
  if (value?.kind !== 'object') return undefined
  for (const one of value.members) if (one.name === name) return one.value
  return undefined
}

/** A string's text, a number's digits, `true` or `false`; undefined for anything else. */
export function text(value: JsonValue | undefined): string | undefined {
  if (value === undefined) return undefined
  if (value.kind === 'string' || value.kind === 'number') return value.text
  return value.kind === 'true' || value.kind === 'false' ? value.kind : undefined
}

const NO_ELEMENTS: readonly JsonValue[] = []

/** What an array holds; nothing for anything else. */
export function elements(value: JsonValue | undefined): readonly JsonValue[] {
  return value?.kind === 'array' ? value.elements : NO_ELEMENTS
}
