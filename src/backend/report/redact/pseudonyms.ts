import { createHmac } from 'node:crypto'

/** Numbered pseudonyms of one kind: more would take memory without end. */
const MOST = 100_000

/** Names that stand for values: the same value always has the same one within an export. */
export class Pseudonyms {
  readonly #salt: Uint8Array
  readonly #known = new Map<string, Map<string, string>>()

  constructor(salt: Uint8Array) {
    this.#salt = salt
  }

  /** `«user-3»`: the third user of this export. Past many thousands a keyed hash stands in place of the number. */
  of(kind: string, value: string): string {
    const known = this.#known.get(kind) ?? new Map<string, string>()
    this.#known.set(kind, known)
    const held = known.get(value)
    if (held !== undefined) return held
    if (known.size >= MOST) return this.keyed(kind, value)
    const name = `«${kind}-${known.size + 1}»`
    known.set(value, name)
    return name
  }

  /** The same without anything kept: for what nearly every row has its own of. */
  keyed(kind: string, value: string): string {
    return `«${kind}-${createHmac('sha256', this.#salt).update(`${kind}\n${value}`).digest('hex').slice(0, 16)}»`
  }
}
