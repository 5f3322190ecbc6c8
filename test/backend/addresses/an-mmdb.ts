// The smallest writer of MaxMind DB files that tests need: https://maxmind.github.io/MaxMind-DB/
import { isIPv4 } from 'node:net'

export type Value = string | number | bigint | boolean | readonly Value[] | { readonly [name: string]: Value } | Double
export type Double = { double: number }
export type DatabaseOptions = { type?: string; ipVersion?: 4 | 6; recordSize?: 24 | 28 | 32; built?: number; description?: Value; metadata?: Record<string, Value> }

type Node = [left: Branch, right: Branch]
type Branch = Node | { at: number } | null

export const double = (value: number): Double => ({ double: value })

/** A database with these values by network, as `192.0.2.0/24`. */
export function anMmdb(networks: Record<string, Value>, options: DatabaseOptions = {}): Buffer {
  const { ipVersion = 6, recordSize = 28 } = options
  const root: Node = [null, null]
  const data: Buffer[] = []
  let at = 0
  for (const [network, value] of Object.entries(networks)) {
    const bytes = encode(value)
    insert(root, bitsOf(network, ipVersion), { at })
    data.push(bytes)
    at += bytes.length
  }
  const nodes = numbered(root)
  const tree = nodes.map((node) => recordsOf(node, nodes, recordSize))
  const metadata = {
    binary_format_major_version: 2,
    binary_format_minor_version: 0,
    build_epoch: BigInt(options.built ?? 1_767_225_600),
    database_type: options.type ?? 'Test-City',
    description: options.description ?? { en: 'Places for tests' },
    ip_version: ipVersion,
    languages: ['en'],
    node_count: nodes.length,
    record_size: recordSize,
    ...options.metadata,
  }
  return Buffer.concat([...tree, Buffer.alloc(16), ...data, Buffer.from('\xab\xcd\xefMaxMind.com', 'latin1'), encode(metadata)])
}

function insert(root: Node, bits: readonly (0 | 1)[], leaf: { at: number }): void {
  let node = root
  for (const [depth, bit] of bits.entries()) {
    if (depth === bits.length - 1) {
      node[bit] = leaf
      return
    }
    const next = node[bit]
    const inner: Node = Array.isArray(next) ? next : [null, null]
    node[bit] = inner
    node = inner
  }
}

/** Version 4 stands under ::/96. */
function bitsOf(network: string, ipVersion: 4 | 6): (0 | 1)[] {
  const [address = '', length = ''] = network.split('/')
  const isFour = isIPv4(address)
  const bytes = isFour ? address.split('.').map(Number) : sixteenBytes(address)
  const bits = bytes.flatMap((byte) => Array.from({ length: 8 }, (_, i): 0 | 1 => ((byte >> (7 - i)) & 1 ? 1 : 0))).slice(0, Number(length))
  return isFour && ipVersion === 6 ? [...Array<0>(96).fill(0), ...bits] : bits
}

function sixteenBytes(address: string): number[] {
  const [left = '', right = ''] = address.split('::')
  const groups = (text: string) => text.split(':').filter(Boolean).map((group) => Number.parseInt(group, 16))
  const [head, tail] = [groups(left), groups(right)]
  const all = [...head, ...Array<number>(8 - head.length - tail.length).fill(0), ...tail]
  return all.flatMap((group) => [group >> 8, group & 0xff])
}

function numbered(root: Node): Node[] {
  const nodes: Node[] = [root]
  for (let at = 0; at < nodes.length; at++) for (const branch of nodes[at] ?? []) if (Array.isArray(branch)) nodes.push(branch)
  return nodes
}

function recordsOf(node: Node, nodes: Node[], recordSize: 24 | 28 | 32): Buffer {
  const [left, right] = node.map((branch) => {
    if (branch === null) return nodes.length
    return Array.isArray(branch) ? nodes.indexOf(branch) : nodes.length + 16 + branch.at
  }) as [number, number]
  const bytes = Buffer.alloc(recordSize / 4)
  if (recordSize === 32) {
    bytes.writeUInt32BE(left, 0)
    bytes.writeUInt32BE(right, 4)
  } else {
    bytes.writeUIntBE(left & 0xff_ffff, 0, 3)
    bytes.writeUIntBE(right & 0xff_ffff, bytes.length - 3, 3)
    if (recordSize === 28) bytes[3] = ((left >> 24) << 4) | (right >> 24)
  }
  return bytes
}

function encode(value: Value): Buffer {
  if (typeof value === 'string') return Buffer.concat([control(2, Buffer.byteLength(value)), Buffer.from(value)])
  if (typeof value === 'boolean') return control(14, value ? 1 : 0)
  if (typeof value === 'bigint') return whole(9, value)
  if (typeof value === 'number') return whole(6, BigInt(value))
  if (isList(value)) return Buffer.concat([control(11, value.length), ...value.map(encode)])
  if (isDouble(value)) {
    const bytes = Buffer.alloc(8)
    bytes.writeDoubleBE(value.double)
    return Buffer.concat([control(3, 8), bytes])
  }
  const entries = Object.entries(value)
  return Buffer.concat([control(7, entries.length), ...entries.flatMap(([name, one]) => [encode(name), encode(one)])])
}

function isList(value: Value): value is readonly Value[] {
  return Array.isArray(value)
}

function isDouble(value: object): value is Double {
  return 'double' in value
}

function whole(type: number, value: bigint): Buffer {
  const hex = value === 0n ? '' : value.toString(16)
  const bytes = Buffer.from(hex.length % 2 === 1 ? `0${hex}` : hex, 'hex')
  return Buffer.concat([control(type, bytes.length), bytes])
}

function control(type: number, size: number): Buffer {
  const extra = size < 29 ? [] : size < 285 ? [size - 29] : [(size - 285) >> 8, (size - 285) & 0xff]
  const first = (type > 7 ? 0 : type << 5) | (size < 29 ? size : size < 285 ? 29 : 30)
  return Buffer.from(type > 7 ? [first, type - 7, ...extra] : [first, ...extra])
}
