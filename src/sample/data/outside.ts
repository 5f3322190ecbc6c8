import type { SampleRecord } from '../options'
import { recordBytes } from '../render/awkward'
import { stampOf } from '../render/scene'
import { DAY, HOUR, HOURS_BEFORE } from './calendar'
import { TENANTS } from './names'
import { below, hex8, mix, randomFrom } from './random'
import type { World } from './world'

/** A sign-in to a machine by its own console, SSH or remote desktop, past the portal. UTC milliseconds. */
export type OutsideLogin = { serial: number; machine: number; protocol: 'ssh' | 'rdp' | 'console'; user: string; address: string; line: string; from: number; to: number }

const USERS = ['root', 'deploy', 'ubuntu', 'backup', 'ops']
/** Days are told apart in serial numbers by this many machines. */
const MACHINES = 256

/** Those of one machine that have begun by now, newest first; the same for the same seed whenever it is asked. */
export function outsideLogins(world: World, machine: number, now: number): OutsideLogin[] {
  const first = Math.floor((world.plan.origin - HOURS_BEFORE * HOUR) / DAY)
  const logins: OutsideLogin[] = []
  for (let day = Math.floor(now / DAY); day >= first; day--) {
    const login = loginOf(world, machine, day)
    if (login && login.from <= now) logins.push(login)
  }
  return logins
}

function loginOf({ plan, organisation }: World, machine: number, day: number): OutsideLogin | null {
  const place = organisation.machines[machine]
  const serial = day * MACHINES + machine
  const random = randomFrom(mix(plan.seed ^ 0x0175, serial))
  if (!place || plan.events === 0 || random() > 0.005 + 0.15 * Math.min(1, plan.events / 200_000)) return null
  const isWindows = place.os.startsWith('Windows')
  const protocol = random() < 0.06 ? 'console' : isWindows ? 'rdp' : 'ssh'
  const from = day * DAY + random() * DAY
  const line = protocol === 'ssh' ? `pts/${below(random, 6)}` : protocol === 'rdp' ? `rdp-tcp#${below(random, 40)}` : 'tty1'
  const { network } = TENANTS[place.tenant] ?? TENANTS[0]
  return {
    serial,
    machine,
    protocol,
    user: isWindows ? 'Administrator' : (USERS[below(random, USERS.length)] as string),
    address: protocol === 'console' ? '' : `${network}.${below(random, 4)}.${10 + below(random, 200)}`,
    line,
    from,
    to: from + 60_000 + random() ** 3 * 6 * HOUR,
  }
}

/** A sign-in as the list of its machine has it now: its end is written when it comes. */
export function loginRecord(world: World, login: OutsideLogin, now: number): SampleRecord {
  const { plan, organisation } = world
  const machine = organisation.machines[login.machine]
  const id = hex8(Math.floor(login.from / 1000)) + hex8(mix(plan.seed ^ 0x0e7e, login.serial)) + hex8(login.serial)
  const stamp = stampOf(world, login.from)
  const isOver = login.to <= now
  const row = {
    id,
    machine_id: machine?.id,
    agent_id: machine?.agentId,
    machine_name: machine?.name,
    tenant_id: TENANTS[machine?.tenant ?? -1]?.id,
    protocol: login.protocol,
    os_user: login.user,
    source_ip: login.address,
    line: login.line,
    active: !isOver,
    login_at: stamp,
    ...(isOver && { logout_at: stampOf(world, login.to) }),
    created_at: stamp,
  }
  const bytes = recordBytes(row, mix(plan.seed ^ 0x0b17, login.serial), 'line')
  return { stream: 'signins', ...(machine && { machine: machine.agentId }), id, time: Date.parse(stamp), bytes }
}
