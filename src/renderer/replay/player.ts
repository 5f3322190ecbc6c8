import { advance, type Advance } from './pace'
import { clampSpeed, markFrom, speedAfter, type PlayerState, type PlayerStatus } from './player-state'
import type { ReplayScreen } from './screen'
import { firstAbove } from './segment-events'
import type { Cursor, Place, SegmentStream } from './segments'
import { Stage } from './stage'

// The states, and what leads from one to the next. Where it stands (`place`) changes only once the screen shows it.
//
// | state   | event                          | next                                               |
// |---------|--------------------------------|----------------------------------------------------|
// | idle    | seek, play                     | seeking; play goes to the beginning                |
// | playing | pause                          | paused                                             |
// | playing | next segment is not here       | waiting, until it is                               |
// | playing | end of what is indexed         | waiting, until the index grows                     |
// | playing | end of the recording           | ended                                              |
// | paused  | play                           | playing                                            |
// | ended   | play                           | seeking the beginning, then playing                |
// | any     | seek, step                     | seeking: the latest wins; a step also pauses       |
// | seeking | drawn                          | playing, paused or ended                           |
// | seeking | moment is not indexed yet      | waiting, then seeking once it is                   |
// | seeking | play, pause                    | seeking: says only what comes after                |
// | waiting | pause                          | paused; a seek stays wanted                        |
// | any     | a segment or a write fails     | failed: place and target are kept                  |
// | failed  | retry, play                    | what it was at                                     |
// | failed  | seek                           | seeking                                            |

/** `now` in milliseconds; `frame` calls back once before the next picture, `cancel` prevents it. */
export type ReplayClock = {
  now(): number
  frame(callback: () => void): number
  cancel(handle: number): void
}

type Target = { kind: 'moment'; time: number } | { kind: 'steps'; by: number } | { kind: 'place'; place: Place }

/** Longest time one frame stands for, in seconds: a page in the background gets none, and what nobody saw is not played. */
const MOST_PASSED = 1
/** A mark passed so few seconds ago, at normal speed, is the present one: going back means the one before. */
const MARK_SLACK = 1

/** Plays a recording on a screen. One thing at a time touches the screen, and none after `close`. */
export class ReplayPlayer {
  private readonly stream: SegmentStream
  private readonly stage: Stage
  private readonly clock: ReplayClock
  private readonly listeners = new Set<() => void>()
  private place: Place | null = null
  private wanted: Target | null = null
  private wantsPlay = false
  private lacking = false
  private working = false
  private closed = false
  private failure: { fault: unknown } | null = null
  private speed = 1
  private skipIdle = true
  private idle = false
  private played = 0
  private since: number | null = null
  private pending: number | null = null
  private state: PlayerState

  constructor({ stream, screen, clock }: { stream: SegmentStream; screen: ReplayScreen; clock: ReplayClock }) {
    this.stream = stream
    this.stage = new Stage(stream, screen)
    this.clock = clock
    this.state = this.newState()
  }

