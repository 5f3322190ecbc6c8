import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { ExportMask } from '../../../contract'
import { formatInstant, type Instant } from '../../../domain'

export type SaltNote = { id: string; name: string; at: Instant; masks: Iterable<ExportMask>; salt: Uint8Array }

/**
 * Keeps the salt of a masked export in the workspace, readable by its owner alone: with it, and with nothing else, a
 * masked row can be shown to be the original.
 */
export function keepSalt(workspace: string, { id, name, at, masks, salt }: SaltNote): void {
  const folder = join(workspace, 'exports')
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const note = { schema: 'recount-salt/1', id, name, exportedAt: formatInstant(at), masks: [...masks], salt: Buffer.from(salt).toString('hex') }
  writeFileSync(join(folder, `${id}.salt.json`), `${JSON.stringify(note)}\n`, { flag: 'wx', mode: 0o600 })
}
