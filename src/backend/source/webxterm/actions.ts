import type { Category } from '../../../domain'

export type Deed = { category: Category; action: string }

/** What a row says was done. All in lower case but the path, which has no query. */
export type Said = { action: string; resource: string; method: string; path: string }

// Names of both dialects of the WebXTerm 1.2 API that say by themselves what was done.
const NAMED: Readonly<Record<string, Deed>> = {
  login: { category: 'authentication', action: 'login' },
  login_failed: { category: 'authentication', action: 'login' },
  logout: { category: 'authentication', action: 'logout' },
  verify_otp: { category: 'authentication', action: 'verify_otp' },
  signup: { category: 'account', action: 'signup' },
  token_refresh: { category: 'token', action: 'token_refresh' },
  machine_access: { category: 'session', action: 'connect' },
  connect: { category: 'session', action: 'connect' },
  disconnect: { category: 'session', action: 'disconnect' },
  command_executed: { category: 'command', action: 'execute' },
  create_user: { category: 'account', action: 'user_create' },
  user_created: { category: 'account', action: 'user_create' },
  update_user: { category: 'account', action: 'user_change' },
  user_updated: { category: 'account', action: 'user_change' },
  delete_user: { category: 'account', action: 'user_delete' },
  user_deleted: { category: 'account', action: 'user_delete' },
  create_organization: { category: 'account', action: 'organization_create' },
  create_group: { category: 'privilege', action: 'group_create' },
  machine_registered: { category: 'resource', action: 'machine_register' },
  machine_deleted: { category: 'resource', action: 'machine_delete' },
}

// The server dialect calls most requests by their method alone; their path says more.
const PLACES: readonly { method: string; path: RegExp; deed: Deed }[] = [
  { method: 'post', path: /\/commands?\/?$/, deed: { category: 'command', action: 'execute' } },
  { method: 'post', path: /\/login$/, deed: { category: 'authentication', action: 'login' } },
  { method: 'post', path: /\/logout$/, deed: { category: 'authentication', action: 'logout' } },
  { method: 'post', path: /\/verify-otp$/, deed: { category: 'authentication', action: 'verify_otp' } },
  { method: 'post', path: /\/select-tenant$/, deed: { category: 'authentication', action: 'tenant_select' } },
  { method: 'post', path: /\/auth\/refresh$/, deed: { category: 'token', action: 'token_refresh' } },
  { method: 'post', path: /\/regenerate-api-key$/, deed: { category: 'token', action: 'api_key_regenerate' } },
  { method: 'post', path: /\/api-keys$/, deed: { category: 'token', action: 'api_key_create' } },
  { method: 'delete', path: /\/api-keys\/[^/]+$/, deed: { category: 'token', action: 'api_key_delete' } },
  { method: 'get', path: /\/terminal\/[^/]+\/ws$/, deed: { category: 'session', action: 'connect' } },
  { method: 'get', path: /\/logs\/search$/, deed: { category: 'search', action: 'search' } },
  { method: 'post', path: /\/api\/machines$/, deed: { category: 'resource', action: 'machine_register' } },
  { method: 'delete', path: /\/api\/audit\b/, deed: { category: 'config', action: 'audit_delete' } },
  { method: 'delete', path: /\/recordings\b/, deed: { category: 'config', action: 'recording_delete' } },
  { method: 'delete', path: /\/(?:logs|sessions)\b/, deed: { category: 'config', action: 'log_delete' } },
]

const CATEGORIES: Readonly<Record<string, Category>> = {
  auth: 'authentication',
  user: 'account',
  organization: 'account',
  group: 'privilege',
  machine: 'resource',
  terminal: 'session',
  audit: 'search',
}

const VERBS: Readonly<Record<string, string>> = {
  post: 'create',
  get: 'read',
  put: 'change',
  patch: 'change',
  update: 'change',
}
const PLAIN_VERBS: ReadonlySet<string> = new Set(['create', 'read', 'change', 'delete'])

/** Category and verb of what a row says. */
export function deedOf(said: Said): Deed {
  const place = PLACES.find(({ method, path }) => method === said.method && path.test(said.path))
  // A command is one under whatever name its request is filed.
  if (place?.deed.category === 'command') return place.deed
  const named = Object.hasOwn(NAMED, said.action) ? NAMED[said.action] : undefined
  if (named) return named
  const category = (Object.hasOwn(CATEGORIES, said.resource) ? CATEGORIES[said.resource] : undefined) ?? 'other'
  const verb = (Object.hasOwn(VERBS, said.action) ? VERBS[said.action] : undefined) ?? said.action
  if (!PLAIN_VERBS.has(verb)) return { category, action: said.action }
  return place?.deed ?? plainDeed(category, verb, said.resource)
}

function plainDeed(category: Category, verb: string, resource: string): Deed {
  if (verb === 'read' || category === 'other') return { category, action: verb }
  if (resource === 'audit') return { category: 'config', action: `audit_${verb}` }
  return { category, action: `${resource}_${verb}` }
}
