import { ReplayPlayer, type ReplayClock } from '../../../src/renderer/replay/player'
import type { ReplayScreen } from '../../../src/renderer/replay/screen'
import { SegmentStream } from '../../../src/renderer/replay/segments'
import type { Recorded } from './recorded'

export type NotedScreen = ReplayScreen & {
  /** Everything written since the last reset. */
  text: string
  /** What was done to it, a write by its length. */
  acts: string[]
  /** One write fails, after so many that do not. */
  failAfter(writes: number): void
  /** From now on writes wait for `release`. */
  hold(): void
  release(): void
}

export function notedScreen(): NotedScreen {
  const decoder = new TextDecoder()
  let untilFailure = -1
  let waiting: (() => void)[] | null = null
  return {
    text: '',
    acts: [],
    reset(cols, rows, scrollback) {
      this.text = ''
      this.acts.push(`reset ${cols}x${rows}${scrollback === 1000 ? '' : `, ${scrollback}`}`)
    },
    resize(cols, rows) {
      this.acts.push(`resize ${cols}x${rows}`)
    },
    async write(bytes) {
      const queue = waiting
      if (queue) await new Promise<void>((resolve) => queue.push(resolve))
      if (untilFailure-- === 0) throw new Error('the write failed')
      this.text += decoder.decode(bytes)
      this.acts.push(`write ${bytes.length}`)
    },
    failAfter(writes) {
      untilFailure = writes
    },
    hold() {
      waiting ??= []
    },
    release() {
      const ready = waiting ?? []
      waiting = null
      for (const go of ready) go()
    },
  }
}

export type FakeClock = ReplayClock & {
  /** Lets so much time pass, then draws one frame. */
  frameAfter(ms: number): Promise<void>
  /** A frame is asked for. */
  readonly ticking: boolean
}

export function fakeClock(): FakeClock {
  let now = 5000
  let handle = 0
  let pending: (() => void) | null = null
  return {
    now: () => now,
    frame(callback) {
      if (pending) throw new Error('two frames were asked for')
      pending = callback
      return ++handle
    },
    cancel(which) {
      if (which === handle) pending = null
    },
    get ticking() {
      return pending !== null
    },
    async frameAfter(ms) {
      now += ms
      const callback = pending
      pending = null
      callback?.()
      await rest()
    },
  }
}

/** Until every promise that can settle has. */
export function rest(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve))
}

export function playerOf(source: Recorded, screen: ReplayScreen = notedScreen()) {
  const clock = fakeClock()
  const stream = new SegmentStream(source)
  return { clock, stream, player: new ReplayPlayer({ stream, screen, clock }) }
}

/** A player at the beginning of a recording. */
export async function opened(source: Recorded) {
  const screen = notedScreen()
  const { clock, stream, player } = playerOf(source, screen)
  player.seek(0)
  await rest()
  /** Plays so many seconds by frames of 50 ms. */
  const playFor = async (seconds: number) => {
    for (let frame = 0; frame < Math.round(seconds * 20); frame++) await clock.frameAfter(50)
  }
  return { source, screen, clock, stream, player, playFor }
}
