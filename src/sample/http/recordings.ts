import { recordingNamed, recordingRow, recordings, type Recorded } from '../terminal/recorded'
import { json, refusal, type Answer } from './answer'
import type { Ask, Desk } from './desk'
import { openMachine } from './machines'
import { ADDRESS_LIFE } from './storage'
import type { Viewer } from './tokens'

const PAGE = { normal: 50, most: 200 }

/** The recordings of a machine, newest first; people who are no administrators see their own. */
export function machineRecordings(desk: Desk, ask: Ask, agentId: string): Answer {
  const number = openMachine(desk, ask, agentId)
  if (typeof number !== 'number') return number
  const seen = recordings(desk.world, ask.now, number).filter((recorded) => maySee(ask.viewer, recorded))
  const asked = (name: string) => {
    const text = ask.url.searchParams.get(name) ?? ''
    return /^\d{1,9}$/.test(text) ? Number(text) : 0
  }
  const wanted = asked('limit')
  const limit = desk.faults.limit(wanted >= 1 && wanted <= PAGE.most ? wanted : PAGE.normal)
  const skip = asked('skip')
  const rows = seen.slice(skip, skip + limit).map((recorded) => rowOf(desk, recorded))
  return json({ recordings: rows, total: seen.length, limit, skip })
}

/** An address for fifteen minutes; 404 also for what the account may not see. */
export function recordingUrl(desk: Desk, ask: Ask, id: string): Answer {
  const { world, storage } = desk
  const recorded = recordingNamed(world, id, ask.now)
  const isOpen = recorded && typeof openMachine(desk, ask, recorded.machine.agentId) === 'number' && maySee(ask.viewer, recorded)
  if (!isOpen) return refusal(404, 'Recording not found')
  return json({ url: storage.addressOf(recorded, ask), expires_in: ADDRESS_LIFE, recording: rowOf(desk, recorded) })
}

function maySee({ role, account }: Viewer, { person }: Recorded): boolean {
  return role !== 'user' || person.username === account.username
}

function rowOf({ world, storage }: Desk, recorded: Recorded): Record<string, unknown> {
  return recordingRow(world, recorded, storage.sizeOf(recorded))
}
