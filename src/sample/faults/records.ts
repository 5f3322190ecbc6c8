import { addFact } from '../data/facts'
import { below, mix, randomFrom, type Random } from '../data/random'
import { remove, reveal, type World } from '../data/world'
import type { FaultParts, Setup } from './parts'

const MINUTE = 60_000

/** A few records of every list, and the count of requests from which something is so with each. */
function someRecords(world: World, random: Random, most: number): Map<number, number> {
  const { audit, logs, sessions } = world
  const chosen = new Map<number, number>()
  const shelves = [audit, audit, audit, ...logs, ...sessions].filter(({ size }) => size > 0)
  const count = Math.min(most, Math.floor(world.plan.events / 20))
  for (let tries = 0; chosen.size < count && tries < count * 4; tries++) {
    const shelf = random() < 0.6 ? audit : shelves[below(random, shelves.length)]
    if (!shelf || shelf.size === 0) continue
    // The newer, the likelier: only the last commands of a machine are listed in the documented dialect.
    const place = Math.floor(shelf.size * (1 - random() ** 3))
    const number = shelf.items[Math.min(place, shelf.size - 1)] as number
    chosen.set(number, 8 + below(random, 52))
  }
  return chosen
}

/** Some forty records get another status or a field more, under the same id, after 8 to 60 requests. */
export function recordChanges({ plan }: Setup): FaultParts {
  let due = new Map<number, number>()
  let asked = 0
  return {
    open: (world) => void (due = someRecords(world, randomFrom(mix(plan.seed, 51)), 40)),
    before: (_world, count) => void (asked = count),
    changed: (number) => asked >= (due.get(number) ?? Infinity),
  }
}

/** Some forty records leave their lists after 8 to 60 requests. */
export function recordVanishes({ plan }: Setup): FaultParts {
  let due = new Map<number, number>()
  return {
    open: (world) => void (due = someRecords(world, randomFrom(mix(plan.seed, 52)), 40)),
    before(world, count) {
      for (const [number, after] of due) {
        if (count < after) continue
        due.delete(number)
        remove(world, number)
      }
    },
  }
}

const LATE = 36

/** 36 rows of the last eight hours, commands with their copies among them, are seen only after 8 to 60 requests. */
export function lateRows({ plan }: Setup): FaultParts {
  const late: { number: number; after: number }[] = []
  return {
    open({ facts, organisation }) {
      const random = randomFrom(mix(plan.seed, 53))
      for (let at = 0; at < LATE; at++) {
        const user = 12 + below(random, organisation.people.length - 12)
        const time = plan.now - 2 * MINUTE - below(random, 478 * MINUTE)
        const after = 8 + below(random, 52)
        if (at % 4 !== 0) {
          const kind = at % 4 === 1 ? 'login_failed' : 'token_refresh'
          late.push({ number: addFact(facts, { time, user, kind, failed: at % 4 === 1 }, 'late'), after })
          continue
        }
        const machine = below(random, organisation.machines.length - 2)
        const audit = addFact(facts, { time, user, machine, kind: 'command_executed' }, 'late')
        const log = addFact(facts, { time: time + 300, user, machine, kind: 'log' }, 'late')
        facts.copy[audit] = log + 1
        facts.copy[log] = audit + 1
        late.push({ number: audit, after }, { number: log, after: after + 5 })
      }
    },
    before(world, count) {
      for (const entry of late.filter(({ after }) => count >= after)) {
        late.splice(late.indexOf(entry), 1)
        reveal(world, entry.number)
      }
    },
  }
}

/** One record in sixty stands twice in its list, one after the other; totals count both. */
export function duplicateIds({ plan }: Setup): FaultParts {
  return { twice: (number) => mix(plan.seed ^ 0xd0b1e, number) % 60 === 0 }
}

/** One of the newest sixty rows of the audit is four megabytes long. */
export function hugeRecord(): FaultParts {
  let number = -1
  return {
    open: ({ audit }) => void (number = audit.items[audit.size - 1 - Math.min(60, audit.size >>> 1)] ?? -1),
    huge: (asked) => asked === number,
  }
}
