import type { Account, StreamStatus } from '../../domain'

const ROLES: Record<string, string> = {
  super_admin: 'super administrator',
  company_admin: 'company administrator',
  user: 'user',
}

/** The server's word for a role, as a person would say it. */
export function roleWords(role: string): string {
  return ROLES[role] ?? role.replaceAll('_', ' ')
}

/** Name and address of an account, as far as they are known and differ. */
export function accountWords({ name, email, id }: Account): string {
  const first = name ?? email ?? id ?? 'an account without a name'
  return email !== undefined && email !== first ? `${first} (${email})` : first
}

const KINDS: Record<string, string> = { webxterm: 'WebXTerm' }

/** Name of a kind of server as its maker writes it. */
export function kindWords(kind: string): string {
  return KINDS[kind] ?? kind
}

export const STATUS_WORDS: Record<StreamStatus, string> = {
  ok: 'can be read',
  partial: 'read in part',
  throttled: 'slowed down by the server',
  'not-visible': 'not visible to this account',
  'not-offered': 'not offered by this server',
  failed: 'failed',
}

/** `logs · web-01` is the list `logs` of `web-01`; null where a list stands for itself. */
export function listAndOwner(label: string): { list: string; owner: string } | null {
  const at = label.indexOf(' · ')
  return at > 0 ? { list: label.slice(0, at), owner: label.slice(at + 3) } : null
}

/** `logs of web-01` */
export function streamTitle(label: string): string {
  const parts = listAndOwner(label)
  return parts ? `${parts.list} of ${parts.owner}` : label
}
