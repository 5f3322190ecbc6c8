import type { Ports } from '../backend'
import { memorySecrets } from '../node'
import { type KeptSecret, readSecretsFile, writeSecretsFile } from './secrets-file'

/** What is used of Electron's `safeStorage`. */
export interface SafeStorage {
  isAsyncEncryptionAvailable(): Promise<boolean>
  encryptStringAsync(text: string): Promise<Buffer>
  decryptStringAsync(bytes: Buffer): Promise<{ result: string; shouldReEncrypt: boolean }>
  /** On Linux alone. */
  getSelectedStorageBackend(): string
}

export type KeptSecretsOptions = {
  /** Stands in the profile, never in a workspace. */
  file: string
  /** Folder of the workspace whose secrets these are. */
  workspace: string
  safe: SafeStorage
  platform: NodeJS.Platform
  log: Pick<Ports['log'], 'error'>
}

/**
 * Secrets under a key of the system's key store. Where there is no such key, or it fails, they are held in memory until
 * the program ends, which `place` tells; nothing is ever written that anybody could read.
 */
export class KeptSecrets implements Secrets {
  private readonly options: KeptSecretsOptions
  private readonly memory = memorySecrets()
  private usable: Promise<boolean> | null = null
  /** The last secret could not be put there. */
  private failed = false
  /** One change of the file after the other. */
  private last: Promise<unknown> = Promise.resolve()

  constructor(options: KeptSecretsOptions) {
    this.options = options
  }

  async place(): Promise<'keystore' | 'memory'> {
    return (await this.isUsable()) && !this.failed ? 'keystore' : 'memory'
  }

  get(name: string): Promise<string | null> {
    return this.inTurn(async () => (await this.memory.get(name)) ?? (await this.isUsable() ? this.read(name) : null))
  }

  set(name: string, value: string): Promise<void> {
    return this.inTurn(async () => {
      if (!(await this.isUsable())) return this.memory.set(name, value)
      try {
        await this.store(name, value)
        this.failed = false
        await this.memory.delete(name)
      } catch {
        this.failed = true
        this.options.log.error('a secret could not be put into the key store; it is kept until Recount ends')
        await this.memory.set(name, value)
      }
    })
  }

  delete(name: string): Promise<void> {
    return this.inTurn(async () => {
      await this.memory.delete(name)
      const kept = await readSecretsFile(this.options.file)
      const others = kept.filter((one) => !this.isOwn(one, name))
      if (others.length < kept.length) await writeSecretsFile(this.options.file, others)
    })
  }

  private async read(name: string): Promise<string | null> {
    const { file, safe } = this.options
    try {
      const kept = (await readSecretsFile(file)).find((one) => this.isOwn(one, name))
      if (!kept) return null
      const { result, shouldReEncrypt } = await safe.decryptStringAsync(Buffer.from(kept.bytes, 'base64'))
      if (shouldReEncrypt) await this.store(name, result).catch(() => {})
      return result
    } catch {
      // The key store may be locked only now, or its key may be gone: what is kept stays until it is replaced.
      this.options.log.error('a secret in the key store could not be read')
      return null
    }
  }

  private async store(name: string, value: string): Promise<void> {
    const { file, workspace, safe } = this.options
    const bytes = (await safe.encryptStringAsync(value)).toString('base64')
    const others = (await readSecretsFile(file)).filter((one) => !this.isOwn(one, name))
    await writeSecretsFile(file, [...others, { workspace, name, bytes }])
  }

  private isOwn(one: KeptSecret, name: string): boolean {
    return one.workspace === this.options.workspace && one.name === name
  }

  private isUsable(): Promise<boolean> {
    this.usable ??= isSafe(this.options)
    return this.usable
  }

  private inTurn<T>(act: () => Promise<T>): Promise<T> {
    const turn = this.last.then(act)
    this.last = turn.catch(() => {})
    return turn
  }
}

type Secrets = Ports['secrets']

async function isSafe({ safe, platform }: KeptSecretsOptions): Promise<boolean> {
  try {
    if (!(await safe.isAsyncEncryptionAvailable())) return false
    // Told only once it is available. `basic_text` is a key that everybody knows.
    return platform !== 'linux' || !['basic_text', 'unknown'].includes(safe.getSelectedStorageBackend())
  } catch {
    return false
  }
}
