import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { FILE_HEAD, MOST_PAYLOAD, RECORD_HEAD } from '../store'

/** A damaged entry of a journal: its number from 1, the byte it begins at, and whether what it says is read all the same. */
export type JournalDamage = { number: number; at: number; isKept: boolean }

export type Salvaged = {
  /** Payloads that are proven to be what was written. */
  payloads: Uint8Array[]
  /** Entries in the file, damaged ones included. */
  entries: number
  damages: JournalDamage[]
  /** Where the file ends in the middle of its last entry. */
  torn: { number: number; at: number } | null
  /** Chain value after the last entry. */
  chain: Uint8Array
}

/** Bits of a chain value that damage can turn while it still cannot be that of another payload. */
const MOST_TURNED = 32

/**
 * Reads what can be read of a damaged journal, before and after the damage: the chain value that stands with an entry proves
 * the next one, also where the entry itself does not match.
 */
export function salvageJournal(path: string): Salvaged {
  const bytes = readFileSync(path)
  const found: Salvaged = { payloads: [], entries: 0, damages: [], torn: null, chain: Buffer.concat([bytes.subarray(16, FILE_HEAD)], 32) }
  let at = FILE_HEAD
  while (at < bytes.length) {
    const entry = entryAt(bytes, at, found.chain)
    const number = ++found.entries
    if (entry.kind === 'torn') {
      found.entries--
      found.torn = { number, at }
      break
    }
    if (entry.payload !== null) found.payloads.push(entry.payload)
    if (entry.kind === 'damaged') found.damages.push({ number, at, isKept: entry.payload !== null })
    found.chain = entry.chain
    at = entry.next
  }
  return found
}

type Entry = { kind: 'good' | 'damaged'; payload: Uint8Array | null; chain: Uint8Array; next: number } | { kind: 'torn' }

function entryAt(bytes: Buffer, at: number, before: Uint8Array): Entry {
  if (at + RECORD_HEAD > bytes.length) return { kind: 'torn' }
  const stored = bytes.subarray(at + 8, at + RECORD_HEAD)
  const [length, turned] = [bytes.readUInt32LE(at), ~bytes.readUInt32LE(at + 4) >>> 0]
  for (const candidate of new Set([length, turned])) {
    const next = at + RECORD_HEAD + candidate
    if (next > bytes.length) continue
    const payload = bytes.subarray(at + RECORD_HEAD, next)
    const chain = link(before, payload)
    const bits = turnedBits(chain, stored)
    // What follows builds on the value as it was written, which is the one computed.
    if (bits <= MOST_TURNED) return { kind: bits === 0 && length === turned ? 'good' : 'damaged', payload, chain, next }
  }
  if (length === turned && length <= MOST_PAYLOAD) {
    const next = at + RECORD_HEAD + length
    return next > bytes.length ? { kind: 'torn' } : { kind: 'damaged', payload: null, chain: stored, next }
  }
  return afterLostLength(bytes, at, stored)
}

/** The length of an entry is lost: the next one is where the entry's chain value, or the one after it, proves it. */
function afterLostLength(bytes: Buffer, at: number, stored: Uint8Array): Entry {
  for (let next = at + 1; next + RECORD_HEAD <= bytes.length; next++) {
    const payload = payloadAt(bytes, next)
    if (payload === null) continue
    const chain = bytes.subarray(next + 8, next + RECORD_HEAD)
    if (link(stored, payload).equals(chain)) return { kind: 'damaged', payload: null, chain: stored, next }
    const following = payloadAt(bytes, next + RECORD_HEAD + payload.length)
    const after = next + RECORD_HEAD + payload.length
    if (following && link(chain, following).equals(bytes.subarray(after + 8, after + RECORD_HEAD))) {
      return { kind: 'damaged', payload: null, chain, next: after }
    }
  }
  return { kind: 'torn' }
}

function payloadAt(bytes: Buffer, at: number): Buffer | null {
  if (at + RECORD_HEAD > bytes.length) return null
  const length = bytes.readUInt32LE(at)
  const end = at + RECORD_HEAD + length
  if (bytes.readUInt32LE(at + 4) !== ~length >>> 0 || end > bytes.length) return null
  return bytes.subarray(at + RECORD_HEAD, end)
}

function link(chain: Uint8Array, payload: Uint8Array): Buffer {
  return createHash('sha256').update(chain).update(payload).digest()
}

function turnedBits(a: Uint8Array, b: Uint8Array): number {
  let bits = 0
  for (let at = 0; at < a.length; at++) {
    for (let differing = (a[at] ?? 0) ^ (b[at] ?? 0); differing !== 0; differing &= differing - 1) bits++
  }
  return bits
}
