import { fileSources } from '../../../src/backend/source'
import type { FileSource, ParsedRecord, ReadOptions, Rejected } from '../../../src/backend/source'

export type TestFile = { name: string; mtime: number; bytes: Uint8Array }
export type TestRecord = Omit<ParsedRecord, 'bytes' | 'start' | 'end'> & { key: string; id: string; raw: Uint8Array }
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
    const take = (reading: ReturnType<typeof reader.endFile>): void => {
      read.skipped += reading.skipped
      read.rejected.push(...reading.rejected)
      for (const { bytes, start, end, ...record } of reading.records) {
        const key = `${source.kind}:${record.instance}:${record.stream}:${record.digest}:${record.number}`
        read.records.push({ ...record, raw: Uint8Array.from(bytes.subarray(start, end)), key, id: `${record.digest}:${record.number}` })
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
