import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import { JsonFault, ServerFault, type ListForm } from '../../source'
import { BodyReader, type PageBatch, type PageSaid, type PageTask } from './read-body'
import type { Answer, Ask } from './body-thread'

/** A page that was read. `ready` resolves when it can be stored, which takes another while. */
export type ReadPage = { said: PageSaid; ready: Promise<PageBatch> }

/** Pages that one sync reads before a thread is worth its start; the syncs of a live view hardly read more. */
const FEW = 8
/** Megabytes; most of what reading makes dies young. */
const YOUNG = 64

/**
 * Reads the pages of one sync: the first few here, the others in a thread of its own, so that another core reads while
 * this one stores. Where the built program of the thread does not stand beside the running file, as under the test
 * runner, all are read here.
 */
export class BodyReading {
  readonly #program: string
  readonly #here = new BodyReader()
  #thread: Thread | null = null
  #pages = 0

  constructor(folder: string = import.meta.dirname) {
    this.#program = join(folder, 'body-reader.js')
  }

  /** The body is given away. Rejects with `JsonFault`, and with `ServerFault` `bad-answer` where it is no such list. */
  async read(task: PageTask, body: Uint8Array): Promise<ReadPage> {
    const number = ++this.#pages
    if (number === FEW && existsSync(this.#program)) this.#thread = new Thread(this.#program)
    if (this.#thread && this.isAside) return this.#thread.read(task, body, number)
    const page = this.#here.read(task, body, number)
    return { said: page.said, ready: Promise.resolve().then(() => page.encode()) }
  }

  /** Whether pages are read in the thread by now. */
  get isAside(): boolean {
    return this.#thread?.isUp ?? false
  }

  async close(): Promise<void> {
    await this.#thread?.close()
  }
}

/** A promise from outside. */
class Deferred<T> {
  readonly promise: Promise<T>
  resolve: (value: T) => void = () => {}
  reject: (error: unknown) => void = () => {}

  constructor() {
    this.promise = new Promise<T>((resolve, reject) => {
      this.resolve = resolve
      this.reject = reject
    })
    // Whoever waits is told; nobody may be waiting any more.
    this.promise.catch(() => {})
  }
}

type Waiting = { read: Deferred<ReadPage>; ready: Deferred<PageBatch> }

class Thread {
  isUp = false
  readonly #worker: Worker
  readonly #forms = new Map<ListForm, number>()
  readonly #waiting = new Map<number, Waiting>()
  #failed: Error | null = null

  constructor(program: string) {
    this.#worker = new Worker(program, { resourceLimits: { maxYoungGenerationSizeMb: YOUNG } })
    this.#worker.once('online', () => (this.isUp = true))
    this.#worker.on('message', (answer: Answer) => this.#hear(answer))
    this.#worker.on('error', (error) => this.#fail(error))
    this.#worker.on('exit', (code) => this.#fail(new Error(`the thread that reads pages ended with code ${code}`)))
  }

  read({ form, ...task }: PageTask, body: Uint8Array, page: number): Promise<ReadPage> {
    if (this.#failed) return Promise.reject(this.#failed)
    // Given away, unless it is a part of memory that others use.
    const own = body.length === body.buffer.byteLength ? body : new Uint8Array(body)
    const ask = { page, task, form: this.#numberOf(form), body: own } satisfies Ask
    const waiting = { read: new Deferred<ReadPage>(), ready: new Deferred<PageBatch>() }
    this.#waiting.set(page, waiting)
    this.#worker.postMessage(ask, [own.buffer as ArrayBuffer])
    return waiting.read.promise
  }

  async close(): Promise<void> {
    await this.#worker.terminate()
  }

  /** Sent once: a list's form names all machines of a server. */
  #numberOf(form: ListForm): number {
    const known = this.#forms.get(form)
    if (known !== undefined) return known
    const number = this.#forms.size
    this.#forms.set(form, number)
    const ask: Ask = { form, number }
    this.#worker.postMessage(ask)
    return number
  }

  #hear(answer: Answer): void {
    const waiting = this.#waiting.get(answer.page)
    if (!waiting) return
    if ('said' in answer) return waiting.read.resolve({ said: answer.said, ready: waiting.ready.promise })
    this.#waiting.delete(answer.page)
    if ('batch' in answer) return waiting.ready.resolve(answer.batch)
    const { problem } = answer
    waiting.read.reject('at' in problem ? new JsonFault(problem.problem, problem.at, problem.truncated) : new ServerFault(problem))
  }

  #fail(error: Error): void {
    this.#failed ??= error
    for (const { read, ready } of this.#waiting.values()) {
      read.reject(error)
      ready.reject(error)
    }
    this.#waiting.clear()
  }
}
