import { createHash } from 'node:crypto'
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { BackendFault } from '../../contract'
import type { Destination } from '../../domain'
import type { ReadableStore, WritableStore } from '../store'
import { readBucket } from './address'

const SETTING = 'destinations'
/** Longest name, as of connections. */
const LONGEST = 200

export function destinations(store: Pick<ReadableStore, 'settings'>): Destination[] {
  const text = store.settings()[SETTING]
  if (text === undefined) return []
  const read: unknown = JSON.parse(text)
  return Array.isArray(read) ? read.filter(isDestination) : []
}

/** Throws `not-found`. */
export function destinationOf(store: Pick<ReadableStore, 'settings'>, name: string): Destination {
  const found = destinations(store).find((one) => one.name === name)
  if (found) return found
  throw new BackendFault({ code: 'not-found', message: `There is no destination named ${name}: recount connect s3 makes one.` })
}

/** Throws `name-taken`, and `bad-ask` and `insecure-address` for what cannot be one. */
export function checkDestination(store: ReadableStore, { name, url, proxy }: Destination): void {
  if (name === '' || name.length > LONGEST || /\p{Cc}/u.test(name)) throw new BackendFault({ code: 'bad-ask', message: `A name of a destination has 1 to ${LONGEST} characters, on one line.` })
  const isTaken = [...destinations(store), ...store.connections()].some((one) => one.name === name)
  if (isTaken) throw new BackendFault({ code: 'name-taken', message: `There is a connection named ${name} already: --name gives it another.` })
  readBucket(url, proxy)
}

export function keepDestination(store: WritableStore, destination: Destination): void {
  checkDestination(store, destination)
  keep(store, [...destinations(store), destination])
}

/** Forgets a destination, and what is known of its runs. What lies there stays. Throws `not-found`. */
export function removeDestination(store: WritableStore, workspace: string, name: string): void {
  destinationOf(store, name)
  keep(store, destinations(store).filter((one) => one.name !== name))
  rmSync(runsFolder(workspace, name), { recursive: true, force: true })
}

/** Where the manifests of the last runs to a destination are kept: of this workspace, since another's runs say nothing of what arrived here. */
export function runsFolder(workspace: string, name: string): string {
  return join(workspace, 'exports', `runs-${createHash('sha256').update(name).digest('hex').slice(0, 16)}`)
}

function keep(store: WritableStore, all: readonly Destination[]): void {
  store.setSetting(SETTING, JSON.stringify(all))
}

function isDestination(one: unknown): one is Destination {
  if (typeof one !== 'object' || one === null || !('kind' in one) || one.kind !== 's3') return false
  const fields = new Map<string, unknown>(Object.entries(one))
  return ['name', 'url', 'region', 'user', 'passwordEnv'].every((name) => typeof fields.get(name) === 'string')
}
