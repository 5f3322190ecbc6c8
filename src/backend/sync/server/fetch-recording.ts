import { createHash } from 'node:crypto'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { BackendFault, type RecordingRow } from '../../../contract'
import type { Connection } from '../../../domain'
import { RecordingFault } from '../../recording'
import type { FetchDoor, Linked, ListedRecording, ServerSource } from '../../source'
import type { RecordingFacts, WritableStore } from '../../store'
import { isHeldWhole } from '../held-recording'
import { factsOf, Measured, openReceived } from '../import/recording-read'
import { serverOf } from './connections'
import { Budget, PatientDoor } from './patient-door'
import { paceOf, reach, type ServerContext } from './reach'

export type Listing = { kind: string; stream: string; /** Method and address of the list. */ place: string }

/** What a server's list says of a recording whose bytes are not here. */
export function listedFacts(listed: ListedRecording, { kind, stream, place }: Listing): RecordingFacts {
  const { id, instance, session, user, machine, size, durationMs, created } = listed
  return {
    id: `${kind}:${instance}:${stream}:${id}`,
    format: null,
    sha256: null,
    files: [],
    size: size ?? null,
    cols: null,
    rows: null,
    // It is written when the session ends.
    start: created === undefined || durationMs === undefined ? null : created - durationMs,
    startPrecision: 's',
    durationMs: durationMs ?? null,
    title: null,
    command: null,
    session: session ?? null,
    user: user ?? null,
    machine: machine ?? null,
    place,
    fetchedAt: null,
  }
}

export type Fetching = {
  store: WritableStore
  door: FetchDoor
  source: ServerSource
  connection: Pick<Connection, 'name' | 'kind'>
}

/** Gets a recording that a list names, `id` being the server's own, and keeps it. Answers the bytes that it has. */
export async function fetchListed({ store, door, source, connection }: Fetching, id: string, listed: RecordingFacts): Promise<number> {
  const linked = await source.fetchRecording(door, id)
  const file = { name: fileName(linked), bytes: linked.body }
  store.keepRecordings({ name: connection.name, kind: connection.kind }, [await heldFacts(listed, linked, file.name)], [file])
  return linked.body.length
}

/** The list's facts with what the bytes say. Bytes that nothing reads are kept all the same: they are what the server gave. */
async function heldFacts(listed: RecordingFacts, { body, place, fetchedAt }: Linked, name: string): Promise<RecordingFacts> {
  const sha256 = createHash('sha256').update(body).digest('hex')
  const plain = { ...listed, sha256, files: [{ name, size: body.length, sha256 }], size: body.length, place, fetchedAt }
  try {
    const read = await openReceived([{ name, bytes: body, sha256 }])
    const recording = read.open(read.parts[0]?.part ?? '')
    const measured = new Measured()
    for (const _ of measured.read(recording)) await nextTurn()
    const told = factsOf(read, { id: listed.id, recording, measured, place, fetchedAt })
    const { session, user, machine } = listed
    const start = told.start === null ? { start: listed.start, startPrecision: listed.startPrecision } : {}
    return { ...told, ...start, session: session ?? told.session, user: user ?? told.user, machine: machine ?? told.machine }
  } catch (error) {
    if (error instanceof RecordingFault) return plain
    throw error
  }
}

/** The last part of the file's address, where it is a plain name. */
function fileName({ place }: Linked): string {
  const last = place.split('/').at(-1) ?? ''
  return /^\w[\w.-]{0,99}$/.test(last) ? last : 'recording.cast'
}

/**
 * Gets the bytes of a recording that a server lists; those of one that is held whole stay as they are. Throws `not-found`,
 * and the faults of the server.
 */
export async function fetchRecording(context: ServerContext, id: string, signal: AbortSignal = new AbortController().signal): Promise<RecordingRow> {
  const { store, ports } = context
  const row = store.recording(id)
  if (!row) throw notFound(id)
  if (row.isHeld && isHeldWhole(store, id)) return row
  const connection = serverOf(context, row.connection)
  const own = connection.streams.flatMap(({ stream }) => ownId(id, stream) ?? []).toSorted((a, b) => a.length - b.length)[0]
  if (own === undefined) throw notFound(id)
  const { door, renew, source } = await reach(context, connection)
  const patience = { door, renew, signal, pace: paceOf(context), now: () => ports.clock.now(), onWait: () => {} }
  const { isHeld: _, connection: __, ...listed } = row
  await fetchListed({ store, door: new PatientDoor(patience, new Budget()), source, connection }, own, listed)
  return store.recording(id) ?? row
}

/** The server's own id in one that begins with a list. */
function ownId(id: string, stream: string): string | null {
  const at = stream.startsWith('recordings/') ? id.indexOf(`:${stream}:`) : -1
  return at < 0 ? null : id.slice(at + stream.length + 2)
}

function notFound(id: string): BackendFault {
  return new BackendFault({ code: 'not-found', message: `There is no recording ${id}, or no server lists it.` })
}
