import type { Allowed } from '../fetch-door'
import type { ServerSource } from '../server-source'
import { accountOf } from './account'
import { listsOf } from './lists'
import { probe } from './probe'
import { fetchRecording, recordingLists, recordingsOf } from './recordings'
import { chooseTenant, refresh, signIn, verifyCode } from './sign-in'
import { unsureLists } from './unsure-lists'

export { decodeForm, lastTimeOf } from './form'

/** Everything that is ever asked of a WebXTerm server (WebXTerm 1.2 API). */
const ALLOWED: readonly Allowed[] = [
  { method: 'GET', path: /^\/health$/ },
  { method: 'GET', path: /^\/api\/audit$/ },
  { method: 'GET', path: /^\/api\/audit-logs$/ },
  { method: 'GET', path: /^\/api\/machines$/ },
  { method: 'GET', path: /^\/api\/machines\/[^/]+\/(?:logs|sessions|recordings|access-events)$/ },
  { method: 'GET', path: /^\/api\/access-requests(?:\/my)?$/ },
  { method: 'GET', path: /^\/api\/recordings\/[^/]+\/url$/, links: true },
  { method: 'POST', path: /^\/api\/auth\/(?:login|verify-otp|select-tenant|refresh)$/ },
  { method: 'POST', path: /^\/api\/login$/ },
]

/** WebXTerm, in the dialect of its documentation and in that of servers seen in public. */
export const webxtermSource: ServerSource = {
  kind: 'webxterm',
  allowed: ALLOWED,
  signIn,
  verifyCode,
  refresh,
  chooseTenant,
  accountOf,
  probe,
  lists: listsOf,
  unsureLists,
  recordingLists,
  recordings: recordingsOf,
  fetchRecording,
}
