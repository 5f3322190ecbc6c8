// A container of one JSON head and some typed arrays in one buffer:
// u32 length of the head, the head {head, arrays: [[type, offset, length]]} as UTF-8, then the arrays, each at a multiple
// of 8 bytes from the start of the container. Numbers are little-endian, as on every machine Node runs on.

type Column = Float64Array | Uint32Array | Uint16Array | Uint8Array
export type Parts = { head: unknown; arrays: Column[] }
/** `array` makes the view of one when it is first asked for: small blocks have dozens, of which many are never read. */
export type DecodedParts = { head: unknown; array: (index: number) => Column }

const TYPES = { f64: Float64Array, u32: Uint32Array, u16: Uint16Array, u8: Uint8Array }
type TypeName = keyof typeof TYPES
type Entry = [type: TypeName, offset: number, length: number]

const ALIGN = 8

export function encodeParts(parts: Parts): Uint8Array {
  return encodeDecoded(parts).bytes
}

/** The same, and what the bytes decode to: reading a large head again takes its time. */
export function encodeDecoded(parts: Parts): { bytes: Uint8Array; decoded: DecodedParts } {
  let size = 0
  const entries = parts.arrays.map((array): Entry => {
    const offset = size
    size = roundUp(size + array.byteLength)
    return [typeName(array), offset, array.length]
  })
  const head = Buffer.from(JSON.stringify({ head: parts.head, arrays: entries }))
  const start = roundUp(4 + head.length)
  const bytes = new Uint8Array(start + size)
  new DataView(bytes.buffer).setUint32(0, head.length, true)
  bytes.set(head, 4)
  parts.arrays.forEach((array, i) => {
    const offset = start + (entries[i]?.[1] ?? 0)
    bytes.set(new Uint8Array(array.buffer, array.byteOffset, array.byteLength), offset)
  })
  return { bytes, decoded: { head: parts.head, array: viewsOf(bytes, start, entries) } }
}

/** The arrays are views of `bytes` where its place in memory allows, else of a copy. */
export function decodeParts(bytes: Uint8Array): DecodedParts {
  const aligned = bytes.byteOffset % ALIGN === 0 ? bytes : new Uint8Array(bytes)
  const headLength = new DataView(aligned.buffer, aligned.byteOffset, 4).getUint32(0, true)
  const { head, arrays } = JSON.parse(Buffer.from(aligned.buffer, aligned.byteOffset + 4, headLength).toString()) as {
    head: unknown
    arrays: Entry[]
  }
  return { head, array: viewsOf(aligned, roundUp(4 + headLength), arrays) }
}

/** `start` is where the arrays begin in the bytes. */
function viewsOf({ buffer, byteOffset }: Uint8Array, start: number, entries: Entry[]): DecodedParts['array'] {
  const views: Column[] = []
  const view = (index: number): Column => {
    const entry = entries[index]
    if (!entry) throw new RangeError(`part ${index} of ${entries.length} is missing`)
    const [type, offset, length] = entry
    return new TYPES[type](buffer as ArrayBuffer, byteOffset + start + offset, length)
  }
  return (index) => (views[index] ??= view(index))
}

function typeName(array: Column): TypeName {
  if (array instanceof Float64Array) return 'f64'
  if (array instanceof Uint32Array) return 'u32'
  return array instanceof Uint16Array ? 'u16' : 'u8'
}

function roundUp(size: number): number {
  return Math.ceil(size / ALIGN) * ALIGN
}
