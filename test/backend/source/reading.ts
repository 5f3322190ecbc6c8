import type { Link } from '../../../src/domain'
import { fileSources } from '../../../src/backend/source'
import type { FileSource, Named, ParsedRecord, ReadOptions, RecordId, Rejected } from '../../../src/backend/source'

export type TestFile = { name: string; mtime: number; bytes: Uint8Array }
export type TestRecord = Bytesless & Omit<Named, 'companions'> & { key: string; id: string; raw: Uint8Array }
type Bytesless = Omit<ParsedRecord, 'bytes' | 'start' | 'end'>
export type Read = { records: TestRecord[]; skipped: number; rejected: Rejected[]; streams: number[][] }

export const UTC: ReadOptions = { zone: 'UTC' }

export function sshd(): FileSource {
  const found = fileSources.find((source) => source.kind === 'sshd')
  if (found === undefined) throw new Error('no source of kind sshd')
  return found
}

export function textFile(text: string, name = 'auth.log', mtime = Date.UTC(2026, 10, 20)): TestFile {
  return { name, mtime, bytes: Buffer.from(text) }
}

/** Chunks of the given sizes, the last size repeated; no size means one chunk. */
function* chunksOf(bytes: Uint8Array, sizes: number[]): Generator<Uint8Array> {
  let at = 0
  for (let i = 0; at < bytes.length; i++) {
    const size = sizes[Math.min(i, sizes.length - 1)] ?? bytes.length
    // A copy that is overwritten later would show a reader that keeps views of what it was given.
    yield Uint8Array.from(bytes.subarray(at, at + size))
    at += size
  }
}

/** Imports files as the program does: surveys, arrangement, then one reader per stream. */
export function importFiles(files: TestFile[], options: ReadOptions = UTC, sizes: number[] = []): Read {
  const source = sshd()
  const surveyed = files.map((file) => {
    const survey = source.survey({ name: file.name, mtime: file.mtime }, options)
    for (const chunk of chunksOf(file.bytes, sizes)) survey.push(chunk)
    return survey.end()
  })
  const streams = source.arrange(surveyed, options)
  const read: Read = { records: [], skipped: 0, rejected: [], streams }
  for (const stream of streams) {
    const members = stream.map((index) => surveyed[index]).filter((file) => file !== undefined)
    const reader = source.reader(members, options, surveyed)
    const namer = source.namer()
    const take = (reading: ReturnType<typeof reader.endFile>): void => {
      read.skipped += reading.skipped
      read.rejected.push(...reading.rejected)
      for (const { bytes, start, end, ...record } of reading.records) {
        const raw = Uint8Array.from(bytes.subarray(start, end))
        const { time, companion = false } = record.event
        const named = namer.name({ ...record, bytes: raw, start: 0, end: raw.length, time, companion })
        const { number } = named
        const idOf = (one: RecordId) => `${Buffer.from(one.digest, 'latin1').toString('hex')}:${one.number}`
        const keyOf = (one: RecordId) => `${source.kind}:${record.instance}:${record.stream}:${idOf(one)}`
        const links = named.companions.map((to): Link => ({ key: keyOf(to), relation: 'companion' }))
        const event = links.length > 0 ? { ...record.event, links } : record.event
        const id = idOf(named)
        read.records.push({ ...record, event, number, digest: id.slice(0, 64), raw, key: keyOf(named), id })
      }
    }
    for (const index of stream) {
      reader.nextFile()
      for (const chunk of chunksOf(files[index]?.bytes ?? new Uint8Array(), sizes)) {
        take(reader.push(chunk))
        chunk.fill(0x2a)
      }
      take(reader.endFile())
    }
  }
  return read
}

export function importText(text: string, options: ReadOptions = UTC): Read {
  return importFiles([textFile(text)], options)
}

export function keysOf(read: Read): string[] {
  return read.records.map((record) => record.key)
}

/** Sign-ins that count as failed: rows and their weight. */
export function failures(read: Read): TestRecord[] {
  return read.records.filter(
    ({ event }) => event.action === 'login' && event.outcome === 'failure' && event.companion !== true,
  )
}

export function weight(records: TestRecord[]): number {
  return records.reduce((sum, { event }) => sum + event.repeat, 0)
}

const STAMP = 'Nov 20 15:55:09 web-1'

/** One line of sshd with a header; `pid` tells processes apart. */
export function line(message: string, pid = 100): string {
  return `${STAMP} sshd[${pid}]: ${message}\n`
}

/** The event of a lone line of sshd. */
export function eventOf(message: string): TestRecord['event'] {
  return onlyEvent(line(message))
}

export function onlyEvent(text: string, options: ReadOptions = UTC): TestRecord['event'] {
  const { records } = importText(text, options)
  const [record] = records
  if (record === undefined || records.length !== 1) throw new Error(`expected one record, got ${records.length}`)
  return record.event
}
