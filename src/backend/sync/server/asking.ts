import { ServerFault, type PageAsk, type Said, type ServerList } from '../../source'
import type { BodyReading } from './body-reading'
import type { PatientDoor } from './patient-door'
import type { PageTask, ReadPage } from './read-body'

/**
 * What will probably be asked for next, by the answer before it; null where that cannot be told. `untaken`: pages up to
 * that answer's that nobody took yet.
 */
export type Ahead = (body: Uint8Array, untaken: number) => PageAsk | null

type Answered = Said<ReadPage | ServerFault>

type AskingOptions = {
  door: PatientDoor
  list: ServerList
  reading: BodyReading
  /** How its pages are to be read. */
  task: Omit<PageTask, 'after'>
  /** Number of the page that was kept last. */
  latest: () => number | null
}

/** Pages asked for before anybody takes them. */
const MOST_AHEAD = 4

type Next = { path: string; after: Request }

/** Asks for the pages of one list, one at a time, and for the next ones while those before are read and stored. */
export class Asking {
  readonly #options: AskingOptions
  /** Answers that came, those to what nobody asked for in the end among them. */
  requests = 0
  /** Asked for ahead, each by the answer to the one before. */
  #untaken: Request[] = []
  #ahead: Ahead | null = null
  /** The one begun last. */
  #last: Request | null = null
  /** What is to be asked for when there is room. */
  #next: Next | null = null

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
    const request = this.#untaken.shift() ?? this.#begin(path, latest)
    this.#goOn()
    return request.answer
  }

  /** Nothing more is asked for. */
  close(): void {
    for (const request of this.#untaken) request.isDropped = true
    this.#untaken = []
    this.#last = null
    this.#next = null
  }

  /** `after` tells the page that will be kept before this one is, when its answer came. */
  #begin(path: string, after: () => number | null): Request {
    const { door, reading, task } = this.#options
    const request = new Request(path, after)
    this.#last = request
    request.answer = door.read(path, (body) => {
      this.requests++
      if (request.isDropped) throw new Error(`nobody asked for ${path}`)
      // The body is given away.
      const next = this.#nextOf(request, body)
      const { page, read } = reading.read({ ...task, after: after() }, body)
      request.page = page
      this.#next = next ?? this.#next
      this.#goOn()
      // What is no such list will be none when it is asked for again: this fault is not the door's.
      return read.catch(asValue)
    })
    request.answer.catch(() => {})
    return request
  }

  #nextOf(request: Request, body: Uint8Array): Next | null {
    const next = request === this.#last ? this.#ahead?.(body, this.#untaken.length) : null
    return next ? { path: this.#options.list.path(next), after: request } : null
  }

  #goOn(): void {
    const next = this.#next
    if (next === null || this.#untaken.length >= MOST_AHEAD) return
    this.#next = null
    this.#untaken.push(this.#begin(next.path, () => next.after.page))
  }
}

/** One request on its way. */
class Request {
  readonly path: string
  readonly #after: () => number | null
  answer: Promise<Answered> = new Promise(() => {})
  /** Number of the page; null until its answer came. */
  page: number | null = null
  isDropped = false

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
