import { mix, randomFrom } from '../data/random'

/** True now and then, ever more rarely, and only so often: repeated syncs must come to an end. */
export type Due = () => boolean

/** The gaps begin at two to six calls and grow by a third each; the same for the same seed and name. */
export function dueAtMost(times: number, seed: number, name: string): Due {
  const random = randomFrom(mix(seed, name.length * 7919 + name.charCodeAt(0)))
  let left = times
  let gap = 3
  let wait = nextGap()
  function nextGap(): number {
    gap *= 1.35
    return Math.ceil(gap * (0.5 + random()))
  }
  return () => {
    if (left === 0 || --wait > 0) return false
    left--
    wait = nextGap()
    return true
  }
}
