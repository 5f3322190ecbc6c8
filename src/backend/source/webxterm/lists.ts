import type { Instant } from '../../../domain'
import type { FetchDoor } from '../fetch-door'
import { ServerFault } from '../server-fault'
import type { PageAsk, Reach, ServerList } from '../server-source'
import type { Rows } from './form'
import type { Ground } from './ground'
import { askMachines, type Machine, type MachineList } from './machines'

const PAGE_SIZE = 200
/** A documented server gives the newest so many commands of a machine. */
const TAIL = 100
/** Sessions are opened again under their old id. */
const SESSION_CHANGES = 24 * 3_600_000
/** Commands are amended while they run. */
const COMMAND_CHANGES = 10 * 60_000

const NO_FAILED_SIGN_INS =
  'Failed sign-ins that name no tenant are not visible to a company administrator, only to a super administrator.'

/** The lists of one server: its audit, then sessions and commands of each machine. */
export async function listsOf(door: FetchDoor, reach: Reach): Promise<ServerList[]> {
  const machines = await machinesFor(door)
  const ground: Ground = { host: hostOf(reach.url), machines: machines?.known ?? new Map() }
  const ofMachines = (machines?.all ?? []).flatMap((machine) => {
    const its = { ...ground, machine }
    return [sessionsList(its, machine), logsList(its, machine, reach.dialect)]
  })
  return [auditList(ground, reach), ...(machines === null ? [hiddenMachines(ground)] : ofMachines)]
}

async function machinesFor(door: FetchDoor): Promise<MachineList | null> {
  try {
    return await askMachines(door)
  } catch (error) {
    if (error instanceof ServerFault && (error.code === 'forbidden' || error.code === 'not-offered')) return null
    throw error
  }
}

function auditList(ground: Ground, { dialect, account }: Reach): ServerList {
  const server = dialect === 'server'
  return {
    stream: 'audit',
    label: 'audit',
    style: server ? 'paged' : 'window',
    pageSize: PAGE_SIZE,
    changesForMs: 0,
    ...(server && account.role === 'company_admin' && { note: NO_FAILED_SIGN_INS }),
    path: server ? pagedPath('/api/audit-logs') : windowPath,
    form: formOf('audit', ground),
  }
}

function sessionsList(ground: Ground, { agent, name }: Machine): ServerList {
  return {
    stream: `sessions/${agent}`,
    machine: agent,
    label: `sessions · ${name}`,
    style: 'whole',
    pageSize: PAGE_SIZE,
    changesForMs: SESSION_CHANGES,
    path: () => `/api/machines/${encodeURIComponent(agent)}/sessions`,
    form: formOf('sessions', ground),
  }
}

function logsList(ground: Ground, { agent, name }: Machine, dialect: string): ServerList {
  const path = `/api/machines/${encodeURIComponent(agent)}/logs`
  return {
    stream: `logs/${agent}`,
    machine: agent,
    label: `logs · ${name}`,
    ...(dialect === 'server'
      ? { style: 'paged', path: pagedPath(path) }
      : { style: 'tail', tail: TAIL, path: () => path }),
    pageSize: PAGE_SIZE,
    changesForMs: COMMAND_CHANGES,
    form: formOf('commands', ground),
  }
}

/**
 * Stands for the lists of machines where the machines themselves are kept from this account, so that the ledger tells
 * of them: asking for it is refused again. It has no records of its own.
 */
function hiddenMachines(ground: Ground): ServerList {
  return {
    stream: 'machines',
    label: 'machines',
    style: 'whole',
    pageSize: PAGE_SIZE,
    changesForMs: 0,
    path: () => '/api/machines',
    form: formOf('machines', ground),
  }
}

function formOf(rows: Rows, ground: Ground): ServerList['form'] {
  return { kind: 'webxterm', rows, ground }
}

// Nobody says whether `from` and `to` are inside: the walk learns it from a record that it knows.
function windowPath({ page, limit, window }: PageAsk): string {
  const path = `/api/audit?page=${page}&limit=${limit}`
  return window ? `${path}&from=${written(window.from)}&to=${written(window.to)}` : path
}

/** ISO 8601; without a fraction where the second is whole. */
function written(time: Instant): string {
  return new Date(time).toISOString().replace('.000Z', 'Z')
}

function pagedPath(path: string): ServerList['path'] {
  return ({ page, limit }) => `${path}?page=${page}&limit=${limit}`
}

/** Host name without its port, as it stands in keys. */
function hostOf(url: string): string {
  return new URL(url).hostname
}
