import { createHash } from 'node:crypto'
import type { RecordingFacts, RecordingFiles } from '../../../src/backend/store'

// Imports nothing of the test runner: a process that is killed makes the same recordings.

const FETCHED = Date.UTC(2026, 1, 6, 12)

export type Made = { facts: RecordingFacts; files: RecordingFiles['files'] }

export function hashOf(bytes: string | Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}

/** A recording of some files, with what is known of it; `part` where its file holds several. */
export function aRecording(files: Record<string, string | Uint8Array>, facts: Partial<RecordingFacts> = {}, part = ''): Made {
  const given = Object.entries(files).map(([name, content]) => ({ name, bytes: new Uint8Array(Buffer.from(content)) }))
  const named = given.map(({ name, bytes }) => ({ name, size: bytes.length, sha256: hashOf(bytes) }))
  const sha256 = named.length === 1 ? (named[0]?.sha256 ?? '') : hashOf(named.map((file) => `${file.sha256}  ${file.name}\n`).join(''))
  return {
    files: given,
    facts: { ...unknown(`sha256:${sha256}${part === '' ? '' : `:${part}`}`), format: 'script', sha256, files: named, size: 1, fetchedAt: FETCHED, ...facts },
  }
}

/** What a list says of one whose bytes nobody has yet. */
export function unknown(id: string): RecordingFacts {
  const nothing = { format: null, sha256: null, size: null, cols: null, rows: null, start: null, durationMs: null }
  const nobody = { title: null, command: null, session: null, user: null, machine: null, fetchedAt: null }
  return { id, files: [], startPrecision: 'ms', place: '/tmp/x', ...nothing, ...nobody }
}

export const IMPORTED = { name: 'tapes', kind: 'recording' }
