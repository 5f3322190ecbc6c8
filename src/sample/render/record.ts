import { LOG, SESSION } from '../data/facts'
import { mix } from '../data/random'
import type { SampleRecord } from '../options'
import { documentedRow } from './audit-documented'
import { serverRow } from './audit-server'
import { recordBytes } from './awkward'
import { logRow } from './log'
import type { Stage } from './scene'
import { sessionRow } from './session'

const HUGE_BYTES = 4 * 1024 * 1024

type Row = Record<string, unknown>

/** What the lists differ in: the field of the id, and the one that takes hostile text. */
type Listed = { stream: SampleRecord['stream']; row: Row; id: string; hostile: string }

/** A record exactly as its list gives it now. */
export function recordOf(stage: Stage, number: number): SampleRecord {
  const { facts, organisation } = stage.world
  const { stream, row, id, hostile } = listedRow(stage, number)
  const agentId = organisation.machines[facts.machine[number] as number]?.agentId
  return {
    stream,
    ...(stream !== 'audit' && agentId !== undefined && { machine: agentId }),
    id: String(row[id]),
    time: facts.time[number] as number,
    bytes: bytesOf(stage, number, { row: amended(stage, number, row), hostile }),
  }
}

function listedRow(stage: Stage, number: number): Listed {
  const { facts, plan } = stage.world
  switch (facts.kind[number]) {
    case LOG:
      return { stream: 'logs', row: logRow(stage, number), id: 'id', hostile: 'source' }
    case SESSION:
      return { stream: 'sessions', row: sessionRow(stage, number), id: 'session_id', hostile: 'browser' }
    default: {
      const row = plan.dialect === 'documented' ? documentedRow(stage, number) : serverRow(stage, number)
      return { stream: 'audit', row, id: 'id', hostile: 'user_agent' }
    }
  }
}

function bytesOf({ world, looks }: Stage, number: number, { row, hostile }: Pick<Listed, 'row' | 'hostile'>): string {
  const full = looks.huge(number) ? { ...row, attachment: 'recount '.repeat(HUGE_BYTES / 8) } : row
  return recordBytes(full, mix(world.plan.seed ^ 0x7a11, world.facts.serial[number] as number), hostile)
}

/** Every other changed record gets another status, the rest a field more. */
function amended({ world, looks }: Stage, number: number, row: Row): Row {
  if (!looks.changed(number)) return row
  if ((world.facts.serial[number] as number) % 2 === 0) return { ...row, amended: true }
  if ('success' in row) return { ...row, success: row['success'] !== true }
  if ('response_status' in row) return { ...row, response_status: 409 }
  return { ...row, status: 'revised' }
}
