import type { Change, Severity } from '../../../domain'
import { isRulingRole } from './changes'
import type { Draft } from './row'

/** Deleting what others would be judged by is critical even where it was refused. */
const ALWAYS_CRITICAL: ReadonlySet<string> = new Set(['audit_delete', 'recording_delete', 'log_delete'])
const CRITICAL: ReadonlySet<string> = new Set(['machine_delete', 'api_key_regenerate'])
const WARNING: ReadonlySet<string> = new Set([
  'signup',
  'user_create',
  'user_delete',
  'role_change',
  'password_change',
  'email_change',
  'api_key_create',
  'group_create',
  'group_change',
  'group_delete',
])

/** Severity by the house's table, since these servers give none. */
export function severityOf(draft: Draft): Severity {
  const { action, outcome } = draft
  if (ALWAYS_CRITICAL.has(action)) return 'critical'
  if (outcome !== 'failure') {
    if (CRITICAL.has(action)) return 'critical'
    if (draft.changes?.some(raises)) return 'critical'
  }
  if (WARNING.has(action) || CRITICAL.has(action)) return 'warning'
  if (outcome === 'failure' && (draft.category === 'authentication' || draft.reason === 'denied')) return 'warning'
  return 'info'
}

function raises({ field, old, new: now }: Change): boolean {
  return isRole(field) && isRulingRole(now) && !isRulingRole(old)
}

/** Whether a field of this name says what somebody may do. */
export function isRole(name: string): boolean {
  return /role|permission|is_admin/i.test(name)
}
