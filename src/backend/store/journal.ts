import { createHash, type Hash } from 'node:crypto'
import { closeSync, fdatasync, fdatasyncSync, fstatSync, ftruncateSync, openSync, readSync, writeSync } from 'node:fs'

// Format of a journal file:
//   "RECOUNTJ" u32 version u32 zero, 32 bytes: the chain value it starts from (zeros, or the head of the journal it follows)
//   then records: u32 length of the payload, u32 the same with every bit turned, 32 bytes chain value =
//   sha256(previous chain value ‖ payload), payload.
// All numbers little-endian. The two highest bits of the length are no part of it: they say how many records before this one
// were not known to be durable when it was written (0 to 3), and all before those were. Only what is durable is
// acknowledged, so whatever is torn can only be the last record and those which that many after it speak of. The length
// stands twice so that a damaged one is not taken for a record that was cut short.

const MAGIC = Buffer.from('RECOUNTJ')
const VERSION = 1
export const FILE_HEAD = 48
export const RECORD_HEAD = 40
/** Payloads past this are never written, so a longer length is damage. Below SQLite's own limit of 10^9 bytes a value. */
export const MOST_PAYLOAD = 0x3000_0000
const LENGTH_BITS = 30
const LENGTH_MASK = 2 ** LENGTH_BITS - 1
/** Records that may be written and not yet be durable: one, and those that it can tell of. */
export const MOST_UNSYNCED = 4

export type JournalEnd = {
  /** Offset after the last whole record. */
  good: number
  size: number
  /** `torn`: a record is cut short or does not match its hash, and none after it says that it was durable; `damaged`: one says so. */
  state: 'whole' | 'torn' | 'damaged'
  /** Hash chain's value after the last whole record. */
  chain: Uint8Array
}

/** Creates a journal with these records; `from` is the chain value it continues. The caller syncs the folder. */
export function createJournal(path: string, from: Uint8Array, records: Iterable<Uint8Array[]> = []): void {
  const fd = openSync(path, 'wx', 0o600)
  try {
    const head = Buffer.alloc(FILE_HEAD)
    MAGIC.copy(head)
    head.writeUInt32LE(VERSION, 8)
    head.set(from, 16)
    let at = writeAll(fd, head, 0)
    let chain = from
    for (const payload of records) {
      chain = link(chain, ...checked(payload))
      for (const piece of [recordHead(payload, chain), ...payload]) at = writeAll(fd, piece, at)
    }
    fdatasyncSync(fd)
  } finally {
    closeSync(fd)
  }
}

/** Reads every whole record in order. Throws when the file is no journal of this version. */
export function readJournal(path: string, onRecord: (payload: Uint8Array) => void): JournalEnd {
  const fd = openSync(path, 'r')
  try {
    const size = fstatSync(fd).size
    const head = readAt(fd, 0, FILE_HEAD)
    if (head.length < FILE_HEAD || !head.subarray(0, 8).equals(MAGIC) || head.readUInt32LE(8) !== VERSION) {
      throw new Error(`${path} is not a journal of version ${VERSION}`)
    }
    let chain: Uint8Array = head.subarray(16, FILE_HEAD)
    let good = FILE_HEAD
    while (good + RECORD_HEAD <= size) {
      const recordHead = readAt(fd, good, RECORD_HEAD)
      const said = headAt(recordHead, 0)
      if (said === null) return { good, size, state: stateOf(fd, nextHead(fd, good + 1, size), size), chain }
      const next = good + RECORD_HEAD + said.length
      if (next > size) return { good, size, state: 'torn', chain }
      const payload = readAt(fd, good + RECORD_HEAD, said.length)
      const expected = link(chain, payload)
      if (!expected.equals(recordHead.subarray(8))) return { good, size, state: stateOf(fd, next, size), chain }
      onRecord(payload)
      chain = expected
      good = next
    }
    return { good, size, state: good === size ? 'whole' : 'torn', chain }
  } finally {
    closeSync(fd)
  }
}

