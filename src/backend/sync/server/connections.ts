import { BackendFault } from '../../../contract'
import type { Connection, ServerFacts } from '../../../domain'
import type { ReadableStore } from '../../store'

export type ServerConnection = Connection & { server: ServerFacts }

/** Throws `not-found`. */
export function connectionOf({ store }: { store: ReadableStore }, name: string): Connection {
  const connection = store.connections().find((known) => known.name === name)
  if (!connection) throw new BackendFault({ code: 'not-found', message: `There is no connection named ${name}.` })
  return connection
}

/** A server that can be asked. Throws `not-found`, and `bad-ask` where it is none or was removed. */
export function serverOf(context: { store: ReadableStore }, name: string): ServerConnection {
  const connection = connectionOf(context, name)
  if (!connection.server) throw new BackendFault({ code: 'bad-ask', message: `${name} is no server.` })
  if (connection.state === 'removed') throw new BackendFault({ code: 'bad-ask', message: `${name} was removed; connect its server again.` })
  return { ...connection, server: connection.server }
}

/** Servers that can be asked. */
export function serversOf(store: ReadableStore): ServerConnection[] {
  return store.connections().flatMap((connection) => {
    const { server, state } = connection
    return server && state !== 'removed' ? [{ ...connection, server }] : []
  })
}

/** Servers that are synced without being named. */
export function syncedServers(store: ReadableStore): ServerConnection[] {
  return serversOf(store).filter(({ server }) => !server.paused)
}
