import { clientOf, ODD_AGENTS, SERVICE_CLIENT, type Client } from '../data/clients'
import { commandText } from '../data/commands'
import { LOG, NOBODY, NOWHERE } from '../data/facts'
import type { Machine, Person } from '../data/organisation'
import { hex8, mix, pick } from '../data/random'
import type { World } from '../data/world'

/** How faults change what a record looks like. */
export type Looks = {
  /** Has the record been changed by now? */
  changed: (number: number) => boolean
  huge: (number: number) => boolean
}

export type Stage = { world: World; looks: Looks; /** Server clock, UTC milliseconds. */ now: number }

/** What every kind of record needs to know of its fact. */
export type Scene = {
  number: number
  time: number
  /** As the dialect prints it. */
  stamp: string
  /** Decides details of this record. */
  hash: number
  person: Person | null
  machine: Machine | null
  address: string
  client: Client
}

const ODD_ADDRESS = /^(203\.0\.113\.|192\.0\.2\.20\d$)/

export function sceneOf({ world }: Stage, number: number): Scene {
  const { facts, organisation, plan } = world
  const hash = mix(plan.seed, facts.serial[number] as number)
  const session = facts.session[number] as number
  // Everything of one session comes from one place and one program.
  const habit = session > 0 ? mix(plan.seed, world.facts.sessions[session - 1]?.serial ?? 0) : hash
  const user = facts.user[number] as number
  const person = user === NOBODY ? null : (organisation.people[user] ?? null)
  const at = facts.machine[number] as number
  const own = person ? (habit % 8 < 6 ? person.office : person.home) : '127.0.0.1'
  const address = facts.addresses[facts.address[number] as number] || own
  const time = facts.time[number] as number
  return {
    number,
    time,
    stamp: stampOf(world, time),
    hash,
    person,
    machine: at === NOWHERE ? null : (organisation.machines[at] ?? null),
    address,
    client: clientFor(person, address, habit),
  }
}

function clientFor(person: Person | null, address: string, habit: number): Client {
  if (!person || ODD_ADDRESS.test(address)) {
    return { agent: pick(ODD_AGENTS, address.length + Number(address.at(-1))), browser: '', os: '', source: 'ui' }
  }
  return person.service ? SERVICE_CLIENT : clientOf(person.habit, habit)
}

/** Whole seconds in the documented dialect, milliseconds in the other; always Z. */
export function stampOf({ plan }: World, time: number): string {
  const text = new Date(time).toISOString()
  return plan.dialect === 'documented' ? `${text.slice(0, 19)}Z` : text
}

/** 24 hexadecimal digits: the time as MongoDB puts it, a hash of the list's own, the serial number. */
export function idOf({ facts, plan }: World, number: number): string {
  const serial = facts.serial[number] as number
  const seconds = Math.floor((facts.time[number] as number) / 1000)
  return hex8(seconds) + hex8(mix(plan.seed ^ 0x51ed27, serial * 3 + (facts.kind[number] as number))) + hex8(serial)
}

/** The command of an audit row or a log row: both copies say the same. */
export function commandOf({ facts, plan }: World, number: number, machine: Machine | null): string {
  const text = facts.text[number] as number
  if (text > 0) return facts.texts[text] as string
  const copy = facts.copy[number] as number
  const source = facts.kind[number] === LOG && copy > 0 ? copy - 1 : number
  return commandText(machine?.role ?? 'app', mix(plan.seed ^ 0x33aa, facts.serial[source] as number))
}
