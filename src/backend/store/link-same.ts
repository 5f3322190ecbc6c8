import { createHash } from 'node:crypto'
import type { Instant, TimeRange } from '../../domain'
import type { Cache } from './cache'
import type { Codes } from './growing'
import { Turn } from './turn'

// One command stands in an audit list and in the log of the machine it was run on: same machine, same actor, same text, at
// most so far apart.

const APART_MS = 2000
const LOGS = 'logs/'
const ACTOR_COLUMNS = ['actorId', 'actorName', 'actorEmail'] as const
/** Attribute of an audit record that tells the text only by its SHA-256 in hexadecimal. */
const TEXT_HASH = 'command_sha256'
/** Commands of one text on one machine that are looked at for one record; more in so short a time are not told apart. */
const MOST_LOOKED_AT = 512
/** Commands that are looked at before the clock is. */
const LOOK = 256

/** A command by codes; 0 is unknown. */
type Command = { row: number; time: Instant; text: number; machine: number; machineName: number }
/** `apart`: milliseconds between the two. */
type Pair = { listed: Command; logged: Command; apart: number }

/** Pairs of rows that tell the same, one to one, the nearest in time first. Others get their turn meanwhile. */
export async function findSame(cache: Cache, connection: number, range: TimeRange): Promise<[listed: number, logged: number][]> {
  const turn = new Turn()
  const reader = new Reader(cache, turn)
  const { listed, logged } = await reader.commands(connection, range)
  const places: Places = new Map()
  await eachInTurns(logged, turn, (command) => file(places, command))
  // By whole milliseconds apart: many are put in order piece by piece.
  const pairs: Pair[][] = Array.from({ length: APART_MS + 1 }, () => [])
  await eachInTurns(listed, turn, (command) => {
    for (const other of partnersOf(command, places)) {
      const apart = Math.abs(command.time - other.time)
      if (reader.isOneActor(command.row, other.row)) pairs[Math.floor(apart)]?.push({ listed: command, logged: other, apart })
    }
  })
  const isTaken = new Uint8Array(cache.index.rows)
  const same: [listed: number, logged: number][] = []
  for (const some of pairs) {
    if (turn.isOver()) await turn.next()
    for (const pair of some.toSorted((a, b) => a.apart - b.apart || a.listed.time - b.listed.time)) {
      const [one, other] = [pair.listed.row, pair.logged.row]
      if (isTaken[one] === 1 || isTaken[other] === 1) continue
      isTaken[one] = isTaken[other] = 1
      same.push([one, other])
    }
  }
  return same
}

/** The pairs as they are now: later states of their rows where there are, without those that were linked or wiped meanwhile. */
export function stillOpen(cache: Cache, pairs: readonly [listed: number, logged: number][]): [listed: number, logged: number][] {
  const { facts } = cache
  const newest = pairs.map(([listed, logged]): [number, number] => [facts.newest(listed), facts.newest(logged)])
  return newest.filter((rows) => rows.every((row) => cache.isAlive(row) && facts.sameAs(row) === undefined))
}

async function eachInTurns<T>(items: ArrayLike<T>, turn: Turn, each: (item: T) => void): Promise<void> {
  for (let at = 0; at < items.length; at++) {
    if (at % LOOK === 0 && turn.isOver()) await turn.next()
    each(items[at] as T)
  }
}

/** Commands by their text, then by their machine's id and by its name; `byNameAlone` are those without an id. */
type Places = Map<number, Record<'byId' | 'byName' | 'byNameAlone', Map<number, Command[]>>>

function file(places: Places, command: Command): void {
  const { text, machine, machineName } = command
  let place = places.get(text)
  if (place === undefined) places.set(text, (place = { byId: new Map(), byName: new Map(), byNameAlone: new Map() }))
  if (machine) push(place.byId, machine, command)
  if (machineName) push(place.byName, machineName, command)
  if (machineName && !machine) push(place.byNameAlone, machineName, command)
}

function partnersOf(listed: Command, places: Places): Command[] {
  const place = places.get(listed.text)
  if (!place) return []
  const { machine, machineName } = listed
  if (machine === 0) return near(listed, place.byName.get(machineName))
  // Of two machines of one name the ids decide.
  const [byId, byName] = [near(listed, place.byId.get(machine)), near(listed, place.byNameAlone.get(machineName))]
  return byName.length === 0 ? byId : byId.concat(byName)
}

/** Commands of about that time. */
function near(listed: Command, commands: Command[] = []): Command[] {
  const first = firstAt(commands, listed.time - APART_MS)
  const most = Math.min(commands.length, first + MOST_LOOKED_AT)
  let end = first
  while (end < most && (commands[end]?.time ?? Infinity) <= listed.time + APART_MS) end++
  return commands.slice(first, end)
}