  readonly get = (): PlayerState => this.state

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener)
    return () => this.listeners.delete(listener)
  }

  play(): void {
    const status = this.status()
    this.wantsPlay = true
    if (status === 'failed') return this.retry()
    if (status === 'idle' || status === 'ended') return this.seek(0)
    if (!this.working) this.lacking = false
    this.settle()
  }

  /** A seek under way goes on and ends paused. */
  pause(): void {
    this.wantsPlay = false
    this.stopClock()
    this.settle()
  }

  toggle(): void {
    if (this.wantsPlay) this.pause()
    else this.play()
  }

  /** Beyond what is indexed it waits for it; beyond the end it is the end. */
  seek(time: number): void {
    if (Number.isFinite(time)) this.aim({ kind: 'moment', time: Math.max(0, time) })
  }

  /** From where it is going to, so that presses add up. */
  seekBy(seconds: number): void {
    this.seek(this.heading() + seconds)
  }

  /** `share` of what is indexed, 0..1. */
  seekShare(share: number): void {
    this.seek(this.stream.index().indexedTo * Math.min(1, Math.max(0, share)))
  }

  /** To the next or previous of these ascending moments; false where there is none. */
  seekMark(moments: readonly number[], direction: 1 | -1): boolean {
    const slack = this.wantsPlay ? MARK_SLACK * this.speed : 0
    const mark = markFrom(moments, this.heading(), { direction, slack })
    if (mark !== null) this.seek(mark)
    return mark !== null
  }

  /** So many changes of the screen on, or back; pauses. */
  step(by: number): void {
    if (!this.place) return
    this.wantsPlay = false
    const before = this.wanted?.kind === 'steps' ? this.wanted.by : 0
    this.aim({ kind: 'steps', by: before + by })
  }

  /** Draws all anew at the same place: the screen now treats what it is given in another way. */
  redraw(): void {
    this.stage.forget()
    if (this.place && !this.wanted) this.aim({ kind: 'place', place: this.place })
  }

  retry(): void {
    if (!this.failure) return
    this.failure = null
    this.lacking = false
    if (!this.wanted && !this.stage.isDrawn) return this.redraw()
    this.settle()
    if (this.wanted) this.work()
  }

  setSpeed(speed: number): void {
    this.speed = clampSpeed(speed)
    this.settle()
  }

  stepSpeed(direction: 1 | -1): void {
    this.setSpeed(speedAfter(this.speed, direction))
  }

  setSkipIdle(skipIdle: boolean): void {
    this.skipIdle = skipIdle
    this.settle()
  }

  /** The source's index has grown, or is done. */
  indexGrew(): void {
    this.settle()
    if (!this.failure && (this.wanted || (this.lacking && this.wantsPlay))) this.work()
  }

  close(): void {
    this.closed = true
    this.stopClock()
    this.stream.close()
    this.listeners.clear()
  }

  private aim(target: Target): void {
    this.wanted = target
    this.failure = null
    this.lacking = false
    this.stopClock()
    const { indexedTo } = this.stream.index()
    const cursor = target.kind === 'place' ? target.place.cursor : this.place?.cursor
    this.stream.focus(target.kind === 'moment' ? this.stream.at(Math.min(target.time, indexedTo)) : (cursor?.segment ?? 0))
    this.settle()
    this.work()
  }

  private work(): void {
    if (!this.working) void this.run()
  }

  /** Alone with the screen until nothing more can be done at once. */
  private async run(): Promise<void> {
    this.working = true
    do await this.turn()
    while (!this.closed && !this.failure && this.wanted && this.isIndexed(this.wanted))
    this.working = false
    this.settle()
  }

  private async turn(): Promise<void> {
    const target = this.wanted
    if (this.closed || (target && !this.isIndexed(target))) return
    try {
      await (target ? this.goTo(target) : this.playOn())
    } catch (fault) {
      // What was given up, for a newer target or a pause, fails for nobody.
      if (this.closed || this.wanted !== target || (!target && !this.wantsPlay && this.stage.isDrawn)) return
      this.failure = { fault }
      this.stopClock()
    }
  }

  private async goTo(target: Target): Promise<void> {
    const place = await this.placeOf(target)
    if (this.closed || this.wanted !== target) return
    if (place && !(await this.show(place.cursor))) return
    if (place) this.place = place
    // One that came while this was drawn stays wanted.
    if (this.wanted === target) this.wanted = null
    if (place) this.stream.ahead(place.cursor.segment)
  }

  private async placeOf(target: Target): Promise<Place | null> {
    if (target.kind === 'place') return target.place
    if (target.kind === 'moment') return this.placeAt(target.time)
    return this.place && ((await this.stream.stepped(this.place.cursor, target.by)) ?? this.place)
  }

  private async placeAt(moment: number): Promise<Place> {
    const time = Math.min(moment, this.stream.index().indexedTo)
    const segment = this.stream.at(time)
    if (segment < 0) throw new Error('the recording holds nothing to show')
    const { times } = await this.stream.load(segment)
    return { cursor: { segment, event: firstAbove(times, time) }, time }
  }

  private async playOn(): Promise<void> {
    const { place } = this
    if (!place || !this.wantsPlay || this.wanted || this.closed) return
    const budget = this.passed() * this.speed
    const moved = advance(this.stream, place, { budget, skipIdle: this.skipIdle })
    if (!(await this.show(moved.place.cursor))) return
    this.place = moved.place
    this.played += budget - moved.left
    this.idle = moved.idle
    if (this.wanted) return
    this.stream.ahead(moved.place.cursor.segment)
    this.lacking = moved.stop !== null && moved.stop.why !== 'end'
    if (moved.stop?.why === 'end') this.wantsPlay = false
    if (moved.stop) this.stopClock()
    if (moved.stop?.why !== 'missing') return
    await this.fetchNext(moved, moved.stop.need)
    // What is due at this very moment belongs to it.
    await this.playOn()
  }

  private async fetchNext({ place, left }: Advance, need: number): Promise<void> {
    this.settle()
    // Time never passes slower than this, so whatever lies before is behind by then and only its outcome is shown.
    const moment = place.time + left
    if (this.stream.at(moment) > need) {
      const far = await this.placeAt(moment)
      if (this.closed || this.wanted || !(await this.show(far.cursor))) return
      this.place = far
      this.played += left
    } else {
      await this.stream.load(need)
    }
    if (!this.wanted) this.lacking = false
  }

  /** False where something else is wanted by now, or it was closed. */
  private show(to: Cursor): Promise<boolean> {
    const { wanted } = this
    return this.stage.show(to, () => !this.closed && this.wanted === wanted)
  }

  /** Seconds since this was last asked while playing. */
  private passed(): number {
    const now = this.clock.now()
    const passed = this.since === null ? 0 : Math.max(0, (now - this.since) / 1000)
    this.since = now
    return Math.min(MOST_PASSED, passed)
  }

  private stopClock(): void {
    this.since = null
    if (this.pending !== null) this.clock.cancel(this.pending)
    this.pending = null
  }

  /** Tells what changed and, where it plays, waits for the next frame. */
  private settle(): void {
    if (this.closed) return
    this.state = this.newState()
    for (const listener of this.listeners) listener()
    if (this.closed || this.working || this.pending !== null || this.status() !== 'playing') return
    this.since ??= this.clock.now()
    this.pending = this.clock.frame(() => {
      this.pending = null
      this.work()
    })
  }

  private isIndexed(target: Target): boolean {
    const { done, segments, indexedTo } = this.stream.index()
    return done || target.kind !== 'moment' || (segments.length > 0 && target.time <= indexedTo)
  }

  /** The moment it is at, or on its way to. */
  private heading(): number {
    const { done, indexedTo } = this.stream.index()
    const time = this.wanted?.kind === 'moment' ? this.wanted.time : (this.place?.time ?? 0)
    return done ? Math.min(time, indexedTo) : time
  }

  private status(): PlayerStatus {
    if (this.failure) return 'failed'
    if (this.wanted) return this.isIndexed(this.wanted) ? 'seeking' : 'waiting'
    if (!this.place) return 'idle'
    if (this.wantsPlay) return this.lacking ? 'waiting' : 'playing'
    return this.stream.isEnd(this.place) ? 'ended' : 'paused'
  }

  private newState(): PlayerState {
    const { indexedTo, done } = this.stream.index()
    const status = this.status()
    const { wantsPlay, played, speed, skipIdle, stage, failure } = this
    return {
      status,
      wantsPlay,
      time: this.place?.time ?? 0,
      target: this.wanted ? this.heading() : null,
      indexedTo,
      done,
      played,
      idle: this.idle && status === 'playing',
      speed,
      skipIdle,
      ...stage.size,
      fault: failure?.fault ?? null,
    }
  }
}
