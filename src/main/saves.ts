import { randomUUID } from 'node:crypto'
import { type FileHandle, open, rename, rm } from 'node:fs/promises'
import { basename, dirname, join, win32 } from 'node:path'

/** What the page may add to a name that a person chose. */
const BESIDE = /^\.(?:manifest\.json|commitments\.jsonl)$/

type Save = { file: FileHandle; temporary: string; target: string }

/**
 * Files being written on behalf of the page. Nothing stands at the place a person chose before the last byte is
 * there.
 */
export class Saves {
  private readonly open = new Map<string, Save>()

  async begin(target: string): Promise<string> {
    const id = randomUUID()
    const temporary = join(dirname(target), `.${basename(target)}.${id.slice(0, 8)}.part`)
    const file = await open(temporary, 'wx', 0o600)
    this.open.set(id, { file, temporary, target })
    return id
  }

  /** A file beside one that is open, where the person did not choose but would look. */
  async beside(id: string, ending: string): Promise<string> {
    if (!BESIDE.test(ending)) throw new TypeError('no such file goes beside another')
    return this.begin(this.take(id).target + ending)
  }

  async write(id: string, bytes: Uint8Array): Promise<void> {
    await this.take(id).file.writeFile(bytes)
  }

  /** Puts the file in its place, or removes what was written. */
  async end(id: string, keep: boolean): Promise<void> {
    const { file, temporary, target } = this.take(id)
    this.open.delete(id)
    try {
      if (keep) await file.sync()
      await file.close()
      if (keep) await rename(temporary, target)
    } finally {
      // After a rename there is nothing left to remove.
      await rm(temporary, { force: true })
    }
  }

  /** Drops everything that is not finished. */
  async close(): Promise<void> {
    await Promise.allSettled([...this.open.keys()].map((id) => this.end(id, false)))
  }

  private take(id: string): Save {
    const save = this.open.get(id)
    if (!save) throw new TypeError('no such file is being written')
    return save
  }
}

/** A name the page gave, with everything taken off that could place it. */
export function bareName(name: string): string {
  const bare = win32.basename(basename(name)).replaceAll(/[\u0000-\u001f<>:"|?*]/g, '_')
  return bare === '' || bare === '.' || bare === '..' ? 'recount' : bare.slice(0, 200)
}
