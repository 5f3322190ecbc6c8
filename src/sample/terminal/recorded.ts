import { TOKEN_ACCOUNTS } from '../accounts'
import { HOUR } from '../data/calendar'
import { LOG, SERIALS } from '../data/facts'
import type { Machine, Person } from '../data/organisation'
import { hex8, mix } from '../data/random'
import { TENANTS } from '../data/names'
import type { World } from '../data/world'
import { commandOf, stampOf } from '../render/scene'
import { sessionId } from '../render/session'
import { playSession } from './play-session'

/** A recording that the server has: what happened in a session that has ended. */
export type Recorded = { id: string; place: number; person: Person; machine: Machine; /** Number of its machine. */ at: number }

/** Logs tell of a command this many milliseconds after Enter. */
const LOG_BEHIND = 300
/** A recording is written when its session ends. */
const WRITTEN_AFTER = 2000
/** What programs do is not kept for longer. */
const PROGRAMS_KEPT = 15 * 24 * HOUR
/** One session of so many events is recorded; of the account behind the ready token for users there are more. */
const EVENTS_APART = { others: 1200, own: 60_000 }

/** Recordings of what has ended by now, newest first; a machine's where one is named. */
export function recordings(world: World, now: number, machine?: number): Recorded[] {
  const { sessions } = world.facts
  const found: Recorded[] = []
  for (const [place, session] of sessions.entries()) {
    if (machine !== undefined && session.machine !== machine) continue
    const recorded = isRecorded(world, place) ? recordedAt(world, place, now) : null
    if (recorded) found.push(recorded)
  }
  const endOf = ({ place }: Recorded) => sessions[place]?.end ?? 0
  return found.sort((a, b) => endOf(b) - endOf(a) || b.place - a.place)
}

/** The recording of an id; null when there is none, or not yet. */
export function recordingNamed(world: World, id: string, now: number): Recorded | null {
  const place = /^[\da-f]{24}$/.test(id) ? parseInt(id.slice(16), 16) : -1
  const recorded = isRecorded(world, place) ? recordedAt(world, place, now) : null
  return recorded?.id === id ? recorded : null
}

function recordedAt({ plan, facts, organisation }: World, place: number, now: number): Recorded | null {
  const session = facts.sessions[place]
  const person = organisation.people[session?.user ?? -1]
  const machine = organisation.machines[session?.machine ?? -1]
  if (!session || !person || !machine || session.end + WRITTEN_AFTER > now) return null
  const id = hex8(Math.floor(session.end / 1000)) + hex8(mix(plan.seed ^ 0x7ec0, session.serial)) + hex8(place)
  return { id, place, person, machine, at: session.machine }
}

function isRecorded({ plan, facts, organisation }: World, place: number): boolean {
  const session = facts.sessions[place]
  if (!session) return false
  const { serial, user, start } = session
  const isStory = serial >= SERIALS.story && serial < SERIALS.pulse
  if (organisation.people[user]?.service) return isStory && start > plan.origin - PROGRAMS_KEPT
  if (isStory) return true
  const isOwn = organisation.people[user]?.username === TOKEN_ACCOUNTS.user
  const apart = isOwn ? EVENTS_APART.own : EVENTS_APART.others
  return mix(plan.seed ^ 0x7e, serial) % Math.max(isOwn ? 1 : 3, Math.round(plan.events / apart)) === 0
}

/** The recording itself: made when it is asked for, the same at each time. */
export function recordingText(world: World, { place, person, machine }: Recorded): string {
  const { facts, plan } = world
  const { start = 0, end = 0, serial = 0, first = 0 } = facts.sessions[place] ?? {}
  const commands = []
  for (let number = first; facts.session[number] === place + 1; number++) {
    if (facts.kind[number] !== LOG) continue
    const at = Math.max(start, (facts.time[number] as number) - LOG_BEHIND)
    commands.push({ at, text: commandOf(world, number, machine), failed: facts.failed[number] === 1 })
  }
  commands.sort((a, b) => a.at - b.at)
  return playSession({ id: sessionId(world, place), person, machine, start, end, commands, hash: mix(plan.seed ^ 0x7a9e, serial) })
}

/** Where the storage keeps it. */
export function storageKey(world: World, { place, person, machine }: Recorded): string {
  return `webxterm/${tenantOf(machine)}/${machine.name}/${sessionId(world, place)}/${person.username}/videos/session.cast`
}

/** A recording as the list has it. */
export function recordingRow(world: World, recorded: Recorded, size: number): Record<string, unknown> {
  const { place, person, machine, id } = recorded
  const { start = 0, end = 0 } = world.facts.sessions[place] ?? {}
  return {
    id,
    session_id: sessionId(world, place),
    machine_id: machine.id,
    machine_name: machine.name,
    tenant_id: tenantOf(machine),
    username: person.username,
    s3_key: storageKey(world, recorded),
    size_bytes: size,
    duration_seconds: Math.round((end - start) / 1000),
    created_at: stampOf(world, end + WRITTEN_AFTER),
  }
}

function tenantOf(machine: Machine): string {
  return TENANTS[machine.tenant]?.id ?? ''
}
