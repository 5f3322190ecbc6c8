import { createHash, createHmac } from 'node:crypto'
import { isIP } from 'node:net'
import type { ExportMask } from '../../../contract'
import type { StoredRecord } from '../../store'
import { fieldsOf, type Field } from './mask-fields'
import { Pseudonyms } from './pseudonyms'
import { rowTexts, type FieldKinds } from './row-texts'
import { REDACTED, withoutSecrets } from './secrets'

/** Kinds whose values get a name of their own; all others become one and the same. */
const NAMED: ReadonlySet<ExportMask> = new Set(['user', 'target', 'machine', 'ip', 'session', 'tenant', 'client'])
/** Shorter values stand for too much else in a text. */
const LEAST = 2

/** What may be an address; whether it is one is asked of each. */
const ADDRESS = /[0-9a-f:.]{3,60}/gi
const EMAIL = /[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}/g

/** What was replaced, by its place in the record or row; the bytes of a record are `raw`. */
type Originals = [path: string, value: string | Uint8Array][]

export type Masked = { record: StoredRecord; originals: Originals }
export type MaskedRow<Row> = { row: Row; originals: Originals }

/**
 * Takes what masks name out of records. As soon as there is one mask, the record's own bytes, their hash and its key go
 * too: each of them would let a guess be checked.
 */
export class Redactor {
  readonly masks: ReadonlySet<ExportMask>
  readonly #salt: Uint8Array
  readonly #names: Pseudonyms
  #fields = 0

  constructor(masks: Iterable<ExportMask>, salt: Uint8Array) {
    this.masks = new Set(masks)
    this.#salt = salt
    this.#names = new Pseudonyms(salt)
  }

  mask({ event, origin, raw, provenance, offset }: StoredRecord): Masked {
    const copy = structuredClone(event)
    const originals: Originals = []
    this.#maskFields(fieldsOf(copy), originals)
    originals.push(['key', event.key], ['raw', raw])
    copy.key = this.#keyOf(event.key)
    if (copy.links) copy.links = copy.links.map(({ key, relation }) => ({ key: this.#keyOf(key), relation }))
    return { record: { event: copy, origin: this.#origin(origin, originals), raw: Buffer.from(REDACTED), rawSha256: REDACTED, provenance, offset }, originals }
  }

  /** The same of a row of a table: its keys and hashes go, and texts that may tell of what a mask names go whole. */
  maskRow<Row extends object>(row: Row, kinds: FieldKinds): MaskedRow<Row> {
    const copy = structuredClone(row)
    const originals: Originals = []
    const fields: Field[] = []
    const isNaming = [...this.masks].some((mask) => mask !== 'secrets')
    for (const { path, kind, value, put } of rowTexts(copy, kinds)) {
      const field = { path, value, put, kind: null }
      if (kind === 'plain') continue
      if (kind === 'key') this.#put(field, this.#keyOf(value), originals)
      else if (kind === 'who' && isNaming) this.#put(field, this.#names.of('who', value), originals)
      else if (kind === 'words' && isNaming) this.#put(field, REDACTED, originals)
      else fields.push({ ...field, kind: kind === 'who' || kind === 'words' ? null : kind })
    }
    this.#maskFields(fields, originals)
    return { row: copy, originals }
  }

  /** Commitments made so far. */
  get fields(): number {
    return this.#fields
  }

  /** Hex, by the place of each replaced field; `row` counts the rows of the file from 1. */
  commitments({ originals }: Pick<Masked, 'originals'>, row: number): Record<string, string> {
    this.#fields += originals.length
    return Object.fromEntries(originals.map(([path, value]) => [path, commitmentOf(fieldSalt(this.#salt, row, path), value)]))
  }

  #maskFields(fields: readonly Field[], originals: Originals): void {
    const known = new Map<string, string>()
    for (const field of fields) this.#replaceWhole(field, { originals, known })
    const scrub = this.#scrubber(known)
    for (const field of fields) {
      if (field.kind !== null && this.masks.has(field.kind)) continue
      const left = scrub(field.value)
      if (left !== field.value) this.#put(field, left, originals)
    }
  }

  #replaceWhole(field: Field, { originals, known }: { originals: Originals; known: Map<string, string> }): void {
    const { kind, value } = field
    if (kind === null || kind === 'secrets' || !this.masks.has(kind) || value === '') return
    const name = NAMED.has(kind) ? this.#names.of(kind, value) : REDACTED
    if (NAMED.has(kind) && value.length >= LEAST) known.set(value, name)
    this.#put(field, name, originals)
  }

  #put(field: Field, value: string, originals: Originals): void {
    originals.push([field.path, field.value])
    field.put(value)
  }

  /** What was replaced as a field is replaced wherever else the record says it, and what looks like one of its kind. */
  #scrubber(known: ReadonlyMap<string, string>): (text: string) => string {
    const values = [...known.keys()].toSorted((a, b) => b.length - a.length)
    const pattern = values.length === 0 ? null : new RegExp(`(?<![\\p{L}\\p{N}])(?:${values.map(escaped).join('|')})(?![\\p{L}\\p{N}])`, 'gu')
    return (text) => {
      let left = this.masks.has('secrets') ? withoutSecrets(text) : text
      if (pattern) left = left.replace(pattern, (value) => known.get(value) ?? REDACTED)
      if (this.masks.has('user')) left = left.replace(EMAIL, (value) => this.#names.of('user', value))
      if (this.masks.has('ip')) left = left.replace(ADDRESS, (value) => this.#withoutAddress(value))
      return left
    }
  }

  /** An address with the port or the full stop behind it. */
  #withoutAddress(text: string): string {
    const [, address = '', behind = ''] = /^((?:\d+\.){3}\d+|.*?[^.:])((?::\d+)?[.:]*)$/.exec(text) ?? []
    return isIP(address) === 0 ? text : this.#names.of('ip', address) + behind
  }

  #keyOf(key: string): string {
    return this.#names.keyed('event', key)
  }

  #origin(origin: StoredRecord['origin'], originals: Originals): StoredRecord['origin'] {
    if (!this.masks.has('tenant')) return origin
    originals.push(['connection', origin.connection])
    return { ...origin, connection: this.#names.of('connection', origin.connection) }
  }
}

/** The salt of one field of one row: it can be shown without showing those of others. */
export function fieldSalt(salt: Uint8Array, row: number, path: string): Buffer {
  return createHmac('sha256', salt).update(`${row}\n${path}`).digest()
}

/** SHA-256(salt ‖ value), in hex; a text is taken as UTF-8. */
export function commitmentOf(salt: Uint8Array, value: string | Uint8Array): string {
  return createHash('sha256').update(salt).update(value).digest('hex')
}

function escaped(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/]/g, (character) => `\\${character}`)
}
