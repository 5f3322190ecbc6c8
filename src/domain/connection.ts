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
