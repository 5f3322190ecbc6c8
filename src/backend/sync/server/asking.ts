import { ServerFault, type PageAsk, type Said, type ServerList } from '../../source'
import type { BodyReading } from './body-reading'
import type { PatientDoor } from './patient-door'
import type { PageGroup } from './page-groups'
import type { PageTask, ReadPage } from './read-body'

/**
 * What will probably be asked for after a page, by its answer, or by none while that is on its way; null where that cannot
 * be told. `untaken`: pages up to that one that nobody took yet.
 */
export type Ahead = (body: Uint8Array | null, untaken: number) => PageAsk | null

type Answered = Said<ReadPage | ServerFault>

type AskingOptions = {
  door: PatientDoor
  list: ServerList
  reading: BodyReading
  /** How its pages are to be read. */
  task: Omit<PageTask, 'after' | 'group'>
  /** The group of the page that is read next, see `PageTask`. */
  groupOfNext: () => PageGroup | null
  /** Number of the page that was kept last. */
  latest: () => number | null
}

/** Pages asked for before anybody takes them; while some are stored together, as many are read. */
const MOST_AHEAD = 8
/** Requests of one list on their way at one time. */
const MOST_UNDER_WAY = 2

/** Number that a page got among those read; null until its answer came. */
type PageNumber = { page: number | null }

type Next = { path: string; after: PageNumber }

/** Asks for the pages of one list, and for the next ones while those before are read and stored. */
export class Asking {
  readonly #options: AskingOptions
  /** Answers that came, those to what nobody asked for in the end among them. */
  requests = 0
  /** Asked for ahead, in the order in which they will be taken. */
  #untaken: Request[] = []
  #ahead: Ahead | null = null
  /** The one begun last. */
  #last: Request | null = null
  #underWay = 0
  /** What is to be asked for when there is room. */
  #next: Next | null = null
  /** Resolves when the answer of the request begun last came, or none will. */
  #turn: Promise<void> = Promise.resolve()

  constructor(options: AskingOptions) {
    this.#options = options
  }

  /** Rejects with the faults of the door; what is no such list is the answer's `said`. */
  ask(ask: PageAsk, ahead: Ahead | null): Promise<Answered> {
    const { list, latest } = this.#options
    const path = list.path(ask)
    // One that was read as what follows a page is of use only where that page was kept.
    if (!this.#untaken[0]?.isFor(path, latest())) this.close()
    this.#ahead = ahead
    const request = this.#untaken.shift() ?? this.#begin(path, () => this.#options.latest())
    this.#goOn()
    return request.answer
  }

  /** Nothing more is asked for. */
  close(): void {
    for (const request of this.#untaken) request.isDropped = true
    this.#untaken = []
    this.#last = null
    this.#turn = Promise.resolve()
    this.#next = null
  }

  /** `after` tells the page that will be kept before this one is, when its answer came. */
  #begin(path: string, after: () => number | null): Request {
    const { door, reading, task, groupOfNext } = this.#options
    const request = new Request(path, after)
    this.#last = request
    this.#underWay++
    const turn = this.#turn
    this.#turn = request.landed
    request.answer = door.read(path, async (body) => {
      this.requests++
      // They are read in the order in which they were asked for, whichever came first.
      await turn
      if (request.isDropped) throw new Error(`nobody asked for ${path}`)
      // The body is given away.
      this.#look(request, body)
      const { page, read } = reading.read({ ...task, after: after(), group: groupOfNext() }, body)
      request.number.page = page
      this.#land(request)
      // What is no such list will be none when it is asked for again: this fault is not the door's.
      return read.catch(asValue)
    })
    request.answer.catch(() => this.#land(request))
    return request
  }

  /** Finds what is to be asked for after a page. */
  #look(request: Request, body: Uint8Array | null): void {
    const next = request === this.#last ? this.#ahead?.(body, this.#untaken.length) : null
    // Not the request, which has its answer: each would keep all before it.
    if (next) this.#next = { path: this.#options.list.path(next), after: request.number }
  }

  /** Its answer came, or none will. */
  #land(request: Request): void {
    if (request.isUnderWay) this.#underWay--
    request.isUnderWay = false
    request.land()
    this.#goOn()
  }

  #goOn(): void {
    if (this.#next === null && this.#last?.isUnderWay) this.#look(this.#last, null)
    const next = this.#next
    if (next === null || this.#untaken.length >= MOST_AHEAD || this.#underWay >= MOST_UNDER_WAY) return
    this.#next = null
    this.#untaken.push(this.#begin(next.path, () => next.after.page))
    this.#goOn()
  }
}

/** One request on its way. */
class Request {
  readonly path: string
  readonly #after: () => number | null
  answer: Promise<Answered> = new Promise(() => {})
  readonly number: PageNumber = { page: null }
  isUnderWay = true
  isDropped = false
  land = () => {}
  /** Resolves when its answer came, or none will. */
  readonly landed = new Promise<void>((resolve) => (this.land = resolve))

  constructor(path: string, after: () => number | null) {
    this.path = path
    this.#after = after
  }

  /** Whether it is what is asked for, and was or will be read after the page kept last. */
  isFor(path: string, latest: number | null): boolean {
    return this.path === path && this.#after() === latest
  }
}

function asValue(error: unknown): ServerFault {
  if (error instanceof ServerFault) return error
  throw error
}