export type Journal = {
  /** Durable when it returns, and all before it. When it throws, the file is as it was when all was durable. */
  append(payload: Uint8Array[]): void
  /** Written, not yet durable. When it throws, the file is as before. */
  put(payload: Uint8Array[]): void
  /** Makes durable what was put. When it fails, the file is as it was when all was durable. */
  sync(): void
  syncSoon(): Promise<void>
  /** Hears each time that what was put was taken back, because it never became durable; `end` is where the file ends then. */
  onLoss(listener: (end: number) => void): void
  chain(): Uint8Array
  close(): void
}

/** Opens for appending after `end.good`; anything after it is cut. */
export function openJournal(path: string, end: JournalEnd): Journal {
  const fd = openSync(path, 'r+')
  const start = { at: end.good, chain: end.chain, records: 0 }
  const file: OpenFile = { fd, fdSoon: openSync(path, 'r+'), written: start, durable: start, waits: new Set(), syncing: null, losses: 0, onLoss: () => {} }
  if (end.size > end.good) {
    ftruncateSync(fd, end.good)
    fdatasyncSync(fd)
  }
  return {
    append(payload) {
      putInto(file, payload)
      syncNow(file)
    },
    put: (payload) => putInto(file, payload),
    sync: () => syncNow(file),
    syncSoon: () => syncSoon(file),
    onLoss: (listener) => (file.onLoss = listener),
    chain: () => file.written.chain,
    close() {
      closeSync(fd)
      closeSync(file.fdSoon)
    },
  }
}

/** A place between two records, and how many stand before it since the file was opened. */
type Place = { at: number; chain: Uint8Array; records: number }

/** Somebody who waits until all before a place is durable. */
type Wait = { to: Place; state: 'under' | 'good' | 'bad'; failure: unknown }

/** All before `durable` is known to be. `losses`: how often what was written was taken back. */
type OpenFile = {
  fd: number
  /** Opened once more: a failure to write is told once to each that has the file open, so each kind of sync has its own. */
  fdSoon: number
  written: Place
  durable: Place
  waits: Set<Wait>
  syncing: Promise<void> | null
  losses: number
  onLoss: (end: number) => void
}

function putInto(file: OpenFile, payload: Uint8Array[]): void {
  if (file.written.records - file.durable.records >= MOST_UNSYNCED) syncNow(file)
  const { fd, written, durable } = file
  const chain = link(written.chain, ...checked(payload))
  const head = recordHead(payload, chain, written.records - durable.records)
  try {
    const at = [head, ...payload].reduce((offset, piece) => writeAll(fd, piece, offset), written.at)
    file.written = { at, chain, records: written.records + 1 }
  } catch (error) {
    ftruncateSync(fd, written.at)
    throw error
  }
}

function checked(payload: readonly Uint8Array[]): readonly Uint8Array[] {
  const length = lengthOf(payload)
  if (length > MOST_PAYLOAD) throw new RangeError(`a journal record of ${length} bytes is too long`)
  return payload
}

function lengthOf(payload: readonly Uint8Array[]): number {
  return payload.reduce((sum, piece) => sum + piece.length, 0)
}

function recordHead(payload: readonly Uint8Array[], chain: Uint8Array, unsynced = 0): Buffer {
  const length = (lengthOf(payload) | (unsynced << LENGTH_BITS)) >>> 0
  const head = Buffer.alloc(RECORD_HEAD)
  head.writeUInt32LE(length, 0)
  head.writeUInt32LE(~length >>> 0, 4)
  head.set(chain, 8)
  return head
}

function syncNow(file: OpenFile): void {
  const { written } = file
  if (written === file.durable) return
  try {
    fdatasyncSync(file.fd)
  } catch (error) {
    takeBack(file, error)
    throw error
  }
  reach(file, written)
}

/** One at a time: what is put while one is under way becomes durable together with the next. */
async function syncSoon(file: OpenFile): Promise<void> {
  if (file.written === file.durable) return
  const wait: Wait = { to: file.written, state: 'under', failure: null }
  file.waits.add(wait)
  while (wait.state === 'under') await (file.syncing ??= syncOnce(file))
  if (wait.state === 'bad') throw wait.failure
}

