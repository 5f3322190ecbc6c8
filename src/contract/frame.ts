// A frame is one buffer: u32 little-endian length of the head, the head as UTF-8 JSON, then the bytes it points into.
// In the head every Uint8Array stands as {"$bytes":[offset,length]}, counted from the end of the head; every other array of
// `TYPES` as {"$bytes":[offset,length,type]}, its bytes little-endian.

const TYPES = { Float64Array, Uint32Array, Int32Array, Uint16Array } as const
type TypeName = keyof typeof TYPES
type Piece = { $bytes: [offset: number, length: number, type?: TypeName] }

export function encodeFrame(message: unknown): Uint8Array {
  const pieces: Uint8Array[] = []
  let size = 0
  const head = new TextEncoder().encode(
    // Not the value given: Node's Buffer makes itself an object of numbers before it is seen here.
    JSON.stringify(message, function (this: Record<string, unknown>, key, given: unknown) {
      const value = this[key]
      const name = nameOf(value)
      if (!(value instanceof Uint8Array) && name === undefined) return given
      const { buffer, byteOffset, byteLength } = value as ArrayBufferView<ArrayBuffer>
      const piece: Piece = { $bytes: name === undefined ? [size, byteLength] : [size, byteLength, name] }
      pieces.push(new Uint8Array(buffer, byteOffset, byteLength))
      size += byteLength
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

/** Throws a RangeError or SyntaxError when the bytes are no frame. Uint8Arrays inside the answer are views, other arrays are copies. */
export function decodeFrame(frame: Uint8Array): unknown {
  if (frame.length < 4) throw new RangeError('frame shorter than its length field')
  const headLength = new DataView(frame.buffer, frame.byteOffset, 4).getUint32(0, true)
  const bodyStart = 4 + headLength
  if (bodyStart > frame.length) throw new RangeError('frame shorter than its head')
  const head = new TextDecoder().decode(frame.subarray(4, bodyStart))
  return JSON.parse(head, (_key, value: unknown) => {
    if (!isPiece(value)) return value
    const [offset, length, name] = value.$bytes
    if (!isCount(offset) || !isCount(length) || bodyStart + offset + length > frame.length) {
      throw new RangeError('frame shorter than its bytes')
    }
    const bytes = frame.subarray(bodyStart + offset, bodyStart + offset + length)
    if (name === undefined) return bytes
    if (!Object.hasOwn(TYPES, name)) throw new RangeError(`an array of the unknown type ${name}`)
    // Copied, because the place in the frame need not be aligned. Throws where the length is no multiple of an element.
    return new TYPES[name](bytes.slice().buffer)
  })
}

function nameOf(value: unknown): TypeName | undefined {
  for (const name of Object.keys(TYPES) as TypeName[]) if (value instanceof TYPES[name]) return name
  return undefined
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && Number(value) >= 0
}

function isPiece(value: unknown): value is Piece {
  return typeof value === 'object' && value !== null && '$bytes' in value && Array.isArray(value.$bytes)
}
