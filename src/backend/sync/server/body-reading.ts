import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import { JsonFault, ServerFault, type ListForm } from '../../source'
import type { PagesBatch } from './page-groups'
import { BodyReader, type PageTask, type ReadPage } from './read-body'
import { arrived, type Answer, type Ask } from './body-thread'

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
  /** Number of the last page that was read here. */
  #lastHere = 0

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
    if (!this.#thread) this.#lastHere = page
    return { page, read: this.#thread ? this.#thread.read(task, body, page) : this.#readHere(task, body, page) }
  }

  /** The records of pages of a list that were put off, in that order. */
  async batch(stream: string, pages: number[]): Promise<PagesBatch> {
    const isHere = pages.every((page) => page <= this.#lastHere)
    return isHere || !this.#thread ? this.#here.batch(stream, pages) : this.#thread.batch(stream, pages)
  }

  /** Whether one batch can hold the records of both pages. */
  canJoin(page: number, other: number): boolean {
    return page <= this.#lastHere === other <= this.#lastHere
  }

  /** What was put off of a list is wanted no more. */
  forget(stream: string): void {
    this.#here.forget(stream)
    this.#thread?.forget(stream)
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

type Waiting<T> = { resolve: (found: T) => void; reject: (error: unknown) => void }

class Thread {
  readonly #worker: Worker
  readonly #forms = new Map<ListForm, number>()
  readonly #waiting = new Map<number, Waiting<ReadPage>>()
  /** By the last of their pages. */
  readonly #batches = new Map<number, Waiting<PagesBatch>>()
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

  batch(stream: string, pages: number[]): Promise<PagesBatch> {
    if (this.#failed) return Promise.reject(this.#failed)
    const ask: Ask = { stream, pages }
    return new Promise((resolve, reject) => {
      this.#batches.set(pages.at(-1) ?? 0, { resolve, reject })
      this.#worker.postMessage(ask)
    })
  }

  forget(stream: string): void {
    const ask: Ask = { forget: stream }
    this.#worker.postMessage(ask)
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
    if ('last' in answer) {
      this.#batches.get(answer.last)?.resolve(answer.batch)
      this.#batches.delete(answer.last)
      return
    }
    const waiting = this.#waiting.get(answer.page)
    if (!waiting) return
    this.#waiting.delete(answer.page)
    if ('read' in answer) return waiting.resolve(arrived(answer.read))
    const { problem } = answer
    waiting.reject('at' in problem ? new JsonFault(problem.problem, problem.at, problem.truncated) : new ServerFault(problem))
  }

  #fail(error: Error): void {
    this.#failed ??= error
    for (const { reject } of [...this.#waiting.values(), ...this.#batches.values()]) reject(error)
    this.#waiting.clear()
    this.#batches.clear()
  }
}
