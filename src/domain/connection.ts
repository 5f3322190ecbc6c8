import type { Instant } from './time'

/** A configured server or one imported file set. */
export type Connection = {
  name: string
  /** Kind of source: `sshd` ... */
  kind: string
  origin: 'files' | 'server'
  /** `importing`: rows are on their way; `interrupted`: an import was cut; `removed`: no longer updated, its rows are still held. */
  state: 'ready' | 'importing' | 'interrupted' | 'removed'
  rows: number
  companions: number
  /** First and last time held (both inclusive); null when it holds nothing. */
  first: Instant | null
  last: Instant | null
  files: ImportedFile[]
  /** Null for imported files. */
  server: ServerFacts | null
  /** What is known of each list of a server; empty for files. */
  streams: StreamFacts[]
}

/** Who the connection is signed in as, as far as the server says. */
export type Account = {
  id?: string
  name?: string
  email?: string
  /** The server's own word: `super_admin`, `company_admin`, `user` ... */
  role?: string
  tenant?: string
  /** When the token ends; absent when it does not say. */
  expiresAt?: Instant
}

/** How a server is reached and signed in to. Holds no secret. */
export type ServerFacts = {
  /** Base address without credentials, as `https://host/prefix`. */
  url: string
  /** How the server speaks, as its source names it. */
  dialect: string
  account: Account
  signIn: { by: 'token' | 'password'; user?: string; tokenEnv?: string; passwordEnv?: string }
  /** PEM file of authorities to trust beside the system's own. */
  caFile?: string
  proxy?: string
  /** Not synced on its own. */
  paused: boolean
  /** The embedded sample server, started again with these values. */
  sample?: { seed: number; events: number; origin: Instant }
}

/**
 * Whether all sessions may be looked at. Imported files are the person's own; an account that its server calls a plain
 * user sees its own alone.
 */
export function seesAll(connections: Connection[]): boolean {
  const servers = connections.filter(({ origin, state }) => origin === 'server' && state !== 'removed')
  const hasFiles = connections.some(({ origin }) => origin === 'files')
  return servers.length === 0 || hasFiles || servers.some(({ server }) => server?.account.role !== 'user')
}

export const STREAM_STATUSES = ['ok', 'partial', 'throttled', 'not-visible', 'not-offered', 'failed'] as const
export type StreamStatus = (typeof STREAM_STATUSES)[number]

/** What the last sync learned of one list of a server. */
export type StreamFacts = {
  /** Name in the ledger and in keys; stable. */
  stream: string
  /** Name on screen. */
  label: string
  status: StreamStatus
  fault?: { code: string; message: string }
  /** Last request, as `GET /api/audit?...`, and when its answer came. */
  asked?: string
  at?: Instant
  /** The server's own count of the whole list, where it gives one. */
  serverTotal?: number
  /** In plain words, as that the server ignored the time window. */
  note?: string
  /** Requests spent by the last sync. */
  requests: number
  /** Closed history was compared again down to here; the next sync goes on below. */
  recheckedTo?: Instant
}

export type ImportedFile = {
  path: string
  /** Bytes as stored on disk, before decompression. */
  size: number
  mtime: Instant
  /** Hex SHA-256 of the bytes as stored on disk. */
  sha256: string
  /** Name of the stream of records it belongs to. */
  stream: string
  first: Instant | null
  last: Instant | null
}
