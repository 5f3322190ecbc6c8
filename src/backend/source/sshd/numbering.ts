import type { Instant } from '../../../domain'
import { createCounts } from './counts'
import { createRuns, grown } from './runs'

const HIGH = 2 ** 32
/** Records of one time that are compared one by one; those of a time with more are counted in a table. */
const FEW = 16
const SMALLEST = 1024

/** Takes in the time of each record of a stream; answers how many records of that very time came before. */
export function createSequences(): (time: Instant) => number {
  const runs = createRuns()
  const lateTimes = createCounts()
  return (time) => {
    const run = runs.enter(time, 0)
    return run < 0 ? lateTimes.add(Math.floor(time / HIGH), time) - 1 : runs.count(run)
  }
}

/**
 * Takes in time and hash of each record of a stream; answers how many equal ones there are now. Equal records have equal
 * times. A log is in order but for stragglers, so a record of a new time has no equal and needs no look into a table of
 * millions, and what is kept of the others is written end to end.
 */
export function createNumbering(): (time: Instant, high: number, low: number) => number {
  const runs = createRuns()
  // Hashes of the first few records of each run, end to end, two words each.
  let words = new Uint32Array(2 * SMALLEST)
  let held = 0
  const equals = createCounts()

  function numberOf(time: Instant, high: number, low: number): number {
    const run = runs.enter(time, held)
    // It is late and no record of its time came in order.
    if (run < 0) return equals.add(high, low)
    const isLast = runs.isLast(run)
    const from = runs.startOf(run)
    const to = isLast ? held : runs.startOf(run + 1)
    if (to - from >= FEW) return equals.add(high, low)
    let before = 0
    for (let at = from; at < to; at++) if (words[2 * at] === high >>> 0 && words[2 * at + 1] === low >>> 0) before++
    if (!isLast) return before + equals.add(high, low)
    hold(high, low)
    if (held - from === FEW) for (let at = from; at < held; at++) equals.add(words[2 * at] ?? 0, words[2 * at + 1] ?? 0)
    return before + 1
  }

  function hold(high: number, low: number): void {
    if (2 * held === words.length) words = grown(words, new Uint32Array(4 * held))
    words[2 * held] = high
    words[2 * held + 1] = low
    held++
  }

  return numberOf
}
