import { isAudit } from '../data/facts'
import type { Chronicle } from '../data/generate'
import { below, mix, randomFrom } from '../data/random'
import { isStory } from '../stories'
import type { FaultParts, Setup } from './parts'

const MOST = 500
/** Requests that find a cluster in another order; from then on it keeps one, so that repeated syncs come to an end. */
const RESTLESS = 30

/** Clusters of up to 500 rows of one instant, whose order among each other is another one at each request. */
export function equalTimestamps({ plan }: Setup): FaultParts {
  const touched = new Map<number, { request: number; times: number }>()
  return {
    move,
    reorder({ time, length, request }, place) {
      const seen = touched.get(time) ?? { request, times: 1 }
      if (seen.request !== request && seen.times < RESTLESS) Object.assign(seen, { request, times: seen.times + 1 })
      touched.set(time, seen)
      const shift = mix(plan.seed, seen.times * 31) % length
      const turned = (place + shift) % length
      return seen.times % 2 === 0 ? length - 1 - turned : turned
    },
  }
}

function move({ facts, plan }: Chronicle, order: Uint32Array): void {
  const random = randomFrom(mix(plan.seed, 61))
  const clusters = Math.min(12, 3 + Math.floor(plan.events / 20_000))
  for (let cluster = 0; cluster < clusters; cluster++) {
    const size = Math.min(cluster === 0 ? MOST : 20 + below(random, 280), Math.floor(plan.events / 6))
    // Each in a part of its own, so that none takes another's rows.
    const first = Math.floor(((cluster + random() * 0.4) * order.length) / clusters)
    if (size < 2) return
    const time = facts.time[order[first] as number] as number
    let rows = 0
    for (let at = first; at < order.length && rows < size; at++) {
      const number = order[at] as number
      if ((facts.time[number] as number) > plan.now) break
      if (isStory(facts, number)) continue
      if (isAudit(facts, number)) rows++
      facts.time[number] = time
      // A command's copy stays with it, and a session begins when its record says.
      const copy = facts.copy[number] as number
      if (copy > 0 && isAudit(facts, number)) facts.time[copy - 1] = time
      const session = facts.sessions[(facts.session[number] as number) - 1]
      if (session) session.start = Math.min(session.start, time)
    }
  }
}
