type Written = { id?: string | undefined; name?: string | undefined }

/** Knows machines by id or name, whichever a row has. */
export class Places {
  readonly #byAlias = new Map<string, string>()

  /** Null where no machine is named. */
  of({ id, name }: Written): string | null {
    const byId = id === undefined || id === '' ? null : `id ${id.toLowerCase()}`
    const byName = name === undefined || name === '' ? null : `name ${name.toLowerCase()}`
    if (byId === null) return byName === null ? null : (this.#byAlias.get(byName) ?? byName)
    if (byName !== null && !this.#byAlias.has(byName)) this.#byAlias.set(byName, byId)
    return byId
  }
}
