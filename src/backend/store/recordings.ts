import type { RecordingRow } from '../../contract'
import type { Instant } from '../../domain'
import type { RecordingFacts } from './door'

type Known = { facts: RecordingFacts; isHeld: boolean }

/** What is known of recordings, by the connection that lists them or brought their bytes. */
export class Recordings {
  readonly #byHolder = new Map<number, Map<string, Known>>()
  readonly #reveals = new Map<string, Instant[]>()

  /** `held`: their bytes are, from now on. */
  keep(holder: number, recordings: readonly RecordingFacts[], held: boolean): void {
    const known = this.#byHolder.get(holder) ?? new Map<string, Known>()
    this.#byHolder.set(holder, known)
    for (const facts of recordings) {
      const before = known.get(facts.id)
      const isKept = before?.isHeld === true && !held
      known.set(facts.id, isKept ? { facts: relisted(before.facts, facts), isHeld: true } : { facts, isHeld: held })
    }
  }

  /** Answers how many were known. */
  forget(holder: number): number {
    const size = this.#byHolder.get(holder)?.size ?? 0
    this.#byHolder.delete(holder)
    return size
  }

  of(holder: number): Known[] {
    return [...(this.#byHolder.get(holder)?.values() ?? [])]
  }

  reveal(id: string, at: Instant): void {
    this.#reveals.set(id, [...this.revealsOf(id), at])
  }

  revealsOf(id: string): readonly Instant[] {
    return this.#reveals.get(id) ?? []
  }

  /** When what was typed was looked at, by recording: also of recordings that are wiped, as nobody can take it back. */
  reveals(): [string, Instant][] {
    return [...this.#reveals].flatMap(([id, times]) => times.map((at): [string, Instant] => [id, at]))
  }

  /** Hashes of the files of all that are held. */
  files(): Set<string> {
    const hashes = new Set<string>()
    for (const known of this.#byHolder.values()) {
      for (const { facts, isHeld } of known.values()) {
        if (isHeld) for (const { sha256 } of facts.files) hashes.add(sha256)
      }
    }
    return hashes
  }

  /** Each once, though several connections know it: see `isAhead`. `nameOf` is null for those not shown. */
  rows(nameOf: (holder: number) => string | null): RecordingRow[] {
    const found = new Map<string, RecordingRow>()
    for (const [holder, known] of this.#byHolder) {
      const connection = nameOf(holder)
      if (connection === null) continue
      for (const [id, { facts, isHeld }] of known) {
        const before = found.get(id)
        if (!before || isAhead({ connection, isHeld }, before)) found.set(id, { ...facts, connection, isHeld })
      }
    }
    return [...found.values()].toSorted(byStart)
  }

  row(id: string, nameOf: (holder: number) => string | null): RecordingRow | null {
    let found: RecordingRow | null = null
    for (const [holder, all] of this.#byHolder) {
      const known = all.get(id)
      const connection = known ? nameOf(holder) : null
      if (!known || connection === null) continue
      const { facts, isHeld } = known
      if (!found || isAhead({ connection, isHeld }, found)) found = { ...facts, connection, isHeld }
    }
    return found
  }
}

type Knower = Pick<RecordingRow, 'connection' | 'isHeld'>

/** Of two connections that know a recording, it is told as that of the one that holds it, and else by name. */
function isAhead(one: Knower, other: Knower): boolean {
  return one.isHeld === other.isHeld ? one.connection < other.connection : one.isHeld
}

/** A list names again what is held: what it does not say stays as the bytes said. */
function relisted(held: RecordingFacts, listed: RecordingFacts): RecordingFacts {
  const said = Object.entries(listed).filter(([, value]) => value !== null)
  const { format, sha256, files, size, fetchedAt, start, startPrecision } = held
  const began = start === null ? {} : { start, startPrecision }
  return { ...held, ...Object.fromEntries(said), format, sha256, files, size, fetchedAt, ...began }
}

/** Newest first; those of unknown start last. */
function byStart(a: RecordingRow, b: RecordingRow): number {
  if (a.start !== b.start) return (b.start ?? -Infinity) - (a.start ?? -Infinity)
  return a.id < b.id ? -1 : 1
}
