import { BackendFault } from '../contract'
import { say, type Io } from './io'

export type Tenant = { id: string; name: string }

/** Asks for a one-time code until one is typed. Rejects where the input ends before. */
export async function askCode(io: Io): Promise<string> {
  for (;;) {
    say(io, 'The server asks for a one-time code:')
    const line = await io.readLine()
    if (line === null) throw unanswered('The server asks for a one-time code, and none came on standard input.')
    const code = line.trim()
    if (code !== '') return code
  }
}

/** Asks which tenant to use until one is named by id, name or number; gives its id. Rejects where the input ends. */
export async function askTenant(io: Io, tenants: Tenant[]): Promise<string> {
  for (;;) {
    say(io, 'The server asks which tenant to use:')
    tenants.forEach((tenant, i) => say(io, `  ${i + 1}  ${namedTenant(tenant)}`))
    const line = await io.readLine()
    if (line === null) {
      const list = tenants.map(namedTenant).join(', ')
      throw unanswered(`The server asks which tenant to use, and no answer came on standard input. Tenants: ${list}.`)
    }
    const text = line.trim()
    const chosen = tenantNamed(tenants, text)
    if (chosen) return chosen.id
    if (text !== '') say(io, `There is no tenant «${text}», or more than one.`)
  }
}

function tenantNamed(tenants: Tenant[], text: string): Tenant | undefined {
  const byId = tenants.find(({ id }) => id === text)
  if (byId) return byId
  const named = tenants.filter(({ name }) => name.toLowerCase() === text.toLowerCase())
  if (named.length > 0) return named.length === 1 ? named[0] : undefined
  return /^\d+$/.test(text) ? tenants[Number(text) - 1] : undefined
}

function namedTenant({ id, name }: Tenant): string {
  return name === '' || name === id ? id : `${name} (${id})`
}

function unanswered(message: string): BackendFault {
  return new BackendFault({ code: 'cancelled', message })
}
