import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import { JsonFault, ServerFault, type ListForm } from '../../source'
import { BodyReader, type PageTask, type ReadPage } from './read-body'
import type { Answer, Ask } from './body-thread'

/** Pages for which a thread is worth its start; the syncs of a live view hardly read more. */
const FEW = 8
/** Megabytes; most of what reading makes dies young. */
const YOUNG = 64

/**
 * Reads the pages of one sync: a few here, the others in a thread of its own, so that another core reads while this one
 * stores. What many pages take to be read fast is made once per thread: none is read here once the thread was begun. Where
 * the built program of the thread does not stand beside the running file, as under the test runner, all are read here.
 */
export class BodyReading {
  readonly #program: string
  readonly #here = new BodyReader()
  #thread: Thread | null = null
  #pages = 0

  constructor(folder: string = import.meta.dirname) {
    this.#program = join(folder, 'body-reader.js')
  }

  /**
   * The body is given away; `page` is the number it gets among those read. Rejects with `JsonFault`, and with `ServerFault`
   * `bad-answer` where it is no such list.
   */
  read(task: PageTask, body: Uint8Array): { page: number; read: Promise<ReadPage> } {
    const page = ++this.#pages
    if (page === FEW) this.expect(FEW)
    return { page, read: this.#thread ? this.#thread.read(task, body, page) : this.#readHere(task, body, page) }
  }

  /** So many pages are to come. */
  expect(pages: number): void {
    if (pages >= FEW && existsSync(this.#program)) this.#thread ??= new Thread(this.#program)
  }

  /** Whether pages are read in the thread by now. */
  get isAside(): boolean {
    return this.#thread !== null
  }

  async close(): Promise<void> {
    await this.#thread?.close()
  }

  async #readHere(task: PageTask, body: Uint8Array, page: number): Promise<ReadPage> {
    return this.#here.read(task, body, page)
  }
}

type Waiting = { resolve: (page: ReadPage) => void; reject: (error: unknown) => void }

class Thread {
  readonly #worker: Worker
  readonly #forms = new Map<ListForm, number>()
  readonly #waiting = new Map<number, Waiting>()
  #failed: Error | null = null

  constructor(program: string) {
    this.#worker = new Worker(program, { resourceLimits: { maxYoungGenerationSizeMb: YOUNG } })
    this.#worker.on('message', (answer: Answer) => this.#hear(answer))
    this.#worker.on('error', (error) => this.#fail(error))
    this.#worker.on('exit', (code) => this.#fail(new Error(`the thread that reads pages ended with code ${code}`)))
  }

  read({ form, ...task }: PageTask, body: Uint8Array, page: number): Promise<ReadPage> {
    if (this.#failed) return Promise.reject(this.#failed)
    // Given away, unless it is a part of memory that others use.
    const own = body.length === body.buffer.byteLength ? body : new Uint8Array(body)
    const ask = { page, task, form: this.#numberOf(form), body: own } satisfies Ask
    return new Promise((resolve, reject) => {
      this.#waiting.set(page, { resolve, reject })
      this.#worker.postMessage(ask, [own.buffer as ArrayBuffer])
    })
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
    this.#waiting.delete(answer.page)
    if ('read' in answer) return waiting.resolve(answer.read)
    const { problem } = answer
    waiting.reject('at' in problem ? new JsonFault(problem.problem, problem.at, problem.truncated) : new ServerFault(problem))
  }

  #fail(error: Error): void {
    this.#failed ??= error
    for (const { reject } of this.#waiting.values()) reject(error)
    this.#waiting.clear()
  }
}
