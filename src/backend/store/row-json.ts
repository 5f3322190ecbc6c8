import { isAscii, isUtf8 } from 'node:buffer'
import { hash } from 'node:crypto'
import type { Link } from '../../domain'
import type { Block } from './block'
import { blockJson, inJson, type BlockJson } from './block-json'
import type { Cache } from './cache'
import { isCompanion } from './columns'
import { InstantTexts } from './instant-text'

/** Rows of the blocks whose texts are kept at a time: several streams in one view mostly come from a few blocks. */
const KEPT_ROWS = 256 * 1024

type Held = { block: Block; first: number; json: BlockJson; bytes: Buffer; isAscii: boolean; changed: ReadonlySet<number> }
type Place = { held: Held; at: number; row: number }

/** Rows as JSON, written from where they are held without making events of them. Good until anything changes. */
export class RowJson {
  readonly #cache: Cache
  readonly #instants = new InstantTexts()
  /** By block; the first was used least recently. */
  readonly #held = new Map<number, Held>()
  #heldRows = 0
  #last: Held | null = null
  /** JSON strings' insides by connection: of its kind, and of where its rows come from by stream. */
  readonly #kinds = new Map<number, string>()
  readonly #origins = new Map<number, string[]>()

  constructor(cache: Cache) {
    this.#cache = cache
  }

  /** The object that `readStored` of the row gives, its time and its bytes in words: see `eventObject`. */
  of(row: number): string {
    const held = this.#at(row)
    const place = { held, at: row - held.first, row }
    const { block, json } = held
    const { at } = place
    const time = this.#instants.of(block.times[at] ?? 0)
    const key = `${this.#kind(row)}:${json.key(at)}`
    const fields = `,"sequence":${block.sequences[at] ?? 0}${json.fields(at)}${this.#changes(place)}`
    return `{"key":"${key}","time":"${time}"${fields}${this.#linksAndAttributes(place)}${this.#origin(row)}${rawJson(place)}}`
  }

  #changes({ held, at }: Place): string {
    return held.changed.has(at) ? `,"changes":${JSON.stringify(held.block.row(at).changes)}` : ''
  }

  /** What was learned of the row since it came stands last where its record says nothing of the kind. */
  #linksAndAttributes({ held: { block, json }, at, row }: Place): string {
    const { index, facts } = this.#cache
    const own = block.hasLinks ? block.links().of(at) : undefined
    const same = facts.sameAs(row)
    const links = same === undefined ? own : [...(own ?? []), { key: this.#cache.keyOf(same), relation: 'same' } satisfies Link]
    const text = links ? `,"links":${JSON.stringify(links)}` : ''
    const companion = index.isCompanion(row) && !isCompanion(block.flags[at] ?? 0) ? ',"companion":true' : ''
    const attributes = `,"attributes":${json.attributes(at)}`
    return own ? text + attributes + companion : attributes + companion + text
  }

  #kind(row: number): string {
    const { index, holders } = this.#cache
    const owner = index.owners.array[row] ?? 0
    let kind = this.#kinds.get(owner)
    if (kind === undefined) this.#kinds.set(owner, (kind = holders.has(owner) ? inJson(holders.get(owner).kind) : ''))
    return kind
  }

  /** Where several connections hold a row, its own alone says nothing. */
  #origin(row: number): string {
    const { index, facts } = this.#cache
    if (index.coOwners.has(row) || facts.hasEarlier(row)) return this.#originJson(row)
    const owner = index.owners.array[row] ?? 0
    let byStream = this.#origins.get(owner)
    if (byStream === undefined) this.#origins.set(owner, (byStream = []))
    return (byStream[index.streams.at(row)] ??= this.#originJson(row))
  }

  #originJson(row: number): string {
    const { connection, kind, stream } = this.#cache.originOf(row)
    return `,"connection":${JSON.stringify(connection)},"source":${JSON.stringify(kind)},"stream":${JSON.stringify(stream)}`
  }

  #at(row: number): Held {
    const last = this.#last
    if (last && row >= last.first && row < last.first + last.block.rows) return last
    const { blocks } = this.#cache
    const { block: number } = blocks.place(row)
    const held = this.#held.get(number) ?? heldBlock(blocks.at(number), blocks.firstRow(number))
    if (!this.#held.delete(number)) this.#heldRows += held.block.rows
    this.#held.set(number, held)
    for (const [oldest, { block }] of this.#held) {
      if (this.#heldRows <= KEPT_ROWS || oldest === number) break
      this.#held.delete(oldest)
      this.#heldRows -= block.rows
    }
    return (this.#last = held)
  }
}

function heldBlock(block: Block, first: number): Held {
  const { buffer, byteOffset, length } = block.raw()
  const bytes = Buffer.from(buffer, byteOffset, length)
  return { block, first, json: blockJson(block), bytes, isAscii: isAscii(bytes), changed: new Set(block.changeTexts.map(([row]) => row)) }
}

function rawJson({ held: { block, bytes, isAscii }, at }: Place): string {
  const [start, end] = [at === 0 ? 0 : (block.rawEnds[at - 1] ?? 0), block.rawEnds[at] ?? 0]
  const raw = bytes.subarray(start, end)
  const text = bytes.toString(isAscii ? 'latin1' : 'utf8', start, end)
  const base64 = isAscii || isUtf8(raw) ? '' : `,"rawBase64":"${raw.toString('base64')}"`
  return `,"raw":${JSON.stringify(text)}${base64},"rawSha256":"${block.received.get(at) ?? hash('sha256', raw)}"`
}
