import type { View } from '../../contract'
import type { TimeRange } from '../../domain'

/** Who may do what, and how it is set: requests, roles and permissions, users, settings. */
const GOVERNANCE = 'category:(approval privilege account config)'

export function activityView(range: TimeRange | null): View {
  return { query: GOVERNANCE, range, order: 'desc' }
}
