import { shownText } from '../../../domain'
import type { Allowed } from '../fetch-door'
import { credentialIn } from './credentials'

/** Why a request may not be sent, as the end of a sentence, else null. `target` is a path with its query. */
export function refusal(method: Allowed['method'], target: string, allowed: readonly Allowed[]): string | null {
  const cut = target.indexOf('?')
  const path = cut < 0 ? target : target.slice(0, cut)
  const query = cut < 0 ? '' : target.slice(cut + 1)
  if (!isPlainPath(path) || /[^\x21-\x7e]|[#\\]/.test(query)) return 'its path is not a plain one'
  if (!allowed.some((one) => one.method === method && one.path.exec(path)?.[0] === path)) {
    return 'it is not among the requests that only read'
  }
  const name = credentialIn(query)
  return name === null ? null : `its query carries a secret (${shownText(name)})`
}

// Not what two readers could understand differently: other hosts, parents, encoded slashes, dots and controls.
function isPlainPath(path: string): boolean {
  if (!/^\/[\x21-\x7e]*$/.test(path)) return false
  if (/[\\#]|\/\/|%(?:2[ef]|5c|25|[01][\da-f]|7f)|%(?![\da-f]{2})/i.test(path)) return false
  return !path.split('/').some((part) => /^\.{0,2}(?:;|$)/.test(part) && part !== '')
}
