import type { Machine } from '../data/organisation'
import { hashText, hex8, mix } from '../data/random'
import type { World } from '../data/world'
import { TENANTS } from '../data/names'
import { stampOf } from './scene'

/** A machine as the list shows it at this moment; figures change by the minute. */
export function machineRow(world: World, machine: Machine, now: number): Record<string, unknown> {
  const { plan, organisation } = world
  const hash = hashText(plan.seed, machine.agentId)
  const status = hash % 11 === 0 ? 'offline' : hash % 37 === 1 ? 'pending' : 'online'
  const minute = mix(hash, Math.floor(now / 60_000))
  const seconds = (hash % 5_000_000) + 3600
  const shared = {
    agent_id: machine.agentId,
    name: machine.name,
    description: `${machine.role} machine of ${TENANTS[machine.tenant]?.name}`,
    os: machine.os,
    ip_address: machine.ip,
    status,
  }
  const figures = {
    cpu_percent: (minute % 1000) / 10,
    memory_percent: 20 + ((minute >>> 8) % 600) / 10,
    disk_percent: 10 + (hash % 800) / 10,
    network_rx_bytes: 1_000_000 + (minute % 90_000_000),
    network_tx_bytes: 1_000_000 + ((minute >>> 4) % 90_000_000),
  }
  const last_active = stampOf(world, now - (status === 'online' ? hash % 30_000 : hash % 400_000_000))
  if (plan.dialect === 'documented') {
    const uptime = `${Math.floor(seconds / 86_400)} days, ${Math.floor(seconds / 3600) % 24} hours`
    return { ...shared, ...figures, uptime, last_active }
  }
  return {
    id: machine.id,
    ...shared,
    owner_id: organisation.people[machine.owner]?.id,
    tenant_id: TENANTS[machine.tenant]?.id,
    group_ids: [],
    allowed_users: machine.allowed.map((at) => organisation.people[at]?.id),
    resource_stats: figures,
    uptime: seconds,
    last_active,
    registration_token: `reg_${hex8(hash)}${hex8(mix(hash, 9))}`,
  }
}
