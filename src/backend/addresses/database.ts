import { isIP } from 'node:net'
import { Reader } from 'mmdb-lib'
import { BackendFault, type AddressDatabase, type AddressPlace } from '../../contract'
import { isMap, placeOf } from './place'

// https://maxmind.github.io/MaxMind-DB/
const MARKER = Buffer.from('\xab\xcd\xefMaxMind.com', 'latin1')
/** The metadata begins within so many bytes of the end. */
const METADATA = 128 * 1024
/** Bytes between the tree and the data. */
const SEPARATOR = 16
/** Values kept from one look to the next. */
const MOST_KEPT = 20_000
const MOST_TEXT = 1000

const EXPECTED = 'Expected a MaxMind DB file (.mmdb) with countries, cities or networks of addresses, unpacked.'

export type OpenedDatabase = {
  about: AddressDatabase
  /** What the database says of an address; null where that is nothing, and for a text that is no address. */
  place(address: string): AddressPlace | null
}

/** Throws `nothing-readable` for what is no such file. */
export function openDatabase(name: string, bytes: Buffer): OpenedDatabase {
  if (bytes.lastIndexOf(MARKER) < Math.max(0, bytes.length - METADATA)) throw unreadable(name, packed(bytes) ?? 'its end has no description of a database')
  const kept = new Map<string | number, unknown>()
  const reader = readerOf(name, bytes, kept)
  const about = aboutOf(name, bytes, reader.metadata)
  return {
    about,
    place(address) {
      const family = isIP(address)
      if (family === 0 || (family === 6 && about.ipVersion === 4)) return null
      // Kept for the whole of one look: values that point to each other are then read once each, however many ways lead there.
      if (kept.size > MOST_KEPT) kept.clear()
      try {
        return placeOf(reader.get(address))
      } catch {
        // A damaged record says nothing.
        return null
      }
    },
  }
}

type Metadata = Reader<never>['metadata']

function readerOf(name: string, bytes: Buffer, kept: Map<string | number, unknown>): { metadata: Metadata; get(address: string): unknown } {
  try {
    return new Reader<never>(bytes, { cache: { get: (key) => kept.get(key), set: (key, value) => kept.set(key, value) } })
  } catch {
    throw unreadable(name, 'its description cannot be read')
  }
}

function aboutOf(name: string, bytes: Buffer, metadata: Metadata): AddressDatabase {
  const { nodeCount, searchTreeSize, ipVersion, databaseType, buildEpoch, languages } = metadata
  const isWhole = Number.isInteger(nodeCount) && nodeCount > 0 && searchTreeSize + SEPARATOR <= bytes.length
  if (!isWhole) throw unreadable(name, 'it is shorter than it says')
  if (ipVersion !== 4 && ipVersion !== 6) throw unreadable(name, 'it is of no known version of addresses')
  const built = buildEpoch instanceof Date ? buildEpoch.getTime() : Number.NaN
  return {
    name,
    bytes: bytes.length,
    type: textOf(databaseType),
    built: Number.isFinite(built) && built > 0 ? built : null,
    description: describe(metadata.description),
    languages: Array.isArray(languages) ? languages.map(textOf).filter((language) => language !== '').slice(0, 50) : [],
    ipVersion,
  }
}

/** By language; the library says that it is one text. */
function describe(description: unknown): string {
  if (!isMap(description)) return textOf(description)
  return textOf(description['en'] ?? Object.values(description)[0])
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value.slice(0, MOST_TEXT) : ''
}

function packed(bytes: Buffer): string | null {
  const [first, second] = bytes
  if (first === 0x1f && second === 0x8b) return 'it is packed with gzip'
  return first === 0x50 && second === 0x4b ? 'it is packed as a ZIP file' : null
}

function unreadable(name: string, why: string): BackendFault {
  return new BackendFault({ code: 'nothing-readable', message: `${name} is no database of addresses: ${why}. ${EXPECTED}` })
}
