import type { FetchDoor, Linked } from '../fetch-door'
import { elements, member, text, type JsonObject } from '../json'
import { ServerFault } from '../server-fault'
import type { ListedRecording, RecordingList, RecordingPage, ServerList } from '../server-source'
import { instanceOf } from './ground'
import { countIn, readAnswer } from './machines'
import { field } from './row'
import { readWhen } from './time'

// Recordings are in no documentation: a server may offer them or not, whatever its dialect.

/** The most that servers seen in public give at once. */
const PAGE_SIZE = 200
const MOST_PAGES = 500
const LONGEST_ID = 200

/** One beside the sessions of each machine. */
export function recordingLists(lists: readonly ServerList[]): RecordingList[] {
  return lists.flatMap(({ form, machine }) => {
    if (form.rows !== 'sessions' || machine === undefined) return []
    return [{ stream: `recordings/${machine}`, label: `recordings · ${form.ground.machine?.name ?? machine}`, machine, form }]
  })
}

export async function* recordingsOf(door: FetchDoor, list: RecordingList): AsyncGenerator<RecordingPage, void> {
  const path = `/api/machines/${encodeURIComponent(list.machine)}/recordings`
  const seen = new Set<string>()
  let skip = 0
  for (let page = 0; page < MOST_PAGES; page++) {
    const { body, ...fetched } = await door.get(`${path}?limit=${PAGE_SIZE}&skip=${skip}`)
    const answer = readAnswer(body)
    const rows = member(answer, 'recordings')
    // Go writes an empty list as null.
    if (rows?.kind !== 'array' && rows?.kind !== 'null') {
      throw new ServerFault({ code: 'bad-answer', message: 'The server answered with JSON that holds no list of recordings.' })
    }
    const all = elements(rows)
    const recordings = all.flatMap((row) => (row.kind === 'object' ? (listedIn(row, list) ?? []) : []))
    const total = countIn(answer, 'total')
    yield { recordings, total, rejected: all.length - recordings.length, fetched }
    const before = seen.size
    for (const { id } of recordings) seen.add(id)
    skip += all.length
    if (all.length === 0 || (total !== null && skip >= total) || seen.size === before) return
  }
}

function listedIn(row: JsonObject, { form, machine }: RecordingList): ListedRecording | null {
  const id = field(row, 'id')
  if (id === undefined || id.length > LONGEST_ID) return null
  const session = field(row, 'session_id')
  const user = field(row, 'username')
  const name = field(row, 'machine_name') ?? form.ground.machine?.name ?? machine
  const size = numberIn(row, 'size_bytes')
  const seconds = numberIn(row, 'duration_seconds')
  const created = readWhen(field(row, 'created_at') ?? '')?.time
  return {
    id,
    instance: instanceOf(form.ground, field(row, 'tenant_id') ?? form.ground.machine?.tenant),
    machine: name,
    ...(session !== undefined && { session }),
    ...(user !== undefined && { user }),
    ...(size !== undefined && { size: Math.round(size) }),
    ...(seconds !== undefined && { durationMs: Math.round(seconds * 1000) }),
    ...(created !== undefined && { created }),
  }
}

function numberIn(row: JsonObject, name: string): number | undefined {
  const value = Number(field(row, name) ?? Number.NaN)
  return value >= 0 && value <= Number.MAX_SAFE_INTEGER ? value : undefined
}

/** The address that the server gives for a recording is good for some minutes: it is used at once. */
export function fetchRecording(door: FetchDoor, id: string): Promise<Linked> {
  return door.linked(`/api/recordings/${encodeURIComponent(id)}/url`, (body) => {
    const url = text(member(readAnswer(body), 'url'))
    if (url) return url
    throw new ServerFault({ code: 'bad-answer', message: 'The server answered with no address of the recording.' })
  })
}