async function syncOnce(file: OpenFile): Promise<void> {
  const { written, losses } = file
  // Another sync may have failed or ended well meanwhile: it says what became of what was written before it.
  const isOpen = () => file.losses === losses && file.durable.records < written.records
  try {
    await syncLater(file.fdSoon)
    if (isOpen()) reach(file, written)
  } catch (error) {
    if (isOpen()) takeBack(file, error)
  } finally {
    file.syncing = null
  }
}

function reach(file: OpenFile, place: Place): void {
  file.durable = place
  endWaits(file, 'good')
}

function takeBack(file: OpenFile, failure: unknown): void {
  file.written = file.durable
  file.losses++
  endWaits(file, 'bad', failure)
  try {
    ftruncateSync(file.fd, file.durable.at)
  } finally {
    file.onLoss(file.durable.at)
  }
}

/** Those that wait for what is durable by now, or all of them. */
function endWaits({ waits, durable }: OpenFile, state: 'good' | 'bad', failure: unknown = null): void {
  for (const wait of waits) {
    if (state === 'good' && wait.to.records > durable.records) continue
    waits.delete(wait)
    Object.assign(wait, { state, failure })
  }
}

/** What follows the last whole record. */
export function readTail(path: string, end: JournalEnd): Uint8Array {
  const fd = openSync(path, 'r')
  try {
    return readAt(fd, end.good, end.size - end.good)
  } finally {
    closeSync(fd)
  }
}

type Head = { length: number; unsynced: number }

/** Null where no head of a record stands. */
function headAt(bytes: Buffer, at: number): Head | null {
  if (at + RECORD_HEAD > bytes.length) return null
  const said = bytes.readUInt32LE(at)
  const length = said & LENGTH_MASK
  return length <= MOST_PAYLOAD && bytes.readUInt32LE(at + 4) === ~said >>> 0 ? { length, unsynced: said >>> LENGTH_BITS } : null
}

/** Bytes looked through at a time. */
const WINDOW = 1024 * 1024

/** Where the next head of a record stands that ends inside the file, from `start` on; the file's end where there is none. */
function nextHead(fd: number, start: number, size: number): number {
  for (let from = start; from + RECORD_HEAD <= size; from += WINDOW) {
    const bytes = readAt(fd, from, Math.min(size - from, WINDOW + RECORD_HEAD))
    for (let at = 0; at < Math.min(WINDOW, bytes.length); at++) {
      const head = headAt(bytes, at)
      if (head !== null && from + at + RECORD_HEAD + head.length <= size) return from + at
    }
  }
  return size
}

/** What a record is that is not whole: `damaged` where one after it, the first of which is at `next`, says that it was durable. */
function stateOf(fd: number, next: number, size: number): 'torn' | 'damaged' {
  for (let at = next, after = 1; at < size; ) {
    const head = headAt(readAt(fd, at, RECORD_HEAD), 0)
    if (head !== null && head.unsynced < after++) return 'damaged'
    at = head === null ? nextHead(fd, at + 1, size) : at + RECORD_HEAD + head.length
  }
  return 'torn'
}

function syncLater(fd: number): Promise<void> {
  return new Promise((resolve, reject) => fdatasync(fd, (error) => (error ? reject(error) : resolve())))
}

function link(chain: Uint8Array, ...payload: Uint8Array[]): Buffer {
  const hash: Hash = createHash('sha256').update(chain)
  for (const piece of payload) hash.update(piece)
  return hash.digest()
}

function writeAll(fd: number, bytes: Uint8Array, at: number): number {
  let done = 0
  while (done < bytes.length) done += writeSync(fd, bytes, done, bytes.length - done, at + done)
  return at + bytes.length
}

function readAt(fd: number, at: number, length: number): Buffer {
  // Not pooled: a decoded block keeps views into this memory.
  const bytes = Buffer.allocUnsafeSlow(length)
  let done = 0
  while (done < length) {
    const read = readSync(fd, bytes, done, length - done, at + done)
    if (read === 0) break
    done += read
  }
  return bytes.subarray(0, done)
}
