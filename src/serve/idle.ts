/** Milliseconds without a page after which the host ends. */
export type IdleLimits = {
  /** Before any page came. */
  first: number
  /** After the last one went. */
  after: number
}

export const IDLE_LIMITS: IdleLimits = { first: 10 * 60_000, after: 30_000 }

export interface IdleWatch {
  /** To be told how many pages there are, at every change. */
  pages(count: number): void
  stop(): void
}

/** Calls `end` when no page was there for the time given; null never does. */
export function idleWatch(limits: IdleLimits | null, end: () => void): IdleWatch {
  let timer: NodeJS.Timeout | null = null
  const wait = (time: number) => {
    stop()
    timer = setTimeout(end, time)
  }
  const stop = () => {
    if (timer) clearTimeout(timer)
    timer = null
  }
  if (limits) wait(limits.first)
  return {
    pages(count) {
      if (count > 0) stop()
      else if (limits) wait(limits.after)
    },
    stop,
  }
}
