import type { RecordingFact } from '../../contract'
import type { RecordingHead } from '../../domain'
import { RecordedEvents } from './events'
import { FactList } from './fact-list'
import { Keyframes } from './keyframes'
import { Activity, type ActivitySummary } from './lines/activity'
import { batchEnd } from './lines/batch-limits'
import { LineHistory } from './lines/line-history'
import { promptMark, type PromptMark } from './lines/prompt-marks'
import { StringWatch } from './lines/string-watch'
import { suspicions } from './lines/suspicion'
import type { EventSink, OpenRecording } from './model'
import { kindAt, nextRun, payloadAt, resizeOf, type Run } from './runs'
import { Screen } from './screen/screen'
import { watchTime, type TimeBack } from './time-watch'
import { TOO_COSTLY } from './work-limits'

export type IndexOptions = {
  /** False where only the text is wanted. */
  keyframes: boolean
  /** Events that are indexed at most, and why it ends there. */
  end: { events: number; reason: string } | null
  /** Milliseconds that it may take, on the clock that `worked` reads. */
  allowed: number
  worked: () => number
  /** More is indexed; called very often. */
  onMore: () => void
}

/** Milliseconds after which others are let in. */
const SLICE = 12
const MOST_LISTED = 20_000
const MOST_MARKS = 200_000
const MOST_MARKER_BYTES = 500

/** Reads a recording slice by slice and plays every slice on a screen; everything known of it grows meanwhile. */
export class Indexing {
  readonly head: RecordingHead
  readonly events = new RecordedEvents()
  readonly keyframes = new Keyframes()
  readonly marks: PromptMark[] = []
  readonly markers: { at: number; text: string }[] = []
  inputs = 0
  /** Events before this one are indexed. */
  fed = 0
  indexedTo = 0
  /** The first slice is indexed. */
  hasBegun = false
  isDone = false
  stopped: string | null = null
  readonly #options: IndexOptions
  readonly #timesBack: TimeBack[] = []
  readonly #facts = new FactList()
  readonly #activity = new Activity()
  readonly #strings = new StringWatch()
  readonly #screen: Screen
  readonly #history: LineHistory
  readonly #sink: EventSink
  #suspicions: RecordingFact[] = []
  #outputByte = 0
  #now = 0
  #began = 0
  #closed = false

