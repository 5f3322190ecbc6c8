import { randomUUID } from 'node:crypto'
import { mkdirSync, rmSync } from 'node:fs'
import { open, rm, type FileHandle } from 'node:fs/promises'
import { join } from 'node:path'
import { BackendFault } from '../../../contract'
import type { Instant } from '../../../domain'

type Upload = { path: string; name: string; mtime: Instant; handle: FileHandle | null; received: number; queue: Promise<unknown> }

/** Files that a page without paths of its own sends, kept in the workspace until they are imported or discarded. */
export class Uploads {
  readonly #folder: string
  readonly #uploads = new Map<string, Upload>()

  /** What an earlier run left in the folder is removed. */
  constructor(workspace: string) {
    this.#folder = join(workspace, 'incoming')
    rmSync(this.#folder, { recursive: true, force: true })
  }

  async begin(file: { name: string; mtime: Instant }): Promise<string> {
    mkdirSync(this.#folder, { recursive: true, mode: 0o700 })
    const id = randomUUID()
    const path = join(this.#folder, id)
    const handle = await open(path, 'wx', 0o600)
    this.#uploads.set(id, { path, ...file, handle, received: 0, queue: Promise.resolve() })
    return id
  }

  /** Chunks are written in the order of the calls; answers the bytes received so far. */
  async append(id: string, bytes: Uint8Array): Promise<number> {
    const upload = this.#get(id)
    const write = upload.queue.then(async () => {
      if (!upload.handle) throw new BackendFault({ code: 'not-found', message: `${upload.name} was received already.` })
      await upload.handle.writeFile(bytes)
    })
    // A failed write is told to whoever asked for it; those behind it in the queue find it out themselves.
    upload.queue = write.catch(() => undefined)
    await write.catch(rethrowFull)
    upload.received += bytes.length
    return upload.received
  }

  /** The received file; nothing can be appended any more. */
  async take(id: string): Promise<{ path: string; named: { name: string; mtime: Instant } }> {
    const upload = this.#get(id)
    await upload.queue
    await upload.handle?.close()
    upload.handle = null
    return { path: upload.path, named: { name: upload.name, mtime: upload.mtime } }
  }

  async discard(id: string): Promise<void> {
    const upload = this.#uploads.get(id)
    if (!upload) return
    this.#uploads.delete(id)
    await upload.queue
    await upload.handle?.close()
    await rm(upload.path, { force: true })
  }

  async close(): Promise<void> {
    for (const id of this.#uploads.keys()) await this.discard(id)
  }

  #get(id: string): Upload {
    const upload = this.#uploads.get(id)
    if (!upload) throw new BackendFault({ code: 'not-found', message: 'The file is not being received, or was discarded.' })
    return upload
  }
}

function rethrowFull(error: unknown): never {
  if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error
  throw new BackendFault({ code: 'disk-full', message: 'The disk is full. The file could not be received.' })
}
