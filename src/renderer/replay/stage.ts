import { REPLAY_OPTIONS } from '../../terminal'
import type { ReplayScreen } from './screen'
import { drawingSteps, type ScreenStep } from './segment-events'
import type { Cursor, SegmentStream } from './segments'

/** From so many bytes due on, the screen is drawn from a keyframe instead. */
const JUMP_BYTES = 1024 * 1024

/** Brings the screen to a place, the cheaper way. Not to be asked again before it has answered. */
export class Stage {
  size = { cols: 0, rows: 0 }
  private readonly stream: SegmentStream
  private readonly screen: ReplayScreen
  /** What the screen shows; null where that is not known. */
  private drawn: Cursor | null = null
  /** Its history is not as long as it was when this was recorded. */
  private isShort = false
  private epoch = 0

  constructor(stream: SegmentStream, screen: ReplayScreen) {
    this.stream = stream
    this.screen = screen
  }

  /** Whether the screen shows anything that is known. */
  get isDrawn(): boolean {
    return this.drawn !== null
  }

  /** The next drawing begins from nothing. */
  forget(): void {
    this.drawn = null
    this.epoch++
  }

  /** False where `isWanted` gave it up on the way: what the screen shows is then not known. */
  async show(to: Cursor, isWanted: () => boolean): Promise<boolean> {
    const { epoch } = this
    const steps = this.stepsOn(to) ?? drawingSteps(await this.stream.load(to.segment), to.event)
    if (!isWanted()) return false
    this.drawn = null
    for (const [at, step] of steps.entries()) {
      if (at > 0 && !isWanted()) return false
      await this.apply(step)
    }
    if (this.epoch === epoch) this.drawn = to
    return true
  }

  /** The steps on from what the screen shows, where that is less than to draw it anew. */
  private stepsOn(to: Cursor): ScreenStep[] | null {
    const from = this.drawn
    if (!from || from.segment > to.segment || to.segment > from.segment + 1) return null
    if (from.segment === to.segment && from.event > to.event) return null
    if (from.segment < to.segment && this.stream.bytesBetween(from, to) > JUMP_BYTES) return null
    if (this.isShort && this.stream.needsHistory(from, to)) return null
    return this.stream.steps(from, to)
  }

  private async apply(step: ScreenStep): Promise<void> {
    if (step.kind === 'bytes') return this.screen.write(step.bytes)
    const { cols, rows } = step
    this.size = { cols, rows }
    if (step.kind === 'size') return this.screen.resize(cols, rows)
    this.isShort = step.scrollback < REPLAY_OPTIONS.scrollback
    this.screen.reset(cols, rows, step.scrollback)
  }
}
