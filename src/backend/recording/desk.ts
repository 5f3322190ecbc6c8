import { readAside } from './aside-reading'
import { searchAll, type FindAsk, type Found } from './find'
import type { Call, Calls, Progress, Reading, ReadingFiles } from './reading'
import { TextShelf } from './text-shelf'
import { WORK_LIMITS, type WorkLimits } from './work-limits'

export type DeskOptions = {
  /** The bytes of a recording; throws what its caller is to be told where they are not held. */
  filesOf: (id: string) => ReadingFiles
  /** At most every 100 ms, and when it is done. */
  onIndexed: (id: string, progress: Progress) => void
  onError: (error: unknown) => void
  limits?: WorkLimits
  /** Where the built program of the reading thread stands; beside the running file unless told. */
  folder?: string
}

/** Each one open holds its bytes, its text and its keyframes in memory. */
const MOST_OPEN = 3

/** The recordings that are open: read once, asked many times, and the one not used for longest let go. */
export class RecordingDesk {
  readonly #options: DeskOptions
  /** A Map remembers insertion order: the first is the one not used for the longest time. */
  readonly #open = new Map<string, Reading>()
  readonly #texts = new TextShelf()
  /** Found to be damaged once: nothing of them is told before they are checked. */
  readonly #damaged = new Set<string>()

  constructor(options: DeskOptions) {
    this.#options = options
  }

  /** Those in memory now, last used last. */
  get openIds(): string[] {
    return [...this.#open.keys()]
  }

  /** Asks a recording, which is opened first where it is not. Rejects with a `BackendFault`. */
  async ask<C extends Call>(id: string, call: C, ask: Calls[C]['ask']): Promise<Calls[C]['answer']> {
    return this.#reading(id).ask(call, ask)
  }

  async close(id: string): Promise<void> {
    const reading = this.#open.get(id)
    this.#open.delete(id)
    await reading?.close()
  }

  /** Searches one recording after the other. */
  find(ask: FindAsk): Promise<Found> {
    const read = (id: string): Reading => this.#start(id, false)
    return searchAll(ask, { texts: this.#texts, open: (id) => this.#done(id), read })
  }

  async closeAll(): Promise<void> {
    for (const id of this.openIds) await this.close(id)
    await this.#texts.close()
  }

  #reading(id: string): Reading {
    const held = this.#open.get(id)
    const reading = held ?? this.#start(id, true)
    this.#open.delete(id)
    this.#open.set(id, reading)
    if (held === undefined) this.#makeRoom(id)
    return reading
  }

  #done(id: string): Reading | null {
    const reading = this.#open.get(id)
    return reading?.progress.done === true ? reading : null
  }

  #start(id: string, keyframes: boolean): Reading {
    const { filesOf, onIndexed, onError, limits = WORK_LIMITS, folder } = this.#options
    const onProgress = (progress: Progress): void => (keyframes ? onIndexed(id, progress) : undefined)
    const checksFirst = this.#damaged.has(id)
    const options = { limits, keyframes, end: null, checksFirst }
    const onDamaged = (): void => {
      this.#damaged.add(id)
      if (this.#open.get(id) !== reading) return
      this.#open.delete(id)
      // Whoever was told something of it asks again then, and is told why that does not hold.
      if (!checksFirst) onIndexed(id, reading.progress)
    }
    // What is not held is told before anything is kept as open: it may be fetched later.
    const reading: Reading = readAside({ files: () => filesOf(id), options, onProgress, onDamaged, onError }, folder)
    return reading
  }

  /** What is still being indexed goes last: all of its work would be lost. */
  #makeRoom(opened: string): void {
    while (this.#open.size > MOST_OPEN) {
      const others = this.openIds.filter((id) => id !== opened)
      const oldest = others.find((id) => this.#open.get(id)?.progress.done === true) ?? others[0]
      if (oldest === undefined) return
      this.close(oldest).catch(this.#options.onError)
    }
  }
}
