import type { LineColumns } from './lines/line-columns'
import type { Reading } from './reading'
import { sizeOfLines } from './own-lines'

/** The text of a recording. `duration` in seconds. */
export type RecordedText = { lines: LineColumns; duration: number; stopped: string | null }

const MOST_BYTES = 64 * 2 ** 20

/** Texts of recordings that were searched, so that the next search need not read them again. */
export class TextShelf {
  /** A Map remembers insertion order: the first is the one not used for the longest time. */
  readonly #held = new Map<string, RecordedText>()
  readonly #coming = new Map<string, { reading: Reading; text: Promise<RecordedText> }>()
  readonly #most: number
  #closed = false
  #size = 0

  constructor(most = MOST_BYTES) {
    this.#most = most
  }

  get isClosed(): boolean {
    return this.#closed
  }

  /** The text, from here or from a reading that is made for it. Rejects with the fault of the reading. */
  textOf(id: string, read: () => Reading): Promise<RecordedText> {
    const held = this.#held.get(id)
    if (held === undefined) return this.#coming.get(id)?.text ?? this.#read(id, read())
    this.#held.delete(id)
    this.#held.set(id, held)
    return Promise.resolve(held)
  }

  async close(): Promise<void> {
    this.#closed = true
    this.#held.clear()
    this.#size = 0
    for (const { reading } of this.#coming.values()) await reading.close()
  }

  #read(id: string, reading: Reading): Promise<RecordedText> {
    const text = textFrom(reading).finally(() => this.#coming.delete(id))
    this.#coming.set(id, { reading, text })
    return text.then((read) => {
      this.#keep(id, read)
      return read
    })
  }

  #keep(id: string, text: RecordedText): void {
    const size = sizeOfLines(text.lines)
    if (this.#closed || this.#held.has(id) || size > this.#most) return
    this.#held.set(id, text)
    this.#size += size
    for (const [oldest, { lines }] of this.#held) {
      if (this.#size <= this.#most) return
      this.#held.delete(oldest)
      this.#size -= sizeOfLines(lines)
    }
  }
}

async function textFrom(reading: Reading): Promise<RecordedText> {
  try {
    const { lines, duration } = await reading.ask('lines', {})
    return { lines, duration, stopped: reading.progress.stopped }
  } finally {
    await reading.close()
  }
}