function firstAt(commands: Command[], time: Instant): number {
  let low = 0
  let high = commands.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((commands[middle]?.time ?? 0) < time) low = middle + 1
    else high = middle
  }
  return low
}

/** Reads commands from the columns that are in memory anyway. */
class Reader {
  readonly #cache: Cache
  readonly #turn: Turn
  readonly #numbers = new Map<string, number>()
  readonly #actors: Folded[]
  readonly #machineNames: Folded
  readonly #byHash = new Map<string, number>()

  constructor(cache: Cache, turn: Turn) {
    const { index } = cache
    this.#cache = cache
    this.#turn = turn
    this.#actors = ACTOR_COLUMNS.map((column) => new Folded(index.text(column), this.#numbers))
    this.#machineNames = new Folded(index.text('machineName'), this.#numbers)
  }

  /** Those that are not linked yet, of a little before and after the range too; the logged ones ascending in time. */
  async commands(connection: number, range: TimeRange): Promise<{ listed: Command[]; logged: Command[] }> {
    const found = { listed: [] as Command[], logged: [] as Command[] }
    const untold: Command[] = []
    const wide = { from: range.from - APART_MS, to: range.to + APART_MS }
    for (const stream of this.#cache.index.streams.values) {
      const isLog = stream.startsWith(LOGS)
      const into = isLog ? found.logged : found.listed
      // A copy: what comes meanwhile moves the others.
      await eachInTurns(this.#cache.streams.in(stream, wide).slice(), this.#turn, (row) => {
        if (!this.#isOpen(row, connection) || !(isLog || this.#isCommand(row))) return
        const command = this.#command(row)
        if (command.text !== 0) into.push(command)
        else if (!isLog) untold.push(command)
      })
    }
    if (untold.length > 0) await this.#hash(found.logged)
    await eachInTurns(untold, this.#turn, (command) => {
      if (this.#tell(command)) found.listed.push(command)
    })
    return { listed: found.listed, logged: found.logged.toSorted((a, b) => a.time - b.time) }
  }

  isOneActor(one: number, other: number): boolean {
    return this.#actors.some((column) => {
      const actor = column.at(one)
      return actor !== 0 && this.#actors.some((others) => others.at(other) === actor)
    })
  }

  #isOpen(row: number, connection: number): boolean {
    const { index, facts } = this.#cache
    return !index.isEarlier(row) && facts.sameAs(row) === undefined && this.#cache.isKnownTo(row, connection)
  }

  #isCommand(row: number): boolean {
    return this.#cache.index.text('category')?.text(row) === 'command'
  }

  #command(row: number): Command {
    const { index } = this.#cache
    return {
      row,
      time: index.times.array[row] ?? 0,
      text: index.text('command')?.at(row) ?? 0,
      machine: index.text('machineId')?.at(row) ?? 0,
      machineName: this.#machineNames.at(row),
    }
  }

  /** Finds the text by its hash; false when no logged command has it. */
  #tell(command: Command): boolean {
    const { blocks } = this.#cache
    const { block, row } = blocks.place(command.row)
    const hash = blocks.at(block).attribute(TEXT_HASH)?.at(row)?.toLowerCase()
    command.text = hash === undefined ? 0 : (this.#byHash.get(hash) ?? 0)
    return command.text !== 0
  }

  async #hash(logged: Command[]): Promise<void> {
    const texts = Uint32Array.from(new Set(logged.map(({ text }) => text)))
    await eachInTurns(texts, this.#turn, (text) => {
      const value = this.#cache.index.text('command')?.values[text - 1] ?? ''
      this.#byHash.set(createHash('sha256').update(value).digest('hex'), text)
    })
  }
}

/** A column by numbers that texts have in common when they differ in case alone, whatever their column; 0 for none. */
class Folded {
  readonly #column: Codes | null
  readonly #numbers: Map<string, number>
  readonly #byCode: number[] = [0]

  constructor(column: Codes | null, numbers: Map<string, number>) {
    this.#column = column
    this.#numbers = numbers
  }

  at(row: number): number {
    const code = this.#column?.at(row) ?? 0
    return (this.#byCode[code] ??= this.#numberOf(code))
  }

  #numberOf(code: number): number {
    const text = (this.#column?.values[code - 1] ?? '').toLowerCase()
    const number = this.#numbers.get(text) ?? this.#numbers.size + 1
    this.#numbers.set(text, number)
    return number
  }
}

function push(lists: Map<number, Command[]>, key: number, command: Command): void {
  const list = lists.get(key)
  if (list) list.push(command)
  else lists.set(key, [command])
}
