import type { Person } from './model'

type Written = { id?: string | undefined; name?: string | undefined; email?: string | undefined }

/** Knows people by any of their names: requests name who decided by one word alone. */
export class People {
  readonly #byAlias = new Map<string, Person>()

  /** Null where nobody is named. */
  of({ id, name, email }: Written): Person | null {
    const [first] = [name, email, id].flatMap((text) => (text === undefined || text.trim() === '' ? [] : [text]))
    if (first === undefined) return null
    const aliases = [name, email, id].flatMap((text) => (text === undefined ? [] : [aliasOf(text)]))
    const known = this.#byAlias.get(aliasOf(first)) ?? { key: aliasOf(first), name: first }
    for (const alias of aliases) if (alias !== '' && !this.#byAlias.has(alias)) this.#byAlias.set(alias, known)
    return known
  }

  /** The person who is called that, by whatever name. */
  named(text: string | undefined): Person | null {
    if (text === undefined || text.trim() === '') return null
    return this.#byAlias.get(aliasOf(text)) ?? { key: aliasOf(text), name: text }
  }
}

function aliasOf(text: string): string {
  return text.trim().toLowerCase()
}
