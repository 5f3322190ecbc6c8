import type { Link } from '../../domain'
import { DigestBuilder } from './digest-builder'
import { RawTails } from './raw-tails'
import { TextBuilder } from './text-builder'
import { decodeText, type Arrays, type EncodedText, type TextHome } from './text-column'

/** The links of a block by column: the row of each, its relation, and its key in two pieces, see `cut`. */
export type EncodedLinks = { count: number; rows: number; relations: EncodedText; stems: EncodedText; ids: EncodedText }

const NO_ENDS = new Uint32Array(0)

/** Collects links, gives them and begins anew. */
export class LinkBuilder {
  #rows: number[] = []
  readonly #relations = new TextBuilder()
  readonly #stems = new TextBuilder()
  readonly #ids = new TextBuilder()
  readonly #digests = new DigestBuilder()

  /** Rows come in order. */
  add(row: number, links: Link[]): void {
    for (const { key, relation } of links) {
      const at = this.#rows.push(row) - 1
      const [stem, id] = cut(key)
      this.#relations.add(at, relation)
      this.#stems.add(at, stem)
      this.#ids.add(at, id)
    }
  }

  /** Links to companions, whose keys are a stem and an id; those of one block are given in one way. */
  addCompanions(row: number, stem: string, ids: readonly { digest: string; number: number }[]): void {
    for (const { digest, number } of ids) {
      const at = this.#rows.push(row) - 1
      this.#relations.add(at, 'companion')
      this.#stems.add(at, stem)
      this.#digests.add(digest, number)
    }
  }

  finish(arrays: Arrays): EncodedLinks | null {
    const count = this.#rows.length
    const home = { arrays, rows: count, tails: new RawTails(Buffer.alloc(0), NO_ENDS) }
    const relations = this.#relations.finish(home)
    const stems = this.#stems.finish(home)
    const ids = this.#digests.rows > 0 ? this.#digests.finish(arrays) : this.#ids.finish(home)
    const rows = Uint32Array.from(this.#rows)
    this.#rows = []
    return relations && stems && ids ? { count, rows: arrays.push(rows) - 1, relations, stems, ids } : null
  }
}

export type Links = {
  /** Links of a row. */
  of(row: number): Link[] | undefined
  /** Rows that link to a key, and how. */
  to(key: string): { row: number; relation: Link['relation'] }[]
}

export function decodeLinks(encoded: EncodedLinks, home: TextHome): Links {
  const own = { ...home, rows: encoded.count, rawEnds: NO_ENDS }
  const rows = home.array(encoded.rows) as Uint32Array
  const relations = decodeText(encoded.relations, own)
  const stems = decodeText(encoded.stems, own)
  const ids = decodeText(encoded.ids, own)
  const relationAt = (at: number) => relations.at(at) as Link['relation']
  return {
    of(row) {
      const links: Link[] = []
      for (let at = firstOf(rows, row); rows[at] === row; at++) {
        links.push({ key: `${stems.at(at)}${ids.at(at)}`, relation: relationAt(at) })
      }
      return links.length > 0 ? links : undefined
    },
    to(key) {
      const [stem, id] = cut(key)
      const found = ids.rowsWith(id).filter((at) => stems.at(at) === stem)
      return found.map((at) => ({ row: rows[at] ?? 0, relation: relationAt(at) }))
    },
  }
}

/** Any two pieces would do. Cut before the last but one colon, what differs is in the second of most keys. */
function cut(key: string): [stem: string, id: string] {
  const at = key.lastIndexOf(':', key.lastIndexOf(':') - 1) + 1
  return [key.slice(0, at), key.slice(at)]
}

function firstOf(rows: Uint32Array, row: number): number {
  let low = 0
  let high = rows.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((rows[middle] ?? 0) < row) low = middle + 1
    else high = middle
  }
  return low
}
