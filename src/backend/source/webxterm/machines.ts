import type { Thing } from '../../../domain'
import type { FetchDoor } from '../fetch-door'
import { elements, JsonFault, member, readJson, text, type JsonValue } from '../json'
import { ServerFault } from '../server-fault'

/** What is kept of a machine: never its registration token. */
export type Machine = { agent: string; name: string; tenant?: string }

/** Machines by both of their ids. */
export type Machines = ReadonlyMap<string, Machine>

const PAGE_SIZE = 500
const MOST_PAGES = 100
/** A paged server gives machines in random order, so a page may repeat what another had. */
const ROUNDS = 3

export type MachineList = { all: Machine[]; known: Machines; total: number | null }

/** Asks which machines there are, sorted by name. */
export async function askMachines(door: FetchDoor): Promise<MachineList> {
  const known = new Map<string, Machine>()
  const first = await readPage(door, '/api/machines', known)
  for (let round = 0; first.pages > 1 && round < ROUNDS && countOf(known) < (first.total ?? 0); round++) {
    let pages = first.pages
    for (let page = 1; page <= pages && page <= MOST_PAGES; page++) {
      const answer = await readPage(door, `/api/machines?page=${page}&limit=${PAGE_SIZE}`, known)
      pages = answer.pages
    }
  }
  const all = [...new Set(known.values())].toSorted((a, b) => compare(a.name, b.name) || compare(a.agent, b.agent))
  return { all, known, total: first.total }
}

function countOf(known: Machines): number {
  return new Set(known.values()).size
}

type Page = { pages: number; total: number | null }

async function readPage(door: FetchDoor, path: string, known: Map<string, Machine>): Promise<Page> {
  const { body } = await door.get(path)
  const list = readAnswer(body)
  const machines = member(list, 'machines')
  if (machines?.kind !== 'array' && machines?.kind !== 'null') {
    const message = 'The server answered /api/machines with something that is no list of machines.'
    throw new ServerFault({ code: 'bad-answer', message })
  }
  for (const row of elements(machines)) addMachine(row, known)
  const total = countIn(list, 'total')
  return { pages: countIn(list, 'total_pages') ?? 1, total }
}

function addMachine(row: JsonValue, known: Map<string, Machine>): void {
  const id = text(member(row, 'id')) || undefined
  const agent = text(member(row, 'agent_id')) || id
  if (agent === undefined || known.has(agent)) return
  const tenant = text(member(row, 'tenant_id')) || undefined
  const machine = { agent, name: text(member(row, 'name')) || agent, ...(tenant !== undefined && { tenant }) }
  known.set(agent, machine)
  if (id !== undefined && !known.has(id)) known.set(id, machine)
}

/** A number of an answer; null where it has none. */
export function countIn(answer: JsonValue, name: string): number | null {
  const written = text(member(answer, name))
  return written !== undefined && /^\d{1,15}$/.test(written) ? Number(written) : null
}

/** Reads an answer's JSON. Throws `bad-answer`. */
export function readAnswer(body: Uint8Array): JsonValue {
  try {
    return readJson(body)
  } catch (error) {
    if (!(error instanceof JsonFault)) throw error
    const what = error.truncated ? 'JSON that is cut off' : 'something that is not JSON'
    throw new ServerFault({ code: 'bad-answer', message: `The server answered with ${what} (${error.message}).` })
  }
}

/** A machine in an event, by any of its ids. */
export function machineThing(machines: Machines, id: string | undefined, name?: string): Thing | undefined {
  const known = id === undefined ? undefined : machines.get(id)
  const agent = known?.agent ?? id
  const called = name ?? known?.name
  if (agent === undefined && called === undefined) return undefined
  const thing: Thing = { kind: 'machine' }
  if (agent !== undefined) thing.id = agent
  if (called !== undefined) thing.name = called
  return thing
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
