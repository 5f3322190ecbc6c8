import { performance } from 'node:perf_hooks'
import { BackendFault, type ReplaySegment } from '../../contract'
import type { Damage, RecordingHead } from '../../domain'
import { aboutLines, clockName, exportName, type About } from './about'
import { castOf } from './cast-export'
import { commandRows } from './command-rows'
import { detect } from './formats'
import { hitsIn } from './hits'
import { Indexing } from './indexing'
import { PatternFault } from './lines/pattern'
import { visibleText } from './lines/visible-text'
import type { OpenRecording } from './model'
import { screenAt, type Played } from './moment'
import { ownLines } from './own-lines'
import { bytesAround } from './raw-bytes'
import type { Call, Calls, OpenedState, Progress, ReadingFiles, ReadingOptions } from './reading'
import { closedFault } from './reading-fault'
import { segmentOf } from './segment'
import { stillOf } from './still'
import { transcriptText } from './transcript-text'
import { unpack } from './unpack'
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
/** Milliseconds of indexing for which an answer waits, so that the first one has something to show. */
const OPENING = 20

/** One recording from its bytes on: unpacked, read, indexed, and asked. */
export class OpenedRecording {
  readonly #indexing: Indexing
  /** Let go of once it is read: it holds the whole file. */
  #recording: OpenRecording | null
  readonly #options: OpenOptions
  readonly #waiting = new Set<() => void>()
  readonly #answers: Answers
  #facts: { total: number; first: OpenedState['facts']['first'] } | null = null

  /** @throws RecordingFault where nothing in it can be read. */
  static async open({ files, part }: ReadingFiles, options: OpenOptions): Promise<OpenedRecording> {
    const unpacked = []
    for (const file of files) unpacked.push(await unpack(file))
    const plain = unpacked.map(({ file }) => file)
    const recording = detect(plain).open(plain, part)
    const size = plain.reduce((sum, { bytes }) => sum + bytes.length, 0)
    const damage = unpacked.flatMap((each) => each.damage)
    return new OpenedRecording(recording, { ...options, size, damage })
  }

  private constructor(recording: OpenRecording, options: OpenOptions & { size: number; damage: readonly Damage[] }) {
    this.#options = options
    this.#recording = recording
    this.#indexing = new Indexing(recording.head, {
      keyframes: options.keyframes,
      end: options.end,
      allowed: allowedWork(options.limits, options.size),
      worked: options.worked ?? (() => performance.eventLoopUtilization().active),
      onMore: () => this.#more(),
    })
    for (const damage of options.damage) this.#indexing.events.damage(damage)
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
    if (recording !== null) await this.#indexing.run(recording)
  }

  async answer<C extends Call>(call: C, ask: Calls[C]['ask']): Promise<Calls[C]['answer']> {
    const answer: Answers[C] = this.#answers[call]
    return answer(ask)
  }

  close(): void {
    this.#indexing.close()
    for (const go of this.#waiting) go()
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
        if (this.#indexing.isClosed) reject(closedFault())
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
