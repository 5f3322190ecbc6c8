import { createHash } from 'node:crypto'
import type { Instant, TimeRange } from '../../domain'
import type { Cache } from './cache'
import type { Codes } from './growing'

// One command stands in an audit list and in the log of the machine it was run on: same machine, same actor, same text, at
// most so far apart.

const APART_MS = 2000
const LOGS = 'logs/'
/** Attribute of an audit record that tells the text only by its SHA-256 in hexadecimal. */
const TEXT_HASH = 'command_sha256'
/** Commands of one text on one machine that are looked at for one record; more in so short a time are not told apart. */
const MOST_LOOKED_AT = 512

/** A command by codes; 0 is unknown. */
type Command = { row: number; time: Instant; text: number; machine: number; machineName: number; actors: number[] }
/** `apart`: milliseconds between the two. */
type Pair = { listed: Command; logged: Command; apart: number }

/** Pairs of rows that tell the same, one to one, the nearest in time first. */
export function findSame(cache: Cache, connection: number, range: TimeRange): [listed: number, logged: number][] {
  const found = new Reader(cache).commands(connection, range)
  const places: Places = new Map()
  for (const command of found.logged) file(places, command)
  const pairs: Pair[] = []
  for (const command of found.listed) addPartners(command, places, pairs)
  const isTaken = new Uint8Array(cache.index.rows)
  const same: [listed: number, logged: number][] = []
  for (const pair of pairs.toSorted((a, b) => a.apart - b.apart || a.listed.time - b.listed.time)) {
    const [listed, logged] = [pair.listed.row, pair.logged.row]
    if (isTaken[listed] === 1 || isTaken[logged] === 1) continue
    isTaken[listed] = isTaken[logged] = 1
    same.push([listed, logged])
  }
  return same
}

/** Commands by their text, then by their machine's id and by its name. */
type Places = Map<number, { byId: Map<number, Command[]>; byName: Map<number, Command[]> }>

function file(places: Places, command: Command): void {
  const { text, machine, machineName } = command
  const place = places.get(text) ?? { byId: new Map<number, Command[]>(), byName: new Map<number, Command[]>() }
  places.set(text, place)
  if (machine) push(place.byId, machine, command)
  if (machineName) push(place.byName, machineName, command)
}

function addPartners(listed: Command, places: Places, pairs: Pair[]): void {
  const place = places.get(listed.text)
  if (!place) return
  addFrom(listed, place.byId.get(listed.machine), pairs)
  addFrom(listed, place.byName.get(listed.machineName), pairs)
}

function addFrom(listed: Command, commands: Command[] | undefined, pairs: Pair[]): void {
  if (!commands) return
  const first = firstAt(commands, listed.time - APART_MS)
  for (let at = first; at < Math.min(commands.length, first + MOST_LOOKED_AT); at++) {
    const logged = commands[at]
    if (!logged || logged.time > listed.time + APART_MS) break
    // Of two machines of one name the ids decide.
    const isOther = listed.machine !== 0 && logged.machine !== 0 && listed.machine !== logged.machine
    if (!isOther && listed.actors.some((actor) => logged.actors.includes(actor))) pairs.push({ listed, logged, apart: Math.abs(listed.time - logged.time) })
  }
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
  readonly #names = new Map<string, number>()
  readonly #folded = new Map<Codes, number[]>()
  /** Whether the streams of each code are logs. */
  readonly #isLog: boolean[] = []
  readonly #byHash = new Map<string, number>()

  constructor(cache: Cache) {
    this.#cache = cache
  }

  /** Ascending in time, those of a little before and after the range too. */
  commands(connection: number, range: TimeRange): { listed: Command[]; logged: Command[] } {
    const { index, facts } = this.#cache
    const wide = { from: range.from - APART_MS, to: range.to + APART_MS }
    const { rows, from, to } = this.#cache.views.slice({ filter: { kind: 'all' }, range: wide, companions: true })
    const kinds = index.text('category')
    const texts = index.text('command')
    const listed: Command[] = []
    const logged: Command[] = []
    const untold: Command[] = []
    for (let at = from; at < to; at++) {
      const row = rows[at] ?? 0
      const isLog = this.#isLogged(row)
      if ((!isLog && kinds?.text(row) !== 'command') || facts.sameAs(row) !== undefined) continue
      if (!this.#cache.isKnownTo(row, connection)) continue
      const command = this.#command(row, texts?.at(row) ?? 0)
      if (command.text === 0) untold.push(command)
      else (isLog ? logged : listed).push(command)
    }
    const found = untold.filter((command) => !this.#isLogged(command.row) && this.#tell(command, logged))
    return { listed: [...listed, ...found], logged }
  }

  #command(row: number, text: number): Command {
    const { index } = this.#cache
    const ids = index.text('machineId')
    const actors = (['actorId', 'actorName', 'actorEmail'] as const).map((column) => this.#fold(index.text(column), row))
    return {
      row,
      time: index.times.array[row] ?? 0,
      text,
      machine: ids?.at(row) ?? 0,
      machineName: this.#fold(index.text('machineName'), row),
      actors: actors.filter((actor) => actor !== 0),
    }
  }

  /** Finds the text by its hash; false when no logged command has it. */
  #tell(command: Command, logged: Command[]): boolean {
    const { blocks, index } = this.#cache
    const { block, row } = blocks.place(command.row)
    const hash = blocks.at(block).attribute(TEXT_HASH)?.at(row)?.toLowerCase()
    if (hash === undefined) return false
    if (this.#byHash.size === 0) {
      for (const text of new Set(logged.map((other) => other.text))) {
        const value = index.text('command')?.values[text - 1] ?? ''
        this.#byHash.set(createHash('sha256').update(value).digest('hex'), text)
      }
    }
    command.text = this.#byHash.get(hash) ?? 0
    return command.text !== 0
  }

  #isLogged(row: number): boolean {
    const { streams } = this.#cache.index
    return (this.#isLog[streams.at(row)] ??= streams.text(row)?.startsWith(LOGS) ?? false)
  }

  /** A number that texts have in common when they differ in case alone, whatever their column; 0 for none. */
  #fold(column: Codes | null, row: number): number {
    const code = column?.at(row) ?? 0
    if (!column || code === 0) return 0
    const known = this.#folded.get(column) ?? []
    this.#folded.set(column, known)
    return (known[code] ??= this.#number((column.values[code - 1] ?? '').toLowerCase()))
  }

  #number(text: string): number {
    const number = this.#names.get(text) ?? this.#names.size + 1
    this.#names.set(text, number)
    return number
  }
}

function push(lists: Map<number, Command[]>, key: number, command: Command): void {
  const list = lists.get(key)
  if (list) list.push(command)
  else lists.set(key, [command])
}
