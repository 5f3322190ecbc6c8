import type { Instant } from '../../../domain'

/** Records that came in order and share a time, for each such time; a run is named by its number, from 0. */
export type Runs = {
  /** The run of a time, or -1; one later than all before opens a run. `start` is kept with a run that is opened. */
  enter(time: Instant, start: number): number
  /** Counts one more record of a run; answers how many there were before. */
  count(run: number): number
  isLast(run: number): boolean
  startOf(run: number): number
}

const SMALLEST = 1024

export function createRuns(): Runs {
  let times = new Float64Array(SMALLEST)
  let counts = new Uint32Array(SMALLEST)
  let starts = new Uint32Array(SMALLEST)
  let runs = 0

  function enter(time: Instant, start: number): number {
    const last = runs - 1
    if (last < 0 || time > (times[last] ?? 0)) return open(time, start)
    return time === times[last] ? last : find(time)
  }

  function open(time: Instant, start: number): number {
    if (runs === times.length) {
      times = grown(times, new Float64Array(2 * runs))
      counts = grown(counts, new Uint32Array(2 * runs))
      starts = grown(starts, new Uint32Array(2 * runs))
    }
    times[runs] = time
    starts[runs] = start
    return runs++
  }

  function find(time: Instant): number {
    let low = 0
    let high = runs - 1
    while (low <= high) {
      const middle = (low + high) >> 1
      const found = times[middle] ?? 0
      if (found === time) return middle
      if (found < time) low = middle + 1
      else high = middle - 1
    }
    return -1
  }

  function count(run: number): number {
    const before = counts[run] ?? 0
    counts[run] = before + 1
    return before
  }

  return { enter, count, isLast: (run) => run === runs - 1, startOf: (run) => starts[run] ?? 0 }
}

export function grown<T extends Float64Array | Uint32Array>(from: T, into: T): T {
  into.set(from)
  return into
}
