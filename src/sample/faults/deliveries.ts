import { below, mix, randomFrom } from '../data/random'
import type { FaultParts, Setup } from './parts'
import { dueAtMost } from './schedule'

/** In turn: half a body whose length is right for the half, and a line that is cut early. */
export function truncatedJson({ plan }: Setup): FaultParts {
  const due = dueAtMost(8, plan.seed, 'truncated')
  const random = randomFrom(mix(plan.seed, 41))
  let turn = 0
  return {
    deliver(delivery) {
      const { body, status } = delivery.answer
      if (status !== 200 || body.length < 2 || !due()) return delivery
      const length = 1 + below(random, body.length - 1)
      if (turn++ % 2 === 0) return { ...delivery, answer: { ...delivery.answer, body: body.slice(0, length) } }
      return { ...delivery, drop: length }
    },
  }
}

/** Some answers come 100 to 200 milliseconds late, every fourth of these two seconds. */
export function slow({ plan }: Setup): FaultParts {
  const due = dueAtMost(8, plan.seed, 'slow')
  const random = randomFrom(mix(plan.seed, 42))
  let turn = 0
  return {
    deliver(delivery) {
      if (!due()) return delivery
      return { ...delivery, delay: ++turn % 4 === 0 ? 2000 : 100 + below(random, 100) }
    },
  }
}

/** Up to seven off, in twenty answers at most. */
export function movingTotals({ plan }: Setup): FaultParts {
  const due = dueAtMost(20, plan.seed, 'totals')
  const random = randomFrom(mix(plan.seed, 43))
  return {
    total(total) {
      if (!due()) return total
      const off = 1 + below(random, 7)
      return random() < 0.5 ? total + off : Math.max(0, total - off)
    },
  }
}
