import { BackendFault, type FaultCode } from '../../contract'
import { messageOf } from '../shared'
import type { Field, Problem, SignInWay } from './sign-in-form'

const FIELDS: Partial<Record<FaultCode, Field>> = {
  'insecure-address': 'url',
  unreachable: 'url',
  'redirect-refused': 'url',
  'request-refused': 'url',
  'not-offered': 'url',
  'bad-answer': 'url',
  'server-error': 'url',
  throttled: 'url',
  'file-unreadable': 'caFile',
  'wrong-code': 'code',
  'name-taken': 'name',
}

const NO_WEBXTERM = 'It may not be a WebXTerm server, or stand under another path.'

/** A refusal at the field that can mend it; of credentials, that is where they were typed. */
export function problemOf(error: unknown, at: 'address' | 'code' | 'tenant' | 'done', way: SignInWay): Problem {
  const message = messageOf(error)
  if (!(error instanceof BackendFault)) return { field: null, message }
  const isOdd = at === 'address' && (error.code === 'bad-answer' || error.code === 'not-offered')
  return { field: fieldOf(error.code, at, way), message: isOdd ? `${message} ${NO_WEBXTERM}` : message }
}

function fieldOf(code: FaultCode, at: 'address' | 'code' | 'tenant' | 'done', way: SignInWay): Field | null {
  if (at === 'address' && code === 'unauthorized') return way
  // The account is known and kept out: another password mends nothing.
  if (at === 'address' && code === 'forbidden') return way === 'token' ? way : 'user'
  if (at === 'address') return FIELDS[code] ?? null
  if (at === 'code') return code === 'forbidden' || code === 'wrong-code' ? 'code' : null
  if (at === 'tenant') return code === 'forbidden' ? 'tenant' : null
  return code === 'name-taken' ? 'name' : null
}
