import { createHash } from 'node:crypto'
import { CUSTODY_ACTIONS, type CustodyEntry } from '../../../contract'
import { canonicalJson } from '../../evidence'

// Format of the log: UTF-8 lines, each the canonical JSON (RFC 8785) of an entry, ended by a line feed.
// `hash` = SHA-256 over the canonical JSON of the entry without `hash`, `prev` = `hash` of the line before.

/** `prev` of the first entry. */
export const NO_HASH = '0'.repeat(64)

export function hashOf(entry: Omit<CustodyEntry, 'hash'>): string {
  return createHash('sha256')
    .update(canonicalJson({ ...entry, hash: undefined }))
    .digest('hex')
}

/** Without the line feed. */
export function lineOf(entry: CustodyEntry): string {
  return canonicalJson(entry)
}

/** Null where the text is no entry. */
export function readEntry(text: string): CustodyEntry | null {
  try {
    const value: unknown = JSON.parse(text)
    return isEntry(value) ? value : null
  } catch {
    return null
  }
}

const TEXTS = ['zone', 'by', 'version', 'object', 'detail', 'prev', 'hash'] as const

function isEntry(value: unknown): value is CustodyEntry {
  if (typeof value !== 'object' || value === null) return false
  const fields = new Map<string, unknown>(Object.entries(value))
  const isCounted = Number.isSafeInteger(fields.get('seq')) && Number.isSafeInteger(fields.get('at'))
  return isCounted && TEXTS.every((name) => typeof fields.get(name) === 'string') && CUSTODY_ACTIONS.some((action) => action === fields.get('action'))
}
