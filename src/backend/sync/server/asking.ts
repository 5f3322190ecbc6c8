import { ServerFault, type PageAsk, type Said, type ServerList } from '../../source'
import type { BodyReading } from './body-reading'
import type { PatientDoor } from './patient-door'
import type { PageTask, ReadPage } from './read-body'

/** What will probably be asked for next, by the answer to what was asked now; null where that cannot be told. */
export type Ahead = (body: Uint8Array) => PageAsk | null

type Answered = Said<ReadPage | ServerFault>

type AskingOptions = {
  door: PatientDoor
  list: ServerList
  reading: BodyReading
  /** How a page is to be read that arrives now. */
  task(): PageTask
}

/** Asks for the pages of one list, and for the next one while the one before is read. */
export class Asking {
  readonly #options: AskingOptions
  /** Answers that came, those to what nobody asked for in the end among them. */
  requests = 0
  #ahead: Request | null = null

  constructor(options: AskingOptions) {
    this.#options = options
  }

  /** Rejects with the faults of the door; what is no such list is the answer's `said`. */
  ask(ask: PageAsk, ahead: Ahead | null): Promise<Answered> {
    const path = this.#options.list.path(ask)
    const before = this.#ahead
    this.#ahead = null
    if (before?.path !== path) before?.drop()
    const request = before?.path === path ? before : this.#begin(path)
    request.take(ahead)
    return request.answer
  }

  /** Nothing more is asked for. */
  close(): void {
    this.#ahead?.drop()
    this.#ahead = null
  }

  #begin(path: string): Request {
    const { door, reading, list } = this.#options
    const request = new Request(path)
    request.answer = door.read(path, async (body) => {
      this.requests++
      const ahead = await request.taken
      const next = ahead?.(body)
      if (next) {
        this.#ahead?.drop()
        this.#ahead = this.#begin(list.path(next))
      }
      // What is no such list will be none when it is asked for again: this fault is not the door's.
      return reading.read(this.#options.task(), body).catch(asValue)
    })
    request.answer.catch(() => {})
    return request
  }
}

/** One request on its way; its answer is read when somebody takes it. */
class Request {
  readonly path: string
  readonly taken: Promise<Ahead | null>
  answer: Promise<Answered> = new Promise(() => {})
  take: (ahead: Ahead | null) => void = () => {}
  drop: () => void = () => {}

  constructor(path: string) {
    this.path = path
    this.taken = new Promise((resolve, reject) => {
      this.take = resolve
      this.drop = () => reject(new Error(`nobody asked for ${path}`))
    })
    this.taken.catch(() => {})
  }
}

function asValue(error: unknown): ServerFault {
  if (error instanceof ServerFault) return error
  throw error
}
