import { createHash, type Hash } from 'node:crypto'
import { closeSync, fdatasync, fdatasyncSync, fstatSync, ftruncateSync, openSync, readSync, writeSync } from 'node:fs'
import { promisify } from 'node:util'

// Format of a journal file:
//   "RECOUNTJ" u32 version u32 zero, 32 bytes: the chain value it starts from (zeros, or the head of the journal it follows)
//   then records: u32 length of the payload, u32 the same with every bit turned, 32 bytes chain value =
//   sha256(previous chain value ‖ payload), payload.
// All numbers little-endian. A record is written, then synced; only then is it acknowledged: whatever is torn can only be
// the last record. The length stands twice so that a damaged one is not taken for a record that was cut short.

const MAGIC = Buffer.from('RECOUNTJ')
const VERSION = 1
export const FILE_HEAD = 48
export const RECORD_HEAD = 40
/** Payloads past this are never written, so a longer length is damage. Below SQLite's own limit of 10^9 bytes a value. */
export const MOST_PAYLOAD = 0x3000_0000

export type JournalEnd = {
  /** Offset after the last whole record. */
  good: number
  size: number
  /** `torn`: the last record is cut short or does not match its hash; `damaged`: a record before others does not match. */
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
      const length = payloadLength(recordHead, 0)
      if (length === null) return { good, size, state: isHeadAfter(fd, good + 1, size) ? 'damaged' : 'torn', chain }
      const next = good + RECORD_HEAD + length
      if (next > size) return { good, size, state: 'torn', chain }
      const payload = readAt(fd, good + RECORD_HEAD, length)
      const expected = link(chain, payload)
      if (!expected.equals(recordHead.subarray(8))) {
        return { good, size, state: next === size ? 'torn' : 'damaged', chain }
      }
      onRecord(payload)
      chain = expected
      good = next
    }
    return { good, size, state: good === size ? 'whole' : 'torn', chain }
  } finally {
    closeSync(fd)
  }
}

/** A record that is written. Durable when either has ended; when it fails, the file is as before the record. */
export type Put = {
  sync(): void
  syncSoon(): Promise<void>
}

export type Journal = {
  /** Durable when it returns. When it throws, the file is as before. */
  append(payload: Uint8Array[]): void
  /** Nothing else may be written until it is durable. When it throws, the file is as before. */
  put(payload: Uint8Array[]): Put
  chain(): Uint8Array
  close(): void
}

/** Opens for appending after `end.good`; anything after it is cut. */
export function openJournal(path: string, end: JournalEnd): Journal {
  const fd = openSync(path, 'r+')
  const file: OpenFile = { fd, at: end.good, chain: end.chain }
  if (end.size > end.good) {
    ftruncateSync(fd, end.good)
    fdatasyncSync(fd)
  }
  return {
    append: (payload) => putInto(file, payload).sync(),
    put: (payload) => putInto(file, payload),
    chain: () => file.chain,
    close: () => closeSync(fd),
  }
}

/** `at` and `chain` are those after the last durable record. */
type OpenFile = { fd: number; at: number; chain: Uint8Array }

function putInto(file: OpenFile, payload: Uint8Array[]): Put {
  const { fd, at } = file
  const chain = link(file.chain, ...checked(payload))
  const head = recordHead(payload, chain)
  try {
    const end = [head, ...payload].reduce((offset, piece) => writeAll(fd, piece, offset), at)
    return putOf(file, { at: end, chain })
  } catch (error) {
    ftruncateSync(fd, at)
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

function recordHead(payload: readonly Uint8Array[], chain: Uint8Array): Buffer {
  const length = lengthOf(payload)
  const head = Buffer.alloc(RECORD_HEAD)
  head.writeUInt32LE(length, 0)
  head.writeUInt32LE(~length >>> 0, 4)
  head.set(chain, 8)
  return head
}

function putOf(file: OpenFile, next: Pick<OpenFile, 'at' | 'chain'>): Put {
  let state: 'under' | 'good' | 'bad' = 'under'
  let failure: unknown
  // Both may be under way; whichever ends first says what became of the record.
  const succeed = () => {
    if (state !== 'under') return
    state = 'good'
    Object.assign(file, next)
  }
  const fail = (error: unknown) => {
    if (state !== 'under') return
    state = 'bad'
    failure = error
    ftruncateSync(file.fd, file.at)
  }
  return {
    sync() {
      try {
        fdatasyncSync(file.fd)
      } catch (error) {
        fail(error)
      }
      succeed()
      if (state === 'bad') throw failure
    },
    async syncSoon() {
      await syncLater(file.fd).then(succeed, fail)
      if (state === 'bad') throw failure
    },
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

/** Null where no head of a record stands. */
function payloadLength(bytes: Buffer, at: number): number | null {
  if (at + RECORD_HEAD > bytes.length) return null
  const length = bytes.readUInt32LE(at)
  return length <= MOST_PAYLOAD && bytes.readUInt32LE(at + 4) === ~length >>> 0 ? length : null
}

/** Bytes looked through at a time. */
const WINDOW = 1024 * 1024

/** Whether the head of a record that ends inside the file stands anywhere from `start` on. */
function isHeadAfter(fd: number, start: number, size: number): boolean {
  for (let from = start; from + RECORD_HEAD <= size; from += WINDOW) {
    const bytes = readAt(fd, from, Math.min(size - from, WINDOW + RECORD_HEAD))
    for (let at = 0; at < Math.min(WINDOW, bytes.length); at++) {
      const length = payloadLength(bytes, at)
      if (length !== null && from + at + RECORD_HEAD + length <= size) return true
    }
  }
  return false
}

const syncLater = promisify(fdatasync)

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
