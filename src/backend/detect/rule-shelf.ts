import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { LONGEST_FILE, type RuleFile } from './sigma'

/** Files of rules that are kept, and bytes of all of them. */
export const MOST_FILES = 5000
const MOST_BYTES = 64 * 2 ** 20

export type NamedText = { name: string; text: string }

/** Names that a folder takes on every system; the page may name a file and never place it. */
const NAME = /^[\p{L}\p{N}_][\p{L}\p{N} ._()+-]{0,150}\.ya?ml$/u

/** Files of rules that people added, in a folder of the workspace. */
export class RuleShelf {
  readonly #folder: string
  #sizes: Map<string, number> | null = null
  /** Changes with every change of the files. */
  version = 0

  constructor(folder: string) {
    this.#folder = folder
  }

  names(): string[] {
    return [...this.#known().keys()].toSorted()
  }

  isEmpty(): boolean {
    return this.#known().size === 0
  }

  /** One file; null where it is gone or cannot be read. */
  read(name: string): RuleFile | null {
    if (!this.#known().has(name)) return null
    try {
      return { place: name, text: readFileSync(join(this.#folder, name), 'utf8') }
    } catch {
      return null
    }
  }

  /** Why files cannot be taken; null where they can. */
  refusal(files: readonly NamedText[]): string | null {
    const bad = files.find(({ name }) => !NAME.test(name))
    if (bad) return `A file of rules cannot be named ${bad.name}: letters, digits, spaces and . _ - ( ) + are taken, and the end .yml or .yaml.`
    const large = files.find(({ text }) => text.length > LONGEST_FILE)
    if (large) return `${large.name} is larger than ${LONGEST_FILE} characters.`
    const sizes = new Map(this.#known())
    for (const { name, text } of files) sizes.set(name, Buffer.byteLength(text))
    if (sizes.size > MOST_FILES) return `A workspace keeps ${MOST_FILES} files of rules; some have to be removed first.`
    return [...sizes.values()].reduce((a, b) => a + b, 0) > MOST_BYTES ? 'The files of rules are larger than 64 MiB together.' : null
  }

  /** Each takes the place of a file of that name. All of them are there whole, or none. */
  add(files: readonly NamedText[]): void {
    mkdirSync(this.#folder, { recursive: true, mode: 0o700 })
    const known = this.#known()
    // Of two with one name the last.
    const texts = new Map(files.map(({ name, text }) => [name, text]))
    const beside = (name: string) => join(this.#folder, `${name}.new`)
    try {
      for (const [name, text] of texts) writeFileSync(beside(name), text, { mode: 0o600, flush: true })
    } catch (error) {
      for (const name of texts.keys()) rmSync(beside(name), { force: true })
      throw error
    }
    for (const [name, text] of texts) {
      renameSync(beside(name), join(this.#folder, name))
      known.set(name, Buffer.byteLength(text))
    }
    this.version++
  }

  /** Whether there was one. */
  remove(name: string): boolean {
    if (!this.#known().delete(name)) return false
    rmSync(join(this.#folder, name), { force: true })
    this.version++
    return true
  }

  #known(): Map<string, number> {
    if (this.#sizes) return this.#sizes
    this.#sizes = new Map(listed(this.#folder).slice(0, MOST_FILES))
    return this.#sizes
  }
}

function listed(folder: string): [string, number][] {
  try {
    const entries = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isFile() && NAME.test(entry.name))
    return entries.map(({ name }): [string, number] => [name, statSync(join(folder, name)).size])
  } catch {
    // No folder, no rules.
    return []
  }
}
