import { performance } from 'node:perf_hooks'
import { BackendFault, type ReplaySegment } from '../../contract'
import type { RecordingHead } from '../../domain'
import { aboutLines, clockName, exportName, type About } from './about'
import { castOf } from './cast-export'
import { commandRows } from './command-rows'
import { hitsIn } from './hits'
import { Indexing } from './indexing'
import { PatternFault } from './lines/pattern'
import { visibleText } from './lines/visible-text'
import type { OpenRecording } from './model'
import { screenAt, type Played } from './moment'
import { openFiles, type Opening } from './opening'
import { ownLines } from './own-lines'
import { bytesAround } from './raw-bytes'
import type { Call, Calls, OpenedState, Progress, ReadingFiles, ReadingOptions } from './reading'
import { closedFault } from './reading-fault'
import { segmentOf } from './segment'
import { stillOf } from './still'
import { readWhole, type FileReading } from './stored-file'
import { transcriptText } from './transcript-text'
import { allowedWork } from './work-limits'

type Answers = { [C in Call]: (ask: Calls[C]['ask']) => Calls[C]['answer'] | Promise<Calls[C]['answer']> }

export type OpenOptions = ReadingOptions & {
  /** More is indexed; called very often. */
  onMore: () => void
  /** Milliseconds of work so far, on any clock; that of this thread unless told. */
  worked?: () => number
}

/** Milliseconds after which a search gives what it has. */
const MOST_SEARCH = 3000
/** What may be told of bytes that are not checked yet; whatever may be kept or cited waits. */
const EARLY: readonly Call[] = ['opened', 'segment']
/** Milliseconds of indexing for which an answer waits, so that the first one has something to show. */
const OPENING = 100

/** One recording from its bytes on: unpacked, read, indexed, and asked. */
export class OpenedRecording {
  readonly #indexing: Indexing
  /** Let go of once it is read: it holds the whole file. */
  #recording: OpenRecording | null
  readonly #options: OpenOptions
  readonly #waiting = new Set<() => void>()
  readonly #answers: Answers
  /** The file while it is not wholly here and checked. */
  #reading: FileReading | null
  #fault: BackendFault | null = null
  #facts: { total: number; first: OpenedState['facts']['first'] } | null = null

  /** @throws RecordingFault where nothing in it can be read, BackendFault `recording-damaged`. */
  static async open(files: ReadingFiles, options: OpenOptions): Promise<OpenedRecording> {
    return new OpenedRecording(await openFiles(files, options.checksFirst), options)
  }

