import type { Request } from '../model'

/** Of a finding: the names it is about, and where they are. Stays the same whatever else is held. */
export function keyOf({ connection, org }: Pick<Request, 'connection' | 'org'>, ...names: string[]): string {
  const tenant = org.slice(connection.length + 1)
  const parts = [...names.map((name) => name.toLowerCase()), tenant]
  return parts.filter((part) => part !== '').join(', ')
}
