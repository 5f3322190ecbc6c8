import { ACCOUNTS } from '../accounts'
import type { Role } from '../options'
import { CLOSED_MACHINES, FIRST, GONE, LAST, PARK, SERVICES, TENANTS, type MachineRole } from './names'
import { below, hex8, mix, objectId, pick, randomFrom, type Random } from './random'

export type Person = {
  id: string
  username: string
  email: string
  first: string
  last: string
  tenant: number
  role: Role
  service: boolean
  /** Hours ahead of UTC, and the local hours of work. */
  zone: number
  from: number
  to: number
  office: string
  home: string
  /** Hash that decides browser and habits. */
  habit: number
  /** Machines this person works on; nobody else's. */
  machines: number[]
}

export type Machine = {
  agentId: string
  id: string
  name: string
  tenant: number
  role: MachineRole
  os: string
  ip: string
  owner: number
  allowed: number[]
  /** Milliseconds before the origin at which it left; absent: it is still there. */
  removed?: number
}

export type Organisation = { people: Person[]; machines: Machine[]; byName: Map<string, number> }

/** People whom stories tell of, in the first tenant unless said. */
export const NAMED: readonly { username: string; role?: Role }[] = [
  { username: 'dana.reyes', role: 'company_admin' },
  { username: 'ext.kolar' },
  { username: 'bram.oster' },
  { username: 'lena.fiske' },
  { username: 'piet.anders', role: 'company_admin' },
]

const SYSTEMS = ['Ubuntu 24.04', 'Debian 12', 'Rocky Linux 9', 'Windows Server 2022']

/** Three tenants, some 400 people and 62 machines, two of which are gone; of the others only so many may stay. */
export function foundOrganisation(seed: number, stay: number): Organisation {
  const random = randomFrom(mix(seed, 101))
  const people: Person[] = []
  for (const { username, role, tenants } of ACCOUNTS) hire(people, { username, role, tenant: tenantNumber(tenants) })
  for (const named of NAMED) hire(people, named)
  for (const username of SERVICES) hire(people, { username, service: true })
  const taken = new Set(people.map(({ username }) => username))
  for (const [tenant, { people: count }] of TENANTS.entries()) {
    for (let left = count; left > 0; ) {
      const username = freshName(random)
      if (taken.has(username)) continue
      taken.add(username)
      hire(people, { username, tenant, role: left % 60 === 1 ? 'company_admin' : 'user' })
      left--
    }
  }
  for (const [number, person] of people.entries()) settle(person, number, seed)
  const machines = buyMachines({ seed, people, stay })
  return { people, machines, byName: new Map(people.map(({ username }, number) => [username, number])) }
}

function tenantNumber(ids: readonly string[]): number {
  return TENANTS.findIndex(({ id }) => id === ids[0])
}

function freshName(random: Random): string {
  const first = FIRST[below(random, FIRST.length)] as string
  const last = LAST[below(random, LAST.length)] as string
  return `${first}.${last}`.toLowerCase()
}

type Hired = { username: string; tenant?: number; role?: Role; service?: boolean }

function hire(people: Person[], { username, tenant = 0, role = 'user', service = false }: Hired): void {
  const [first = '', last = ''] = username.split('.').map((name) => name.slice(0, 1).toUpperCase() + name.slice(1))
  const email = `${username}@${TENANTS[tenant]?.id}.test`
  const at = { zone: TENANTS[tenant]?.zone ?? 0, from: 8, to: 18, office: '', home: '', habit: 0 }
  people.push({ id: '', username, email, first, last, tenant, role, service, ...at, machines: [] })
}

/** Shift, addresses and habits follow from who somebody is. */
function settle(person: Person, number: number, seed: number): void {
  const habit = mix(seed, 7000 + number)
  person.habit = habit
  person.id = objectId(seed, `person ${person.username}`)
  const shift = habit % 10
  if (shift === 8) Object.assign(person, { from: 14, to: 23 })
  if (shift === 9) Object.assign(person, { from: 22, to: 31 })
  const { network } = TENANTS[person.tenant] as (typeof TENANTS)[number]
  person.office = person.service ? `${network}.0.${10 + (number % 30)}` : `198.51.100.${10 + person.tenant * 8}`
  const remote = habit % 3 === 0
  person.home = remote ? `192.0.2.${1 + (habit % 190)}` : `${network}.${64 + (habit % 32)}.${1 + (number % 250)}`
}

type Purchase = { seed: number; people: Person[]; stay: number }

function buyMachines({ seed, people, stay }: Purchase): Machine[] {
  const machines: Machine[] = []
  for (const { tenant, prefix, role, count } of PARK) {
    for (let at = 1; at <= count; at++) {
      machines.push(machineOf(seed, { name: `${prefix}-${String(at).padStart(2, '0')}`, role, tenant }))
    }
  }
  for (const { name, role, removed } of GONE) machines.push({ ...machineOf(seed, { name, role, tenant: 0 }), removed })
  leaveOut(machines, stay)
  const random = randomFrom(mix(seed, 102))
  for (const [number, machine] of machines.entries()) staff(random, { machine, number, people })
  return machines
}

function machineOf(seed: number, { name, role, tenant }: Pick<Machine, 'name' | 'role' | 'tenant'>): Machine {
  const id = objectId(seed, `machine ${name}`)
  const hash = mix(seed, parseInt(id.slice(16), 16))
  const agentId = `agent-${hex8(hash)}${hex8(mix(hash, 3))}`
  const ip = `${TENANTS[tenant]?.network}.${1 + (hash % 8)}.${10 + ((hash >>> 8) % 200)}`
  return { agentId, id, name, tenant, role, os: pick(SYSTEMS, hash >>> 4), ip, owner: 0, allowed: [] }
}

/** Those that stay are spread over the whole park. The others were never there. */
function leaveOut(machines: Machine[], stay: number): void {
  const there = machines.filter(({ removed }) => removed === undefined)
  for (const [at, machine] of there.entries()) {
    const isKept = Math.floor(((at + 1) * stay) / there.length) > Math.floor((at * stay) / there.length)
    if (stay < there.length && !isKept) machine.removed = Infinity
  }
}

type Staffed = { machine: Machine; number: number; people: Person[] }

/** Owner and helpers come from the machine's tenant; the accounts that can sign in are let in as their roles go. */
function staff(random: Random, { machine, number, people }: Staffed): void {
  const locals = people.flatMap((person, at) => (person.tenant === machine.tenant && !person.service ? [at] : []))
  const own = locals.filter((at) => at >= ACCOUNTS.length)
  machine.owner = own[below(random, own.length)] as number
  const crew = new Set([machine.owner])
  const size = 4 + below(random, 14)
  while (crew.size < size) crew.add(own[Math.floor(random() ** 2 * own.length)] as number)
  if (machine.removed === undefined) for (const at of crew) people[at]?.machines.push(number)
  if (!CLOSED_MACHINES.includes(machine.name)) {
    crew.add(0)
    if (machine.tenant < 2) crew.add(1)
    if (['web-01', 'web-02', 'app-03', 'db-04'].includes(machine.name)) {
      crew.add(2)
      people[2]?.machines.push(number)
    }
  }
  machine.allowed = [...crew].sort((a, b) => a - b)
}
