import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import { BackendFault } from '../../contract'
import { LocalReading, type ReadingTask } from './local-reading'
import { NOTHING_YET, type Call, type Calls, type Progress, type Reading, type ReadingFiles } from './reading'
import { closedFault } from './reading-fault'
import type { ThreadAsk, ThreadSaid, ThreadTask } from './reading-thread'
import { isStored } from './stored-file'
import { STALLED } from './work-limits'

export type AsideTask = ReadingTask & {
  files: () => ReadingFiles
}

/**
 * Reads in a thread of its own: indexing takes seconds, and a hostile recording must not stop anybody else. Where the
 * built program of the thread does not stand beside the running file, as under the test runner, it is read here. Throws
 * what `files` throws.
 */
export function readAside(task: AsideTask, folder: string = import.meta.dirname): Reading {
  const program = join(folder, 'recording-reader.js')
  if (!existsSync(program)) return new LocalReading(task.files(), task)
  const worker = new Worker(program)
  try {
    return new AsideReading({ program, worker, files: task.files() }, task)
  } catch (error) {
    void worker.terminate()
    throw error
  }
}

/** Memory that threads share goes as it is, of other memory a copy; what is in the workspace is read there. */
function forThread(given: ReadingFiles['files']) {
  const moved: ArrayBuffer[] = []
  const files = given.map((file) => {
    if (isStored(file)) return file
    const { name, bytes } = file
    if (bytes.buffer instanceof SharedArrayBuffer) return { name, bytes }
    const copy = new Uint8Array(bytes)
    moved.push(copy.buffer)
    return { name, bytes: copy }
  })
  return { files, moved }
}

type Waiting = { ask: ThreadAsk; resolve: (answer: never) => void; reject: (error: unknown) => void }

/** Of a stall: a computer that slept wakes up with much time gone and no step missed. */
const STEPS = 10
/** Unpacking and recognising a large file says nothing in between. */
const STEPS_TO_OPEN = 120

class AsideReading implements Reading {
  progress: Progress = NOTHING_YET
  readonly #program: string
  readonly #task: AsideTask
  readonly #waiting = new Map<number, Waiting>()
  #asked = 0
  #worker: Worker | null = null
  #watch: NodeJS.Timeout | undefined
  #silent = 0
  #isOpen = false
  /** It is read anew, up to where the first thread came: nobody is told less than before. */
  #isSecond = false
  #failed: unknown = null

  constructor({ program, worker, files }: { program: string; worker: Worker; files: ReadingFiles }, task: AsideTask) {
    this.#program = program
    this.#task = task
    this.#begin(worker, files, task.options.end)
  }

  ask<C extends Call>(call: C, ask: Calls[C]['ask']): Promise<Calls[C]['answer']> {
    if (this.#failed !== null) return Promise.reject(this.#failed)
    return new Promise((resolve, reject) => {
      const message: ThreadAsk<C> = { id: ++this.#asked, call, ask }
      this.#waiting.set(message.id, { ask: message, resolve, reject })
      if (!this.#isHeld) this.#worker?.postMessage(message)
    })
  }

  async close(): Promise<void> {
    await this.#fail(closedFault())
  }

  get #isHeld(): boolean {
    return this.#isSecond && !this.progress.done
  }

  #askAll(): void {
    for (const { ask } of this.#waiting.values()) this.#worker?.postMessage(ask)
  }

  #begin(worker: Worker, given: ReadingFiles, end: ThreadTask['options']['end']): void {
    this.#worker = worker
    worker.on('message', (said: ThreadSaid) => worker === this.#worker && this.#hear(said))
    worker.on('error', (error) => void this.#lost(worker, error))
    worker.on('exit', (code) => void this.#lost(worker, new Error(`the thread that reads a recording ended with code ${code}`)))
    const { options } = this.#task
    const { files, moved } = forThread(given.files)
    const task: ThreadTask = { files: { files, part: given.part }, options: { ...options, end } }
    worker.postMessage(task, moved)
    this.#silent = 0
    this.#watch = setInterval(() => this.#look(worker), options.limits.stallMs / STEPS)
  }

  #hear(said: ThreadSaid): void {
    this.#silent = 0
    if (said.kind === 'alive') return
    if (said.kind === 'progress') return this.#advance(said.progress)
    if (said.kind === 'damaged') return this.#damaged(new BackendFault(said.fault))
    const waiting = this.#waiting.get(said.id)
    this.#waiting.delete(said.id)
    if (said.kind === 'answer') waiting?.resolve(said.answer as never)
    else waiting?.reject(said.kind === 'fault' ? new BackendFault(said.fault) : said.error)
  }

  #advance(progress: Progress): void {
    this.#isOpen = true
    if (this.#isSecond && !progress.done) return
    this.progress = progress
    if (this.#isSecond) this.#askAll()
    this.#task.onProgress(progress)
  }

  #damaged(fault: BackendFault): void {
    void this.#fail(fault)
    this.#task.onDamaged(fault)
  }

  #look(worker: Worker): void {
    this.#silent++
    if (this.#silent > (this.#isOpen ? STEPS : STEPS_TO_OPEN)) void this.#lost(worker, null)
  }

  /** The thread hangs or broke down: what was indexed is indexed again, up to there; a second time it is given up. */
  async #lost(worker: Worker, error: unknown): Promise<void> {
    if (worker !== this.#worker || this.#failed !== null) return
    void this.#stop()
    if (error !== null) this.#task.onError(error)
    const { events, done } = this.progress
    if (this.#isOpen && !done && !this.#isSecond) {
      this.#isSecond = true
      this.#isOpen = false
      return this.#beginAgain({ events, reason: STALLED })
    }
    const message = 'The recording cannot be read: reading it came to a standstill.'
    await this.#fail(new BackendFault({ code: 'recording-unreadable', message }))
  }

  async #beginAgain(end: ThreadTask['options']['end']): Promise<void> {
    const worker = new Worker(this.#program)
    try {
      this.#begin(worker, this.#task.files(), end)
    } catch (error) {
      void worker.terminate()
      await this.#fail(error)
    }
  }

  async #fail(error: unknown): Promise<void> {
    this.#failed ??= error
    const stopped = this.#stop()
    for (const { reject } of this.#waiting.values()) reject(error)
    this.#waiting.clear()
    await stopped
  }

  #stop(): Promise<number> | undefined {
    clearInterval(this.#watch)
    const worker = this.#worker
    this.#worker = null
    return worker?.terminate()
  }
}
