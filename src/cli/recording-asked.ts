import { existsSync } from 'node:fs'
import { relative, resolve } from 'node:path'
import { BackendFault } from '../contract'
import { RecordingFault } from '../backend/recording'
import { findRecordings, openReceived, readSet, type ReadSet, type RecordingSet } from '../backend/sync'
import type { Line } from './command'
import { withReader } from './open-store'
import { UsageError } from './usage-error'

/** One recording as it was named: its files, and which of the recordings in them. */
export type AskedRecording = { read: ReadSet; part: string; name: string }

type Named = { paths: string[]; part: string | null }

/** Parts that a message names. */
const SHOWN = 20

/** What `FILE_OR_ID` names. Throws `UsageError` where that is none or several, `recording-unreadable`, `recording-damaged`. */
export async function askedRecording(line: Line, text: string): Promise<AskedRecording> {
  try {
    const named = namedFiles(line.io.cwd, text)
    return named ? await fromFiles(named, text) : await fromWorkspace(line, text)
  } catch (error) {
    if (!(error instanceof RecordingFault)) throw error
    throw new BackendFault({ code: 'recording-unreadable', message: `${error.place}: ${error.message}` })
  }
}

/** A path, or two or three with commas between; behind a `#` which recording in it. Null where there is no such file. */
function namedFiles(cwd: string, text: string): Named | null {
  const paths = existing(cwd, text)
  if (paths) return { paths, part: null }
  for (let at = text.indexOf('#'); at >= 0; at = text.indexOf('#', at + 1)) {
    const before = existing(cwd, text.slice(0, at))
    if (before) return { paths: before, part: text.slice(at + 1) }
  }
  return null
}

function existing(cwd: string, text: string): string[] | null {
  if (text === '') return null
  if (existsSync(resolve(cwd, text))) return [resolve(cwd, text)]
  const names = text.split(',')
  if (names.length < 2 || names.length > 3 || names.includes('')) return null
  const paths = names.map((name) => resolve(cwd, name))
  return paths.every((path) => existsSync(path)) ? paths : null
}

async function fromFiles({ paths, part }: Named, text: string): Promise<AskedRecording> {
  const sets = await findRecordings(paths)
  if (sets.length === 0) throw new RecordingFault(text, 'No recording was found in it.')
  const file = part === null ? text : text.slice(0, text.length - part.length - 1)
  const { set, rest } = chosenSet(sets, { folder: paths[0] ?? '', part, file })
  const read = await readSet(set)
  const within = sets.length > 1 ? `${file}#${placeIn(paths[0] ?? '', set)}` : file
  return { read, part: chosenPart(read, rest, within), name: set.place }
}

type SetAsk = { folder: string; part: string | null; file: string }

/** Of several in a folder, the one whose place in it is named; what follows behind a `#` is a part of that one. */
function chosenSet(sets: RecordingSet[], { folder, part, file }: SetAsk): { set: RecordingSet; rest: string | null } {
  const [only] = sets
  if (only && sets.length === 1) return { set: only, rest: part === placeIn(folder, only) ? null : part }
  const places = sets.map((set) => placeIn(folder, set))
  if (part === null) throw severalIn(file, places)
  const at = places.findIndex((place) => part === place || part.startsWith(`${place}#`))
  const set = sets[at]
  if (!set) throw noneIn(file, part, places)
  const place = places[at] ?? ''
  return { set, rest: part === place ? null : part.slice(place.length + 1) }
}

/** Below the folder: that of a sudo log its folder, of any other its first file. */
function placeIn(folder: string, { files, place }: RecordingSet): string {
  const path = existsSync(place) ? place : (files[0]?.file.path ?? place)
  return relative(folder, path)
}

function chosenPart({ parts }: ReadSet, wanted: string | null, file: string): string {
  const names = parts.map(({ part }) => part)
  const [only = ''] = names
  if (wanted === null) {
    if (names.length > 1) throw severalIn(file, names)
    return only
  }
  if (names.includes(wanted)) return wanted
  throw noneIn(file, wanted, names)
}

function severalIn(file: string, names: string[]): UsageError {
  const first = `${file}#${names[0]} is the first of them`
  return new UsageError(`There are ${names.length} recordings in ${file}: ${listed(names)}. ${first}.`)
}

function noneIn(file: string, wanted: string, names: string[]): UsageError {
  const known = names.filter((name) => name !== '')
  const held = known.length > 0 ? `. There are: ${listed(known)}` : ': it is one'
  return new UsageError(`There is no recording ${wanted} in ${file}${held}.`)
}

function listed(names: string[]): string {
  return names.slice(0, SHOWN).join(', ') + (names.length > SHOWN ? ` and ${names.length - SHOWN} more` : '')
}

async function fromWorkspace(line: Line, text: string): Promise<AskedRecording> {
  return withReader(line, async (store) => {
    const row = store.recording(text)
    const isOfHash = (sha256: string | null) => sha256 !== null && (text === sha256 || text === `sha256:${sha256}`)
    const ofHash = row ? [] : store.recordings().filter(({ sha256 }) => isOfHash(sha256))
    if (ofHash.length > 1) {
      throw new UsageError(`There are ${ofHash.length} recordings in ${text}: ${listed(ofHash.map(({ id }) => id))}.`)
    }
    const found = row ?? ofHash[0]
    if (!found) throw new UsageError(`There is no file ${text}, and no recording of this id in the workspace.`)
    const { files, part } = store.recordingFiles(found.id)
    const hashes = new Map(found.files.map(({ name, sha256 }) => [name, sha256]))
    const read = await openReceived(files.map((file) => ({ ...file, sha256: hashes.get(file.name) ?? '' })))
    // What a list of a server names without a part is the first there is.
    const held = read.parts.some((own) => own.part === part) ? part : (read.parts[0]?.part ?? part)
    return { read, part: held, name: found.files[0]?.name ?? found.id }
  })
}
