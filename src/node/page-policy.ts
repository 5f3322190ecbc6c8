import { randomBytes } from 'node:crypto'

/** Stands in the built page where each response puts a nonce of its own. */
export const NONCE_MARK = '__CSP_NONCE__'

export function freshNonce(): string {
  return randomBytes(18).toString('base64')
}

/** What the page may load and do: itself and nothing else; no inline script or style; no string becomes markup. */
export function pagePolicy(nonce: string): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data: blob:",
    "font-src 'self'",
    "connect-src 'self'",
    "worker-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
  ].join('; ')
}

/** Headers of every response that carries a part of the page. */
export function pageHeaders(nonce: string): Record<string, string> {
  return {
    'content-security-policy': pagePolicy(nonce),
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-embedder-policy': 'require-corp',
    'cross-origin-resource-policy': 'same-origin',
  }
}
