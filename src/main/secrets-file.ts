import { randomUUID } from 'node:crypto'
import { open, readFile, rename, rm } from 'node:fs/promises'

/** One secret of one workspace, encrypted. */
export type KeptSecret = {
  /** Folder of the workspace. */
  workspace: string
  name: string
  /** Base64 of the encrypted bytes. */
  bytes: string
}

/** A file that is missing or is none of these holds nothing. */
export async function readSecretsFile(file: string): Promise<KeptSecret[]> {
  try {
    const value: unknown = JSON.parse(await readFile(file, 'utf8'))
    return Array.isArray(value) ? value.filter(isKept) : []
  } catch (error) {
    if (error instanceof SyntaxError || (error as NodeJS.ErrnoException).code === 'ENOENT') return []
    throw error
  }
}

function isKept(value: unknown): value is KeptSecret {
  if (typeof value !== 'object' || value === null) return false
  const { workspace, name, bytes } = value as Record<string, unknown>
  return [workspace, name, bytes].every((one) => typeof one === 'string')
}

/** Replaces the whole file, for its owner alone, or leaves it as it was. */
export async function writeSecretsFile(file: string, kept: readonly KeptSecret[]): Promise<void> {
  const temporary = `${file}.${randomUUID().slice(0, 8)}.part`
  try {
    const handle = await open(temporary, 'wx', 0o600)
    try {
      await handle.writeFile(`${JSON.stringify(kept)}\n`)
      await handle.sync()
    } finally {
      await handle.close()
    }
    await rename(temporary, file)
  } finally {
    await rm(temporary, { force: true })
  }
}
