import { rawIn, type Block } from './block'

// A body is kept in two parts: the bytes of the records that were stored from it, in their block, and its frame, which is
// all the rest in order.

/** Records and where they stand in a body. */
type Placed = Pick<Block, 'rows' | 'places' | 'rawEnds' | 'raw'>

/** Rows `from` to `to` of a block, which came in one body. */
export function partOf(block: Placed, from: number, to: number): Placed {
  if (from === 0 && to === block.rows) return block
  const { places, rawEnds, raw } = block
  const start = from === 0 ? 0 : (rawEnds[from - 1] ?? 0)
  return {
    rows: to - from,
    places: places.subarray(from, to),
    rawEnds: rawEnds.subarray(from, to).map((end) => end - start),
    raw: () => raw().subarray(start, rawEnds[to - 1] ?? start),
  }
}

/** The body without the block's records. Throws where a record does not stand where it says. */
export function frameOf(body: Uint8Array, block: Placed): Uint8Array {
  const frame = new Uint8Array(body.length - (block.rawEnds[block.rows - 1] ?? 0))
  const [bytes, raw] = [bufferOf(body), bufferOf(block.raw())]
  let from = 0
  let to = 0
  for (const row of byPlace(block)) {
    const place = block.places[row] ?? 0
    const start = row === 0 ? 0 : (block.rawEnds[row - 1] ?? 0)
    const end = block.rawEnds[row] ?? 0
    const next = place + end - start
    const isThere = place >= from && next <= bytes.length && bytes.compare(raw, start, end, place, next) === 0
    if (!isThere) throw new RangeError(`record ${row} does not stand at byte ${place} of its page`)
    to += bytes.copy(frame, to, from, place)
    from = next
  }
  frame.set(body.subarray(from), to)
  return frame
}

/** The body that `frameOf` took apart. */
export function bodyOf(frame: Uint8Array, block: Placed): Uint8Array {
  const body = new Uint8Array(frame.length + (block.rawEnds[block.rows - 1] ?? 0))
  let from = 0
  let to = 0
  for (const row of byPlace(block)) {
    const raw = rawIn(block, row)
    const place = block.places[row] ?? 0
    body.set(frame.subarray(from, from + place - to), to)
    from += place - to
    body.set(raw, place)
    to = place + raw.length
  }
  body.set(frame.subarray(from), to)
  return body
}

function bufferOf({ buffer, byteOffset, length }: Uint8Array): Buffer {
  return Buffer.from(buffer, byteOffset, length)
}

function byPlace({ rows, places }: Placed): number[] {
  const numbers = Array.from({ length: rows }, (_, row) => row)
  const isInOrder = numbers.every((row) => row === 0 || (places[row - 1] ?? 0) <= (places[row] ?? 0))
  return isInOrder ? numbers : numbers.toSorted((a, b) => (places[a] ?? 0) - (places[b] ?? 0))
}
