import { HOUR } from './calendar'
import { SERVICES } from './names'
import type { Organisation } from './organisation'
import { textNumber, write, writeVisit, type Pen } from './pen'
import { routineText } from './commands'

const MINUTE = 60_000
const PERIODS = [5, 10, 15, 30, 60, 120, 240, 480, 720, 1440, 2880, 10_080].map((minutes) => minutes * MINUTE)

export type Routine = { user: number; machine: number; period: number; phase: number; text: number }

/** What each service account does at regular times; together about a sixth of `perDay` events. */
export function routines(pen: Pen, perDay: number): Routine[] {
  const { organisation, facts } = pen
  return SERVICES.map((name, number) => {
    // A turn is three events; the first service is the busiest.
    const turnsPerDay = perDay / 6 / 3 / 2 ** (number + 1)
    const period = PERIODS.find((length) => 86_400_000 / length <= turnsPerDay) ?? 30 * 86_400_000
    const phase = ((number * 7 + 3) * MINUTE) % Math.min(period, HOUR)
    const user = organisation.byName.get(name) ?? 0
    const machine = machineFor(organisation, number)
    return { user, machine, period, phase, text: textNumber(facts, routineText(number)) }
  })
}

function machineFor({ machines }: Organisation, number: number): number {
  const roles = ['web', 'app', 'db', 'files', 'web', 'db'] as const
  return machines.findIndex(({ role }) => role === roles[number % roles.length]) + (number % 2)
}

/** The turns of all routines in the hour from `start`, while `room` lasts. */
export function runRoutines(pen: Pen, all: readonly Routine[], { start, room }: { start: number; room: number }): void {
  const before = pen.counted
  for (const { user, machine, period, phase, text } of all) {
    const first = Math.ceil((start - phase) / period) * period + phase
    for (let at = first; at < start + HOUR; at += period) {
      if (pen.counted - before + 4 > room) return
      write(pen, { time: at, kind: 'token_refresh', user })
      if (Math.floor(at / period) % 4 === 0) writeVisit(pen, { user, machine, at, commands: [text], pace: 3000 })
    }
  }
}
