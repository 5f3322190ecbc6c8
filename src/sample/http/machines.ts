import { emptyShelf, placeOf, type Shelf } from '../data/shelf'
import { mix, randomFrom } from '../data/random'
import type { World } from '../data/world'
import { TENANTS } from '../data/names'
import { fullLogRow } from '../render/log'
import { machineRow } from '../render/machine'
import { commandOf } from '../render/scene'
import { sessionPlace, sessionRow } from '../render/session'
import { json, refusal, type Answer } from './answer'
import { stageOf, type Ask, type Desk } from './desk'
import { listAnswer, pageFacts, pagingOf } from './pages'
import { isThere, machinesFor, mayRead } from './sight'

/** What the documented list of a machine's commands holds, without paging. */
export const LAST_LOGS = 100

/** Machines in another order at each request, as Go walks its maps. The server dialect pages where a limit is given. */
export function machineList(desk: Desk, ask: Ask): Answer {
  const { world } = desk
  const { viewer, url, now } = ask
  const random = randomFrom(mix(world.plan.seed, desk.asked))
  const documented = world.plan.dialect === 'documented'
  const wanted = documented || viewer.role !== 'super_admin' ? '' : (url.searchParams.get('tenant_id') ?? '')
  const search = documented ? '' : (url.searchParams.get('search') ?? '').toLowerCase()
  const found = machinesFor(world, viewer, now)
    .map((number) => ({ number, place: random() }))
    .sort((a, b) => a.place - b.place)
    .flatMap(({ number }) => world.organisation.machines[number] ?? [])
    .filter(({ name, tenant }) => name.includes(search) && (wanted === '' || TENANTS[tenant]?.id === wanted))
  const rows = found.map((machine) => machineRow(world, machine, now))
  if (documented) return json({ machines: rows })
  if (!url.searchParams.has('limit')) {
    return json({ machines: rows, total: rows.length, page: 1, limit: rows.length, total_pages: 1 })
  }
  const { page, limit } = pagingOf(desk, ask, { normal: 25, most: 500 })
  const total_pages = Math.ceil(rows.length / limit)
  return json({ machines: rows.slice((page - 1) * limit, page * limit), total: rows.length, page, limit, total_pages })
}

/** The number of a machine, or the refusal that its lists answer with. */
export function openMachine(desk: Desk, { viewer, now }: Ask, agentId: string): number | Answer {
  const { machines } = desk.world.organisation
  const number = machines.findIndex((machine) => machine.agentId === agentId)
  const machine = machines[number]
  if (!machine || !isThere(desk.world, machine, now)) return refusal(404, 'Machine not found')
  const open = mayRead(desk.world, viewer, machine) && !desk.faults.locked(number)
  return open ? number : refusal(403, 'Not authorized')
}

export function machineLogs(desk: Desk, ask: Ask, agentId: string): Answer {
  const number = openMachine(desk, ask, agentId)
  if (typeof number !== 'number') return number
  return logPage(desk, ask, desk.world.logs[number] as Shelf)
}

function logPage(desk: Desk, ask: Ask, shelf: Shelf): Answer {
  const whole = { low: 0, high: shelf.size }
  if (desk.world.plan.dialect === 'documented') {
    const paging = { page: 1, limit: LAST_LOGS }
    return listAnswer(desk, ask, { name: 'logs', numbers: pageFacts(desk, { shelf, span: whole, paging }) })
  }
  const paging = pagingOf(desk, ask, { normal: 25, most: 200 })
  const total = desk.faults.total(shelf.size)
  const numbers = pageFacts(desk, { shelf, span: whole, paging })
  const total_pages = Math.ceil(total / paging.limit)
  return listAnswer(desk, ask, { name: 'logs', numbers, rest: { total, ...paging, total_pages } })
}

