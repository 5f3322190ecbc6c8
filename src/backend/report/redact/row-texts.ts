import type { ExportMask } from '../../../contract'

/**
 * What a text of a row is. `key`: an id or hash that would let a guess be checked; `who`: what may be a name of any kind;
 * `words`: text that may tell of anything; `plain`: a word of this program, which is never touched.
 */
type FieldKind = ExportMask | 'key' | 'who' | 'words' | 'plain'

/** By the place in the row, with `*` for any place in a list. What has no line is taken for `words`: no new field leaks. */
export type FieldKinds = Readonly<Record<string, FieldKind>>

type RowText = { path: string; kind: FieldKind; value: string; put: (value: string) => void }

/** Every text of a copy of a row. Putting a value changes that copy. */
export function* rowTexts(holder: object, kinds: FieldKinds, at: { path: string; place: string } = { path: '', place: '' }): Generator<RowText> {
  for (const [name, value] of Object.entries(holder) as [string, unknown][]) {
    const path = at.path + name
    const place = at.place + (Array.isArray(holder) ? '*' : name)
    if (typeof value === 'object' && value !== null) yield* rowTexts(value, kinds, { path: `${path}.`, place: `${place}.` })
    if (typeof value !== 'string' || value === '') continue
    const put = (next: string) => Object.defineProperty(holder, name, { value: next, enumerable: true, configurable: true, writable: true })
    yield { path, kind: kinds[place] ?? 'words', value, put }
  }
}

/** The lines of a row that stands inside another one. */
export function kindsUnder(place: string, kinds: FieldKinds): FieldKinds {
  return Object.fromEntries(Object.entries(kinds).map(([name, kind]) => [`${place}.${name}`, kind]))
}
