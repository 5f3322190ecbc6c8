import type { FetchDoor } from '../fetch-door'
import { member, text } from '../json'
import { ServerFault } from '../server-fault'
import type { Probe } from '../server-source'
import { accountOf } from './account'
import { countIn, readAnswer } from './machines'


type Dialect = 'documented' | 'server'

/** Whether a list is there; `refused`: it is, but not for this account. */
type Found = { is: 'yes' | 'no' | 'refused'; why?: string }

/** Asks how the server speaks, and reads who the token's holder is. */
export async function probe(door: FetchDoor): Promise<Probe> {
  return { dialect: await findDialect(door), account: door.token === null ? {} : accountOf(door.token) }
}

async function findDialect(door: FetchDoor): Promise<Dialect> {
  const documented = await find(door, '/api/audit?limit=1')
  if (documented.is === 'yes') return 'documented'
  const server = await find(door, '/api/audit-logs?limit=1')
  if (server.is === 'yes') return 'server'
  if (documented.is === 'refused') return server.is === 'refused' ? dialectOfMachines(door) : 'documented'
  if (server.is === 'refused') return 'server'
  throw await stranger(door, documented.why ?? '')
}

async function find(door: FetchDoor, path: string): Promise<Found> {
  try {
    const { body } = await door.get(path)
    const logs = member(readAnswer(body), 'logs')
    if (logs?.kind === 'array' || logs?.kind === 'null') return { is: 'yes' }
    return { is: 'no', why: `${path.split('?', 1)[0]} is no list of audit logs.` }
  } catch (error) {
    if (!(error instanceof ServerFault)) throw error
    if (error.code === 'forbidden') return { is: 'refused' }
    if (error.code === 'not-offered' || error.code === 'bad-answer') return { is: 'no', why: error.message }
    throw error
  }
}

/** A server that refuses both lists is told by its machines: only the server dialect counts them. */
async function dialectOfMachines(door: FetchDoor): Promise<Dialect> {
  const { body } = await door.get('/api/machines')
  return countIn(readAnswer(body), 'total_pages') === null ? 'documented' : 'server'
}

/** What to say where neither list is there. */
async function stranger(door: FetchDoor, why: string): Promise<ServerFault> {
  if (await isHealthy(door)) {
    const message = `A server that is well answers at this address, but it has no audit list of WebXTerm. ${why}`
    return new ServerFault({ code: 'not-offered', message })
  }
  return new ServerFault({ code: 'bad-answer', message: `No WebXTerm server was found at this address. ${why}` })
}

async function isHealthy(door: FetchDoor): Promise<boolean> {
  try {
    const { body } = await door.get('/health', { anonymous: true })
    return text(member(readAnswer(body), 'status')) === 'ok'
  } catch (error) {
    if (error instanceof ServerFault && error.code !== 'cancelled') return false
    throw error
  }
}
