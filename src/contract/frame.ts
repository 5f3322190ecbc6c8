// A frame is one buffer: u32 little-endian length of the head, the head as UTF-8 JSON, then the bytes it points into.
// In the head every Uint8Array stands as {"$bytes":[offset,length]}, counted from the end of the head.

type Piece = { $bytes: [offset: number, length: number] }

export function encodeFrame(message: unknown): Uint8Array {
  const pieces: Uint8Array[] = []
  let size = 0
  const head = new TextEncoder().encode(
    // Not the value given: Node's Buffer makes itself an object of numbers before it is seen here.
    JSON.stringify(message, function (this: Record<string, unknown>, key, given: unknown) {
      const value = this[key]
      if (!(value instanceof Uint8Array)) return given
      const piece: Piece = { $bytes: [size, value.length] }
      pieces.push(value)
      size += value.length
      return piece
    }),
  )
  const frame = new Uint8Array(4 + head.length + size)
  new DataView(frame.buffer).setUint32(0, head.length, true)
  frame.set(head, 4)
  let at = 4 + head.length
  for (const piece of pieces) {
    frame.set(piece, at)
    at += piece.length
  }
  return frame
}

/** Throws a RangeError or SyntaxError when the bytes are no frame. The bytes inside the answer are views, not copies. */
export function decodeFrame(frame: Uint8Array): unknown {
  if (frame.length < 4) throw new RangeError('frame shorter than its length field')
  const headLength = new DataView(frame.buffer, frame.byteOffset, 4).getUint32(0, true)
  const bodyStart = 4 + headLength
  if (bodyStart > frame.length) throw new RangeError('frame shorter than its head')
  const head = new TextDecoder().decode(frame.subarray(4, bodyStart))
  return JSON.parse(head, (_key, value: unknown) => {
    if (!isPiece(value)) return value
    const [offset, length] = value.$bytes
    if (!isCount(offset) || !isCount(length) || bodyStart + offset + length > frame.length) {
      throw new RangeError('frame shorter than its bytes')
    }
    return frame.subarray(bodyStart + offset, bodyStart + offset + length)
  })
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && Number(value) >= 0
}

function isPiece(value: unknown): value is Piece {
  return typeof value === 'object' && value !== null && '$bytes' in value && Array.isArray(value.$bytes)
}