/** Commands that contain `q`. The server dialect gives them as they are stored, with their output. */
export function searchLogs(desk: Desk, ask: Ask, agentId: string): Answer {
  const number = openMachine(desk, ask, agentId)
  if (typeof number !== 'number') return number
  const { world } = desk
  const words = (ask.url.searchParams.get('q') ?? '').toLowerCase()
  const shelf = world.logs[number] as Shelf
  const machine = world.organisation.machines[number] ?? null
  const fits = (at: number) => commandOf(world, at, machine).toLowerCase().includes(words)
  const items = shelf.items.slice(0, shelf.size).filter(fits)
  const hits: Shelf = { ...emptyShelf(), items, size: items.length }
  if (world.plan.dialect === 'documented') return logPage(desk, ask, hits)
  const paging = pagingOf(desk, ask, { normal: 25, most: 200 })
  const numbers = pageFacts(desk, { shelf: hits, span: { low: 0, high: hits.size }, paging })
  const logs = numbers.map((at) => fullLogRow(stageOf(desk, ask.now), at))
  return json({ logs, total: hits.size, ...paging, total_pages: Math.ceil(hits.size / paging.limit) })
}

export type WhichSessions = { agentId: string; active: boolean }

/** All sessions of a machine, newest first, or those that last. */
export function machineSessions(desk: Desk, ask: Ask, { agentId, active }: WhichSessions): Answer {
  const number = openMachine(desk, ask, agentId)
  if (typeof number !== 'number') return number
  const shelf = desk.world.sessions[number] as Shelf
  const paging = { page: 1, limit: shelf.size }
  const numbers = pageFacts(desk, { shelf, span: { low: 0, high: shelf.size }, paging })
  const wanted = active ? numbers.filter((at) => isActive(desk.world, at, ask.now)) : numbers
  return listAnswer(desk, ask, { name: 'sessions', numbers: wanted })
}

function isActive({ facts }: World, number: number, now: number): boolean {
  return (facts.sessions[(facts.session[number] as number) - 1]?.end ?? 0) > now
}

/** Sessions that last, of all machines that the account may read; the server dialect gives bare ids. */
export function terminalSessions(desk: Desk, { viewer, now }: Ask): Answer {
  const { world } = desk
  const rows = machinesFor(world, viewer, now).flatMap((number) => {
    const machine = world.organisation.machines[number]
    if (!machine || !mayRead(world, viewer, machine) || desk.faults.locked(number)) return []
    const { items, size } = world.sessions[number] as Shelf
    const lasting = [...items.subarray(0, size)].filter((at) => isActive(world, at, now))
    return lasting.map((at) => sessionRow(stageOf(desk, now), at))
  })
  return json({ sessions: world.plan.dialect === 'server' ? rows.map((row) => row['session_id']) : rows })
}

/** A session and its commands, oldest first; the server dialect pages them. */
export function sessionDetail(desk: Desk, ask: Ask, id: string): Answer {
  const { world } = desk
  const place = sessionPlace(world, id)
  const known = place === null ? undefined : world.facts.sessions[place]
  const machine = known && world.organisation.machines[known.machine]
  if (place === null || !known || !machine) return refusal(404, 'Session not found')
  const number = openMachine(desk, ask, machine.agentId)
  if (typeof number !== 'number') return number
  const session = entryOf(world, world.sessions[number] as Shelf, place)
  if (session === undefined) return refusal(404, 'Session not found')
  const stage = stageOf(desk, ask.now)
  const shelf = world.logs[number] as Shelf
  const own = []
  for (let at = placeOf(world.facts, shelf, known.start - 1000); at < shelf.size; at++) {
    const log = shelf.items[at] as number
    if ((world.facts.time[log] as number) > known.end + 2000) break
    if (world.facts.session[log] === place + 1) own.push(fullLogRow(stage, log))
  }
  if (world.plan.dialect === 'documented') {
    const logs = own.map(({ command, timestamp, success }) => ({ command, timestamp, success }))
    return json({ session: sessionRow(stage, session), logs })
  }
  const { page, limit } = pagingOf(desk, ask, { normal: 25, most: 200 })
  return json({
    session: sessionRow(stage, session),
    logs: own.slice((page - 1) * limit, page * limit),
    machine_name: machine.name,
    logs_total: own.length,
    logs_page: page,
    logs_limit: limit,
    logs_total_pages: Math.ceil(own.length / limit),
  })
}

function entryOf({ facts }: World, shelf: Shelf, place: number): number | undefined {
  const start = placeOf(facts, shelf, (facts.sessions[place]?.start ?? 0) - 1000)
  const near = shelf.items.subarray(start, shelf.size)
  return near.find((number) => facts.session[number] === place + 1)
}