  constructor(head: RecordingHead, options: IndexOptions) {
    this.#options = options
    this.head = head
    this.#screen = new Screen({ cols: head.cols, rows: head.rows, report: ({ kind, text }) => this.#report(kind, text) })
    this.#history = new LineHistory(this.#screen.terminal)
    this.#sink = watchTime(this.events, this.#timesBack)
    this.keyframes.take(this.#screen, { event: 0, at: 0, outputByte: 0 })
  }

  /**
   * Resolves when all is indexed, or it was stopped; stops where `close` is called. Nothing is read after it. Waits for
   * `begun` after the first slice.
   */
  async run({ read }: OpenRecording, begun: () => Promise<void>): Promise<void> {
    this.#began = this.#options.worked()
    const slices = read(this.#sink)
    for (let isLast = false; !isLast && !this.#mustEnd(); ) {
      isLast = slices.next().done === true || this.events.full
      await new Promise<void>((resolve) => this.#feedNew(resolve))
      if (!this.hasBegun) {
        this.#begun()
        await begun()
      }
      // Screens let others in by themselves; a slice may hold nothing for one.
      await new Promise((resolve) => setImmediate(resolve))
    }
    if (!this.#closed) this.#end()
  }

  lines(): ReturnType<LineHistory['columns']> {
    return this.#history.columns()
  }

  get isClosed(): boolean {
    return this.#closed
  }

  get spans(): LineHistory['alternateSpans'] {
    return this.#history.alternateSpans
  }

  activity(): ActivitySummary {
    return this.#activity.summary()
  }

  /** In order of time. */
  facts(): { total: number; first: RecordingFact[] } {
    const first = [...this.#facts.all, ...this.#suspicions].sort((a, b) => a.at - b.at)
    return { total: this.#facts.total + this.#suspicions.length, first }
  }

  close(): void {
    this.#closed = true
    this.#history.close()
    this.#screen.close()
  }

  /** Plays what was read and not played yet; `done` is called when it is, or when nothing more is to be. */
  #feedNew(done: () => void): void {
    const { end } = this.#options
    const columns = this.events.columns
    const until = Math.min(columns.count, end?.events ?? Infinity)
    const next = (): void => {
      const slice = performance.now() + SLICE
      while (!this.#mustEnd()) {
        const run = nextRun(columns, this.fed, until)
        if (run === null) return done()
        this.#count(run)
        if (run.isResize) this.#resize(run)
        else if (run.bytes.length > 0) return this.#write(run, 0, next)
        this.#ended(run)
        if (performance.now() > slice) return void setImmediate(next)
      }
      done()
    }
    next()
  }

  /** What a run says besides what is drawn. */
  #count({ from, to }: Run): void {
    const columns = this.events.columns
    for (let event = from; event < to; event++) {
      const kind = kindAt(columns, event)
      const time = columns.times[event] ?? 0
      const payload = payloadAt(columns, event)
      this.#activity.add({ time, kind, payload })
      if (kind === 'output') this.#strings.read(time, payload)
      else if (kind === 'input') this.inputs++
      else if (kind === 'marker' && this.markers.length < MOST_LISTED) this.markers.push({ at: time, text: markerText(payload) })
      else if (kind === 'exit') this.#facts.add(time, 'exit', `exit status ${markerText(payload)}`)
      else if (kind === 'signal') this.#facts.add(time, 'signal', markerText(payload))
    }
  }

  #write(run: Run, from: number, next: () => void): void {
    this.#now = run.time
    const to = batchEnd(run.bytes, { from, to: run.bytes.length }, this.#screen.terminal.cols)
    const batch = run.bytes.subarray(from, to)
    this.#screen.feed(batch, () => {
      if (this.#closed) return next()
      this.#history.follow({ time: run.time, offset: this.#outputByte })
      this.#outputByte += batch.length
      this.keyframes.written(batch, this.#screen)
      if (to < run.bytes.length && !this.#mustEnd()) return this.#write(run, to, next)
      // Where it was stopped within a run, none of the run is indexed.
      if (to === run.bytes.length) this.#ended(run)
      next()
    })
  }

  #resize(run: Run): void {
    const size = resizeOf(run.bytes)
    if (size === null) return
    this.#screen.resize(size.cols, size.rows)
    this.#history.follow({ time: run.time, offset: this.#outputByte })
    this.keyframes.resized()
  }

  #ended({ to, time }: Run): void {
    this.fed = to
    this.indexedTo = time
    if (this.#options.keyframes && this.keyframes.isDue() && this.#screen.atRest()) {
      this.keyframes.take(this.#screen, { event: to, at: time, outputByte: this.#outputByte })
    }
    this.#options.onMore()
  }

  #begun(): void {
    this.hasBegun = true
    this.#options.onMore()
  }

  #mustEnd(): boolean {
    const { end, allowed, worked } = this.#options
    if (this.#closed || this.stopped !== null) return true
    if (end !== null && this.fed >= end.events) this.stopped = end.reason
    else if (worked() - this.#began > allowed) this.stopped = TOO_COSTLY
    return this.stopped !== null
  }

  #end(): void {
    this.#history.end(this.indexedTo)
    const { missed } = this.#history
    const asked = { lines: this.lines(), longStrings: this.#strings.found, missed, timesBack: this.#timesBack }
    this.#suspicions = suspicions(asked)
    this.isDone = true
    this.#options.onMore()
  }

  #report(kind: string, text: string): void {
    if (kind !== 'prompt') return this.#facts.add(this.#now, kind, text)
    const mark = this.marks.length < MOST_MARKS ? promptMark(this.#now, text) : null
    if (mark !== null) this.marks.push(mark)
  }
}

function markerText(payload: Uint8Array): string {
  return new TextDecoder().decode(payload.subarray(0, MOST_MARKER_BYTES))
}
