import { ACCOUNTS } from '../accounts'
import { addressNumber, NOBODY, SERIALS, type Facts } from '../data/facts'
import type { Organisation } from '../data/organisation'
import { textNumber, write, writeVisit, type Pen } from '../data/pen'
import { mix, randomFrom } from '../data/random'
import type { Plan } from '../options'
import { DATA_THEFT, NIGHTLY_BACKUP } from './data-theft'
import { FORCED_RESET } from './forced-reset'
import { REMOVED_MACHINE, RETIRED_MACHINE } from './removed-machine'
import type { Step, Story } from './story'
import { STUFFING } from './stuffing'

/** What a person can find in the data, and what only looks like it. */
const STORIES: readonly Story[] = [
  STUFFING,
  REMOVED_MACHINE,
  DATA_THEFT,
  FORCED_RESET,
  RETIRED_MACHINE,
  NIGHTLY_BACKUP,
]

/** A story as it was written: its records are the facts of these numbers. */
export type ToldStory = { story: Story; from: number; to: number; facts: number[]; events: number }

/** With fewer events there is no room for stories. */
const FEWEST_EVENTS = 800
const DAY = 86_400_000

export function writeStories(pen: Pen, plan: Plan): ToldStory[] {
  if (plan.events < FEWEST_EVENTS) return []
  const scale = Math.min(1, plan.events / 200_000)
  return STORIES.map((story, number) => {
    const from = beginning(story, plan.origin)
    pen.random = randomFrom(mix(plan.seed, 300 + number))
    const first = pen.facts.size
    const counted = pen.counted
    for (const step of story.steps(pen.random, scale)) writeStep(pen, step, from)
    const facts = Array.from({ length: pen.facts.size - first }, (_, at) => first + at)
    return { story, from, to: from + story.lasts, facts, events: pen.counted - counted }
  })
}

/** The latest such time of day that is at least `before` earlier than the origin. */
function beginning({ before, utcHour, utcMinute }: Story, origin: number): number {
  const latest = origin - before
  const wanted = Math.floor(latest / DAY) * DAY + (utcHour * 60 + utcMinute) * 60_000
  return wanted > latest ? wanted - DAY : wanted
}

function writeStep(pen: Pen, step: Step, from: number): void {
  const { facts, organisation } = pen
  const time = from + step.at
  const user = personNumber(organisation, step.user)
  const address = step.address === undefined ? 0 : addressNumber(facts, step.address)
  const failed = step.kind === 'login_failed'
  switch (step.kind) {
    case 'visit': {
      const commands = step.commands.map((text) => textNumber(facts, text))
      const machine = machineNumber(organisation, step.machine)
      writeVisit(pen, { user, machine, at: time, commands, pace: step.pace, address })
      return
    }
    case 'machine_deleted':
      write(pen, { time, kind: step.kind, user, address, machine: machineNumber(organisation, step.machine) })
      return
    case 'user_updated': {
      const other = personNumber(organisation, step.other)
      write(pen, { time, kind: step.kind, user, address, other, text: textNumber(facts, step.to) })
      return
    }
    default: {
      const text = user === NOBODY ? textNumber(facts, step.user) : 0
      write(pen, { time, kind: step.kind, user, address, text, failed })
    }
  }
}

/** `office:N` is one of the people in the first tenant's office. */
function personNumber({ byName, people }: Organisation, username: string): number {
  if (!username.startsWith('office:')) return byName.get(username) ?? NOBODY
  const office = people.flatMap((person, at) =>
    person.tenant === 0 && !person.service && person.role === 'user' && person.from === 8 && at > 2 * ACCOUNTS.length
      ? [at]
      : [],
  )
  return office[Number(username.slice('office:'.length)) % office.length] as number
}

function machineNumber({ machines }: Organisation, name: string): number {
  return machines.findIndex((machine) => machine.name === name)
}

/** Numbers of the facts of the stories, which no fault may move. */
export function isStory(facts: Facts, number: number): boolean {
  const serial = facts.serial[number] as number
  return serial >= SERIALS.story && serial < SERIALS.pulse
}