  private constructor({ recording, size, damage, reading }: Opening, options: OpenOptions) {
    this.#options = options
    this.#reading = reading
    this.#recording = recording
    this.#indexing = new Indexing(recording.head, {
      keyframes: options.keyframes,
      end: options.end,
      allowed: allowedWork(options.limits, size),
      worked: options.worked ?? (() => performance.eventLoopUtilization().active),
      onMore: () => this.#more(),
    })
    for (const each of damage) this.#indexing.events.damage(each)
    this.#answers = this.#answerTable()
  }

  get head(): RecordingHead {
    return this.#indexing.head
  }

  get progress(): Progress {
    const { events, indexedTo, isDone, stopped, fed } = this.#indexing
    return { progress: isDone ? 1 : events.progressed, indexedTo, done: isDone, stopped, events: fed }
  }

  /** Reads and indexes all of it; to be called once. It can be asked meanwhile. */
  async run(): Promise<void> {
    const recording = this.#recording
    this.#recording = null
    try {
      if (recording !== null) await this.#indexing.run(recording, () => this.#check())
    } catch (error) {
      if (error instanceof BackendFault) this.#fault = error
      this.close()
      throw error
    }
  }

  async answer<C extends Call>(call: C, ask: Calls[C]['ask']): Promise<Calls[C]['answer']> {
    const answer: Answers[C] = this.#answers[call]
    if (!EARLY.includes(call)) await this.#until(() => this.#reading === null)
    if (this.#fault !== null) throw this.#fault
    return answer(ask)
  }

  close(): void {
    this.#reading?.close()
    this.#indexing.close()
    for (const go of this.#waiting) go()
  }

  async #check(): Promise<void> {
    if (this.#reading !== null) await readWhole(this.#reading)
    if (this.#indexing.isClosed) return
    this.#reading = null
    this.#more()
  }

  #answerTable(): Answers {
    return {
      opened: () => this.#firstState(),
      segment: (ask) => this.#segment(ask),
      search: (ask) => this.#search(ask),
      transcript: ({ about }) => this.#whenDone(() => ({ text: this.#transcript(about, {}) })),
      commands: ({ about, log }) =>
        this.#whenDone(() => commandRows({ lines: this.#indexing.lines(), start: this.#start(about), log, marks: this.#indexing.marks })),
      screen: (ask) => this.#screen(ask),
      bytes: async ({ at, most }) => {
        await this.#until(() => this.#indexing.indexedTo >= at)
        return bytesAround(this.#played(), at, most)
      },
      export: (ask) => this.#whenDone(() => this.#export(ask)),
      length: () => this.#whenDone(() => ({ seconds: this.#indexing.indexedTo })),
      lines: () => this.#whenDone(() => ({ lines: ownLines(this.#indexing.lines()), duration: this.#indexing.indexedTo })),
    }
  }

  async #firstState(): Promise<OpenedState> {
    const latest = performance.now() + OPENING
    await this.#until(() => this.#indexing.hasBegun || performance.now() > latest)
    return this.#state()
  }

  #state(): OpenedState {
    const { events, inputs, isDone, keyframes, markers, indexedTo } = this.#indexing
    const { output, input, idle, resizes, gaps } = this.#indexing.activity()
    const { count, outputBytes } = events.columns
    const { progress, stopped } = this.progress
    if (isDone) this.#facts ??= this.#indexing.facts()
    return {
      index: { segments: keyframes.starts(), indexedTo, done: isDone },
      progress,
      stopped,
      checked: this.#reading === null,
      outputBytes,
      events: count,
      inputs,
      damage: { total: events.damages.total, first: [...events.damages.first] },
      facts: this.#facts ?? this.#indexing.facts(),
      activity: output,
      inputActivity: input,
      idle,
      resizes,
      markers: [...markers],
      gaps,
    }
  }

  async #segment({ segment, input }: Calls['segment']['ask']): Promise<ReplaySegment> {
    const { all } = this.#indexing.keyframes
    await this.#until(() => all.length > segment)
    const keyframe = all[segment]
    if (keyframe === undefined) throw new BackendFault({ code: 'not-found', message: `This recording has no segment ${segment}.` })
    const until = all[segment + 1]?.event ?? this.#indexing.fed
    return segmentOf({ segment, keyframe, columns: this.#indexing.events.columns, until, input })
  }

  #search({ text, pattern }: Calls['search']['ask']): Calls['search']['answer'] {
    const lines = this.#indexing.lines()
    const latest = performance.now() + MOST_SEARCH
    try {
      const isExpired = (): boolean => performance.now() > latest
      return hitsIn(lines, pattern ? { pattern: text } : { text }, { isExpired, duration: this.#indexing.indexedTo })
    } catch (error) {
      if (!(error instanceof PatternFault)) throw error
      throw new BackendFault({ code: 'bad-ask', message: `The pattern cannot be searched for: ${error.message}.` })
    }
  }

  #transcript(about: About, stretch: { from?: number | null; to?: number | null }): string {
    const { spans } = this.#indexing
    return transcriptText({ lines: this.#indexing.lines(), alternateSpans: spans, start: this.#start(about), ...stretch })
  }

  async #screen({ at, about }: Calls['screen']['ask']): Promise<Calls['screen']['answer']> {
    await this.#until(() => this.#indexing.indexedTo >= at)
    const screen = await screenAt(this.#played(), at)
    try {
      const [first = '', ...rest] = aboutLines(about)
      const lines = [`${first}, at ${at} s`, ...rest]
      return { rows: screen.text().map((row) => visibleText(row.trimEnd())), svg: stillOf(screen.terminal, { title: `${about.name}, at ${at} s`, lines }) }
    } finally {
      screen.close()
    }
  }

  async #export(ask: Calls['export']['ask']): Promise<Calls['export']['answer']> {
    const { as, from, to, about, input } = ask
    const isClip = from !== null || to !== null
    const clip = isClip ? `-${clockName(from ?? 0)}` : ''
    if (as === 'svg') {
      const { svg } = await this.#screen({ at: from ?? 0, about })
      return { name: exportName(about, `-${clockName(from ?? 0)}.svg`), bytes: Buffer.from(svg) }
    }
    if (as === 'transcript') {
      const head = aboutLines(about).map((line) => `# ${line}\n`)
      const stretch = isClip ? [`# From ${from ?? 0} s to ${to === null ? 'the end' : `${to} s`}\n`] : []
      const text = [...head, ...stretch, '\n', this.#transcript(about, { from, to })].join('')
      return { name: exportName(about, `${clip}.txt`), bytes: Buffer.from(text) }
    }
    const bytes = await castOf({ played: this.#played(), head: this.head, about, from, to, input })
    if (bytes !== null) return { name: exportName(about, `${clip}.cast`), bytes }
    const message = 'This would be a file of more than 512 MB. Choose a shorter stretch.'
    throw new BackendFault({ code: 'bad-ask', message })
  }

  #played(): Played {
    const { keyframes, events, fed } = this.#indexing
    return { keyframes, columns: events.columns, until: fed }
  }

  #start(about: About): number | null {
    return this.head.start ?? about.start
  }

  async #whenDone<T>(answer: () => T | Promise<T>): Promise<T> {
    await this.#until(() => false)
    return answer()
  }

  /** Resolves where something is so, or indexing is done. */
  #until(isSo: () => boolean): Promise<void> {
    return new Promise((resolve, reject) => {
      const look = (): void => {
        if (this.#indexing.isClosed) reject(this.#fault ?? closedFault())
        else if (isSo() || this.#indexing.isDone) resolve()
        else return
        this.#waiting.delete(look)
      }
      this.#waiting.add(look)
      look()
    })
  }

  #more(): void {
    for (const look of this.#waiting) look()
    this.#options.onMore()
  }
}
