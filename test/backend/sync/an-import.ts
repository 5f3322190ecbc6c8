import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { gzipSync } from 'node:zlib'
import type { WritableStore } from '../../../src/backend/store'
import { planImport, runImport, type ImportItem, type ImportRun } from '../../../src/backend/sync'
import type { ImportOptions } from '../../../src/contract'
import { NOW } from '../store/a-store'

export const MTIME = new Date(Date.UTC(2026, 10, 20, 18))

/** Writes files under a folder, gzipped where the name says so, all last written on one day. */
export function writeLogs(folder: string, files: Record<string, string | Uint8Array>): void {
  for (const [name, content] of Object.entries(files)) {
    const path = join(folder, name)
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, name.endsWith('.gz') ? gzipSync(content) : content)
  }
}

export type Import = Partial<Omit<ImportRun, 'store' | 'plan'>> & { store: WritableStore; items: (ImportItem | string)[]; options?: ImportOptions }

/** Plans and runs an import as a host does. Every file counts as written at `MTIME`, so that its year does not depend on today. */
export async function imported({ items, store, ...run }: Import) {
  const options = run.options ?? {}
  const plan = await planImport(items.map((item) => (typeof item === 'string' ? { path: item } : item)), options)
  for (const { files } of plan.groups) for (const file of files) file.mtime = MTIME.getTime()
  return runImport({ now: () => NOW, signal: new AbortController().signal, onProgress: () => {}, ...run, options, store, plan })
}

const pad = (n: number) => String(n).padStart(2, '0')

/** `count` lines of an sshd log in order of time, one every second; each is like no other unless `same` says so. */
export function sshdLines(from: number, count: number, host = 'web-1'): string[] {
  return Array.from({ length: count }, (_, i) => {
    const n = from + i
    const at = `Nov 20 ${pad(Math.floor(n / 3600) % 24)}:${pad(Math.floor(n / 60) % 60)}:${pad(n % 60)} ${host} sshd[${1000 + n}]:`
    if (n % 5 === 3) return `${at} Accepted publickey for user${n % 50} from 192.0.2.${n % 250} port ${n} ssh2`
    return `${at} Failed password for ${n % 7 === 0 ? 'invalid user ' : ''}user${n % 50} from 192.0.2.${n % 250} port ${n} ssh2`
  })
}

export function log(lines: string[]): string {
  return lines.map((line) => `${line}\n`).join('')
}
