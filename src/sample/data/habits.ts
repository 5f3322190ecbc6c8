import { ACCOUNTS } from '../accounts'
import { localClock } from './calendar'
import { addressNumber, NOBODY, type Kind } from './facts'
import { GUESSED, SERVICES } from './names'
import type { Organisation } from './organisation'
import { textNumber, write, writeVisit, type Pen } from './pen'
import { below, type Random } from './random'

const HOUR = 3_600_000
const MINUTE = 60_000

/** Somebody at work at this time; mostly one of the few who do much. */
function whoIsUp(random: Random, { people }: Organisation, time: number): number {
  const staff = people.length - ACCOUNTS.length
  let person = 0
  for (let tries = 0; tries < 6; tries++) {
    person = ACCOUNTS.length + Math.floor(random() ** 2.2 * staff)
    const found = people[person]
    if (!found || found.service) continue
    const { hour, weekday } = localClock(time, found.zone)
    const inside = (hour >= found.from && hour < found.to) || hour + 24 < found.to
    const chance = (inside ? 1 : 0.06) * (weekday === 0 || weekday === 6 ? 0.15 : 1)
    if (random() < chance) return person
  }
  return people[person]?.service ? ACCOUNTS.length + SERVICES.length + 20 : person
}

/** One thing that happens in the hour from `start`, of at most `room` events. */
export function somethingHappens(pen: Pen, start: number, room: number): void {
  const { random, organisation } = pen
  const at = start + random() * Math.min(HOUR, pen.until - start - 1)
  const user = random() < 0.02 ? below(random, 3) : whoIsUp(random, organisation, at)
  const machines = organisation.people[user]?.machines ?? []
  const die = random()
  if (room >= 6 && machines.length > 0 && die < 0.42) return workOn(pen, { user, at, room, machines })
  if (room >= 5 && die < 0.8) return officeDay(pen, user, at)
  if (die < 0.86) return stranger(pen, at)
  if (room >= 2 && die < 0.872) return administer(pen, at)
  write(pen, { time: at, kind: die < 0.9 ? 'logout' : 'token_refresh', user })
}

type Work = { user: number; at: number; room: number; machines: readonly number[] }

function workOn(pen: Pen, { user, at, room, machines }: Work): void {
  const { random, facts } = pen
  const start = signIn(pen, user, at)
  const machine = machines[Math.floor(random() ** 1.5 * machines.length)] as number
  const most = Math.min(room - 5, 28)
  const commands = Array.from({ length: 1 + Math.floor(random() ** 2 * most) }, () => 0)
  const unheard = facts.dialect === 'server' ? 0.06 : 0
  const last = writeVisit(pen, { user, machine, at: start, commands, pace: 20_000 + random() * 160_000, unheard })
  if (random() < 0.6) {
    const left = Math.min(15 * MINUTE, Math.max(0, pen.until - last - 1))
    write(pen, { time: last + left * random(), kind: 'logout', user })
  }
}

/** Up to two attempts fail before the one that succeeds. Gives the time after it. */
function signIn(pen: Pen, user: number, at: number): number {
  const { random } = pen
  const gap = Math.min(15_000, Math.max(0, pen.until - at - 1) / 8)
  let time = at
  if (random() < 0.07) write(pen, { time, kind: 'login_failed', user, failed: true })
  time += gap
  write(pen, { time, kind: 'login', user })
  return time + gap
}

function officeDay(pen: Pen, user: number, at: number): void {
  const { random } = pen
  const time = signIn(pen, user, at)
  const left = Math.max(0, pen.until - time - 1)
  write(pen, { time: time + Math.min(left, 40 * MINUTE) * random(), kind: 'token_refresh', user })
  if (random() < 0.5) write(pen, { time: time + Math.min(left, 3 * HOUR) * random(), kind: 'token_refresh', user })
  if (random() < 0.5) write(pen, { time: time + Math.min(left, 7 * HOUR) * random(), kind: 'logout', user })
}

/** Somebody on the internet tries a name. */
function stranger(pen: Pen, time: number): void {
  const { facts, random } = pen
  const address = addressNumber(facts, `203.0.113.${100 + below(random, 60)}`)
  const guess = GUESSED[below(random, GUESSED.length)] as string
  const text = textNumber(facts, guess)
  write(pen, { time, kind: 'login_failed', user: NOBODY, address, text, failed: true })
}

const ADMIN_DOINGS: readonly Kind[] = [
  'user_updated',
  'user_updated',
  'user_created',
  'user_deleted',
  'machine_registered',
]

function administer(pen: Pen, time: number): void {
  const { random, organisation } = pen
  const admins = organisation.people.flatMap(({ role }, at) => (role === 'user' ? [] : [at]))
  const user = admins[below(random, admins.length)] as number
  const kind = ADMIN_DOINGS[below(random, ADMIN_DOINGS.length)] as Kind
  if (kind === 'machine_registered') {
    const machine = below(random, organisation.machines.length - 2)
    write(pen, { time, kind, user, machine })
    return
  }
  const other = ACCOUNTS.length + below(random, organisation.people.length - ACCOUNTS.length)
  write(pen, { time, kind, user, other })
  const soon = time + Math.min(900, pen.until - time - 1)
  if (kind === 'user_created') write(pen, { time: soon, kind: 'signup', user: other })
}
