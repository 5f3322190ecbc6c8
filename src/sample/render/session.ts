import { sourceName } from '../data/clients'
import { hex8, mix } from '../data/random'
import type { World } from '../data/world'
import { idOf, sceneOf, stampOf, type Stage } from './scene'

/** The id names the place of the session, so that it can be found again. */
export function sessionId({ facts, plan }: World, place: number): string {
  const serial = facts.sessions[place]?.serial ?? 0
  return `sess-${hex8(mix(plan.seed ^ 0x5e55, serial))}-${place.toString(36)}`
}

/** The place of the session with this id; null when there is none. */
export function sessionPlace(world: World, id: string): number | null {
  const place = parseInt(id.split('-')[2] ?? '', 36)
  return world.facts.sessions[place] && sessionId(world, place) === id ? place : null
}

/** A session as it stands now: it changes while it lasts. */
export function sessionRow(stage: Stage, number: number): Record<string, unknown> {
  const { world, now } = stage
  const { person, machine, client, address, stamp } = sceneOf(stage, number)
  const place = (world.facts.session[number] as number) - 1
  const { start, end, commands } = world.facts.sessions[place] as World['facts']['sessions'][number]
  const closed = end <= now
  const shared = { session_id: sessionId(world, place), agent_id: machine?.agentId }
  const who = { user_id: person?.id, username: person?.username }
  const status = closed ? 'closed' : 'active'
  if (world.plan.dialect === 'documented') {
    return {
      ...shared,
      machine_name: machine?.name,
      ...who,
      source: sourceName(client.source),
      status,
      started_at: stamp,
      ...(closed && { ended_at: stampOf(world, end) }),
      browser: client.browser,
      os: client.os,
    }
  }
  return {
    id: idOf(world, number),
    ...shared,
    machine_id: machine?.id,
    ...who,
    source: client.source,
    browser: client.browser,
    os_info: client.os,
    ip_address: address,
    status,
    command_count: closed ? commands : Math.floor((commands * Math.max(0, now - start)) / (end - start)),
    created_at: stamp,
    ...(closed && { closed_at: stampOf(world, end) }),
  }
}
