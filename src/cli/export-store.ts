import { randomBytes } from 'node:crypto'
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { destinationOf, putObject, runsFolder, type StoreDoor } from '../backend/destination'
import { readAuthorities } from '../backend/sync'
import { BackendFault } from '../contract'
import type { Destination } from '../domain'
import { nodePorts } from '../node'
import type { Asked } from './asked'
import type { Line } from './command'
import { lastRun } from './export-last'
import { runName, writeExport, type FileOptions, type LastRun, type Place } from './export-write'
import { say } from './io'

const SCHEME = 's3:'

/** The name of the destination that `--out s3:NAME` names; null where it names a path. */
export function storeNamed(out: string): string | null {
  return out.startsWith(SCHEME) ? out.slice(SCHEME.length) : null
}

/**
 * Writes an export to a store. What the run before was is kept in the workspace and not read from the store: another machine's
 * run says nothing of what arrived here, credentials that may only write are enough, and what is taken away there is not sent anew.
 */
export async function exportToStore(asked: Asked, options: FileOptions, destination: string): Promise<void> {
  const { line, store } = asked
  const facts = destinationOf(store, destination)
  await withStore(line, facts, async (door) => {
    // Two machines may write in the same second.
    const name = runName(asked, options.format, `-${randomBytes(4).toString('hex')}`)
    const folder = runsFolder(line.workspace, destination)
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    const { last, same } = options.sinceLast ? lastRun(folder, asked, options) : { last: null, same: [] }
    const manifest = await writeExport(asked, options, { name, last, place: storePlace(door) })
    if (options.sinceLast) keepRun(folder, { name: `${name}.manifest.json`, manifest, same })
  })
}

/** The manifests of the runs before are of no more use: the next run goes on from this one. */
function keepRun(folder: string, { name, manifest, same }: { name: string; manifest: string; same: readonly LastRun['name'][] }): void {
  writeFileSync(join(folder, name), manifest, { mode: 0o600 })
  for (const other of same) rmSync(join(folder, other), { force: true })
}

/** What talks to a destination's store, with the secret of its variable. */
export async function withStore<T>({ io }: Line, destination: Destination, act: (door: StoreDoor) => Promise<T>): Promise<T> {
  const { name, passwordEnv, caFile } = destination
  const secret = io.env[passwordEnv]
  if (!secret) throw new BackendFault({ code: 'unauthorized', message: `${name}: the variable ${passwordEnv} is not set.` })
  const ca = caFile === undefined ? undefined : await readAuthorities(caFile)
  const ports = nodePorts((text) => say(io, text), { env: io.env })
  try {
    return await act({ destination, secret, http: ports.http, now: io.now, ...(ca !== undefined && { ca }) })
  } finally {
    await ports.close()
  }
}

const TYPES: Readonly<Record<string, string>> = { csv: 'text/csv; charset=utf-8', json: 'application/json', jsonl: 'application/x-ndjson' }

function storePlace(door: StoreDoor): Place {
  const { url } = door.destination
  return {
    shown: (name) => `${url.replace(/\/+$/, '')}/${name}`,
    async write(name, pieces, signal) {
      const type = TYPES[name.replace(/^.*\./, '')] ?? 'text/plain; charset=utf-8'
      await putObject({ ...door, signal }, { name, type }, pieces)
    },
  }
}
