import { BackendFault } from '../../contract'
import { OpenedRecording } from './opened'
import { NOTHING_YET, type Call, type Calls, type Progress, type Reading, type ReadingFiles, type ReadingOptions } from './reading'
import { closedFault, readingFault } from './reading-fault'

export type ReadingTask = {
  options: ReadingOptions
  onProgress: (progress: Progress) => void
  /** The files are gone, or are not what they must be: nothing more is told of them. */
  onDamaged: (fault: BackendFault) => void
  /** Something that is no fault of the recording. */
  onError: (error: unknown) => void
}

/** Milliseconds between two tellings. */
const TELL_EVERY = 100

/** Tells of progress now and then, and at once of the first and of the end. */
function seldom(tell: (progress: Progress) => void): (progress: Progress) => void {
  let told = Number.NEGATIVE_INFINITY
  let isFirst = true
  return (progress) => {
    const now = performance.now()
    const isBeginning = isFirst && progress.events > 0
    if (!isBeginning && !progress.done && now - told < TELL_EVERY) return
    isFirst &&= progress.events === 0
    told = now
    tell(progress)
  }
}

/** Reads in this thread. */
export class LocalReading implements Reading {
  readonly #opened: Promise<OpenedRecording>
  #recording: OpenedRecording | null = null
  #closed = false

  /** Does not hold `files` for longer than it reads them. */
  constructor(files: ReadingFiles, { options, onProgress, onDamaged, onError }: ReadingTask) {
    const tell = seldom(onProgress)
    const failed = (error: unknown): void => {
      if (error instanceof BackendFault) onDamaged(error)
      else onError(error)
    }
    const open = async (given: ReadingFiles): Promise<OpenedRecording> => {
      const onMore = (): void => {
        if (this.#recording !== null && !this.#closed) tell(this.#recording.progress)
      }
      const recording = await OpenedRecording.open(given, { ...options, onMore })
      this.#recording = recording
      if (this.#closed) recording.close()
      else {
        tell(recording.progress)
        recording.run().catch(failed)
      }
      return recording
    }
    this.#opened = open(files)
    // Whoever asks is told.
    this.#opened.catch((error: unknown) => error instanceof BackendFault && onDamaged(error))
  }

  get progress(): Progress {
    return this.#recording?.progress ?? NOTHING_YET
  }

  async ask<C extends Call>(call: C, ask: Calls[C]['ask']): Promise<Calls[C]['answer']> {
    try {
      const recording = await this.#opened
      if (this.#closed) throw closedFault()
      return await recording.answer(call, ask)
    } catch (error) {
      throw readingFault(error)
    }
  }

  close(): Promise<void> {
    this.#closed = true
    this.#recording?.close()
    return Promise.resolve()
  }
}
