import type { ReportSource } from '../../../contract'
import { seesAll, type Connection } from '../../../domain'

/** Every connection that holds anything or is asked for more. */
export function reportSources(connections: readonly Connection[]): ReportSource[] {
  return connections.map(({ name, kind, server, files, rows, companions }) => ({
    connection: name,
    kind,
    place: server ? server.url : `${files.length} ${files.length === 1 ? 'file' : 'files'}`,
    tenant: server?.account.tenant ?? null,
    account: server ? (server.account.email ?? server.account.name ?? server.account.id ?? null) : null,
    role: server?.account.role ?? null,
    held: rows + companions,
  }))
}

/** The same in words, one line each. */
export function sourceWords(connections: readonly Connection[]): string[] {
  return reportSources(connections).map(({ connection, kind, place, tenant, account, role }) => {
    const who = account === null ? '' : `, signed in as ${account}`
    const as = role === null ? '' : ` (role ${role})`
    return `${connection}: ${kind}, ${place}${tenant === null ? '' : `, tenant ${tenant}`}${who}${as}`
  })
}

/** To whom what is held was visible, in a sentence. */
export function visibleWords(connections: Connection[]): string {
  const servers = connections.filter(({ server }) => server !== null)
  if (servers.length === 0) return connections.length === 0 ? 'Nothing is held.' : 'Imported files: whatever stands in them.'
  const roles = [...new Set(servers.map(({ server }) => server?.account.role ?? 'role not told'))]
  const all = seesAll(connections) ? '' : ' A plain user is given their own records alone: of others nothing can be told.'
  return `${roles.length === 1 ? 'Role' : 'Roles'} ${roles.join(', ')}.${all}`
}
