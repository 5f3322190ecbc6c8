/** What seal/root.json says: the one thing that is signed. */
export type SealRoot = {
  manifest: string
  tags: Record<string, string>
  events: { size: number; root: string }
  custody: { entries: number; head: string }
  notebook: { title: string }
  sealedAt: string
  sealedBy: string
  version: string
  key: string
}

/** Null where the bytes are no such thing. */
export function readRoot(bytes: Uint8Array | null): SealRoot | null {
  try {
    const value: unknown = JSON.parse(Buffer.from(bytes ?? []).toString('utf8'))
    return isRoot(value) ? value : null
  } catch {
    return null
  }
}

function isRoot(value: unknown): value is SealRoot {
  const all = fields(value)
  const [events, custody, notebook, tags] = ['events', 'custody', 'notebook', 'tags'].map((name) => fields(all.get(name)))
  const texts = [...['manifest', 'sealedAt', 'sealedBy', 'version', 'key'].map((name) => all.get(name)), events?.get('root'), custody?.get('head'), notebook?.get('title'), ...(tags?.values() ?? [])]
  return all.get('format') === 'recount-seal-1' && texts.every((one) => typeof one === 'string') && [events?.get('size'), custody?.get('entries')].every(Number.isSafeInteger)
}

function fields(value: unknown): Map<string, unknown> {
  return new Map(typeof value === 'object' && value !== null ? Object.entries(value) : [])
}
