import { refusal } from '../http/answer'
import type { FaultParts, Setup } from './parts'
import { dueAtMost } from './schedule'

/** A good token is refused for three requests, then accepted again; one from a new sign-in is accepted at once. */
export function tiredToken({ plan }: Setup): FaultParts {
  const due = dueAtMost(6, plan.seed, '401')
  const tired = new Map<string, number>()
  return {
    refuse({ token }) {
      if (!tired.has(token) && due()) tired.set(token, 3)
      const left = tired.get(token) ?? 0
      if (left === 0) return null
      if (left === 1) tired.delete(token)
      else tired.set(token, left - 1)
      return refusal(401, 'Invalid or expired token')
    },
  }
}

/**
 * Three times, for a second each, at most four requests are refused. Retry-After says 1, or the time by the server's
 * clock.
 */
export function tooMany(form: 'seconds' | 'date'): (setup: Setup) => FaultParts {
  return ({ plan }) => {
    const due = dueAtMost(3, plan.seed, `429 ${form}`)
    let until = -Infinity
    let left = 0
    return {
      refuse({ now }) {
        if (now >= until || left === 0) {
          if (!due()) return null
          until = now + 1000
          left = 4
        }
        left--
        const date = new Date(Math.ceil(until / 1000) * 1000).toUTCString()
        const headers = { 'retry-after': form === 'seconds' ? '1' : date }
        return { ...refusal(429, 'Too many requests'), headers }
      },
    }
  }
}

/** JSON under the name of plain text, as a proxy in Go sends it. */
export function badGateway({ plan }: Setup): FaultParts {
  const due = dueAtMost(8, plan.seed, '502')
  return {
    refuse: () =>
      due() ? { ...refusal(502, 'Backend service unavailable'), type: 'text/plain; charset=utf-8' } : null,
  }
}

/** A page of a proxy where a list stands. */
export function htmlNotFound({ plan }: Setup): FaultParts {
  const due = dueAtMost(6, plan.seed, 'html')
  const body = '<!DOCTYPE html>\n<html><head><title>404</title></head><body><h1>Not Found</h1></body></html>\n'
  return { refuse: () => (due() ? { status: 404, body, type: 'text/html; charset=utf-8' } : null) }
}

/** To another origin, by address and by name in turn. A client that follows must not take its token along. */
export function redirect({ plan, elsewhere }: Setup): FaultParts {
  const due = dueAtMost(6, plan.seed, 'redirect')
  let turn = 0
  return {
    refuse({ target }) {
      if (!due()) return null
      const base = turn++ % 2 === 0 ? elsewhere() : elsewhere().replace('127.0.0.1', 'localhost')
      return { status: 302, body: '', type: 'text/html; charset=utf-8', headers: { location: `${base}${target}` } }
    },
  }
}
