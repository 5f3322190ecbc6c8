import { loginRecord, outsideLogins } from '../data/outside'
import { recordOf } from '../render/record'
import type { SampleRecord } from '../options'
import type { Shelf } from '../data/shelf'
import { requestRecord, seenRequests } from './approvals'
import { stageOf, type Desk } from './desk'
import { LAST_LOGS } from './machines'
import { auditFor, machinesFor, mayRead } from './sight'
import type { Viewer } from './tokens'

/** Every record that the holder of a token finds in each list now, newest first; duplicates stand twice. */
export function recordsFor(desk: Desk, viewer: Viewer, now: number): SampleRecord[] {
  const { world, faults } = desk
  const stage = stageOf(desk, now)
  const records: SampleRecord[] = []
  const add = (shelf: Shelf, most = Infinity) => {
    for (let place = shelf.size - 1; place >= Math.max(0, shelf.size - most); place--) {
      records.push(recordOf(stage, shelf.items[place] as number))
    }
  }
  const audit = auditFor(world, viewer, { tenant: null, user: '', action: '' })
  if (audit) add(audit)
  for (const request of seenRequests(desk, viewer, now)) records.push(requestRecord(world, request, now))
  for (const number of machinesFor(world, viewer, now)) {
    const machine = world.organisation.machines[number]
    if (!machine || !mayRead(world, viewer, machine) || faults.locked(number)) continue
    add(world.sessions[number] as Shelf)
    add(world.logs[number] as Shelf, world.plan.dialect === 'documented' ? LAST_LOGS : Infinity)
    for (const login of outsideLogins(world, number, now)) records.push(loginRecord(world, login, now))
  }
  return records
}
