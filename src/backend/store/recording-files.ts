import { createHash } from 'node:crypto'
import {
  closeSync,
  existsSync,
  fdatasyncSync,
  fstatSync,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs'
import { join } from 'node:path'
import { recordingDamaged, type RecordingRow } from '../../contract'
import type { RecordingFacts, RecordingFiles, RecordingPlaces } from './door'
import { makeFolder, syncFolder } from './folder'

// Files of recordings stand as they were received in the folder `recordings` of the workspace, each once, named by its
// SHA-256 in hex. They are written beside, synced and renamed before the journal says that they are held: one that is
// there is whole.

const FOLDER = 'recordings'
const UNFINISHED = '.new'
/** Bytes written in one go. */
const PIECE = 16 * 2 ** 20

const OURS = /^[0-9a-f]{64}(\.new)?$/

type Files = RecordingFiles['files']

/** What is to be held must be given. */
export function checkFiles(recordings: readonly RecordingFacts[], files: Files): void {
  const given = new Set(files.map(({ bytes }) => hashOf(bytes)))
  for (const { id, files: named } of recordings) {
    const missing = named.find(({ sha256 }) => !given.has(sha256))
    if (!missing && named.length > 0) continue
    throw new Error(`the bytes of ${id} are not given: ${missing?.name ?? 'it names no file'}`)
  }
}

/** Durable when it returns. When it throws, nothing of what was not there before is left. */
export function writeRecordingFiles(workspace: string, files: Files): void {
  const folder = join(workspace, FOLDER)
  const written: string[] = []
  try {
    const isNew = !existsSync(folder)
    makeFolder(folder)
    if (isNew) syncFolder(workspace)
    for (const { bytes } of files) {
      const path = join(folder, hashOf(bytes))
      if (isWhole(path, bytes)) continue
      if (!existsSync(path)) written.push(path)
      writeWhole(path, bytes)
    }
    syncFolder(folder)
  } catch (error) {
    for (const path of written) rmSync(path, { force: true })
    throw error
  }
}

/** One that was damaged on the disk is written anew. */
function isWhole(path: string, bytes: Uint8Array): boolean {
  const size = statSync(path, { throwIfNoEntry: false })?.size
  return size === bytes.length && Buffer.compare(readFileSync(path), bytes) === 0
}

function writeWhole(path: string, bytes: Uint8Array): void {
  const beside = `${path}${UNFINISHED}`
  try {
    const fd = openSync(beside, 'w', 0o600)
    try {
      for (let at = 0; at < bytes.length; ) at += writeSync(fd, bytes, at, Math.min(PIECE, bytes.length - at))
      fdatasyncSync(fd)
    } finally {
      closeSync(fd)
    }
    renameSync(beside, path)
  } catch (error) {
    rmSync(beside, { force: true })
    throw error
  }
}

/** Removes what no recording names: wiped ones, and what an interrupted writing left. */
export function removeOrphanFiles(workspace: string, named: ReadonlySet<string>): void {
  const folder = join(workspace, FOLDER)
  if (!existsSync(folder)) return
  for (const name of readdirSync(folder)) if (OURS.test(name) && !named.has(name)) rmSync(join(folder, name))
  syncFolder(folder)
}

export function placesOf(workspace: string, { id, files }: Pick<RecordingRow, 'id' | 'files'>): RecordingPlaces {
  return { files: files.map(({ name, sha256 }) => ({ name, sha256, path: join(workspace, FOLDER, sha256) })), part: partOf(id) }
}

/** In memory that threads can share. Throws `recording-damaged` where they are gone, or no longer what was received. */
export function readRecordingFiles({ files, part }: RecordingPlaces): RecordingFiles {
  const read = files.map((file) => {
    const bytes = readShared(file)
    if (hashOf(bytes) !== file.sha256) throw recordingDamaged(file, 'changed')
    return { name: file.name, bytes }
  })
  return { files: read, part }
}

function readShared({ path, name }: { path: string; name: string }): Uint8Array {
  try {
    const fd = openSync(path, 'r')
    try {
      const { size } = fstatSync(fd)
      const bytes = new Uint8Array(new SharedArrayBuffer(size))
      let read = 0
      for (let more = 1; read < size && more > 0; read += more) more = readSync(fd, bytes, read, Math.min(PIECE, size - read), read)
      return bytes.subarray(0, read)
    } finally {
      closeSync(fd)
    }
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code !== 'ENOENT' && code !== 'EIO') throw error
    throw recordingDamaged({ name, path }, code === 'ENOENT' ? 'gone' : 'unreadable')
  }
}

/** Of `sha256:HEX:PART`; any other id is of what has one part. */
function partOf(id: string): string {
  return /^sha256:[0-9a-f]{64}:(.*)$/s.exec(id)?.[1] ?? ''
}

function hashOf(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}
