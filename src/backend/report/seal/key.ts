import { createHash, createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject, sign, verify } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** The installation's own: it says which copy of Recount sealed, not who a person is. */
export type SealKey = {
  privateKey: KeyObject
  /** SPKI in PEM. */
  publicPem: string
  /** Hex SHA-256 of the public key in DER, to tell keys apart. */
  fingerprint: string
  keptIn: 'keystore' | 'file'
}

/** What keeps secrets beyond the program, where the host has such a thing. */
export type KeyStore = {
  place(): Promise<'keystore' | 'memory'>
  get(name: string): Promise<string | null>
  set(name: string, value: string): Promise<void>
}

const SECRET = 'seal-key'
const PRIVATE_FILE = 'seal-key.pem'

/**
 * Makes the key pair at the first seal and keeps it: in the system's key store, or, where secrets end with the program,
 * as a file of the workspace's notebook folder that its owner alone can read.
 */
export async function sealKey(folder: string, store: KeyStore | null): Promise<SealKey> {
  const file = join(folder, PRIVATE_FILE)
  if (existsSync(file)) return keyOf(readFileSync(file, 'utf8'), 'file')
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  if (store && (await store.place()) === 'keystore') {
    const key = keyOf((await store.get(SECRET)) ?? newPem(), 'keystore')
    await store.set(SECRET, pemOf(key.privateKey))
    if ((await store.place()) === 'keystore') {
      writeFileSync(join(folder, `seal-key-${key.fingerprint.slice(0, 16)}.pub`), key.publicPem)
      return key
    }
  }
  const pem = newPem()
  writeFileSync(file, pem, { mode: 0o600, flag: 'wx' })
  return keyOf(pem, 'file')
}

/** What `sealKey` would give, where it was made already. */
export async function heldKey(folder: string, store: KeyStore | null): Promise<Pick<SealKey, 'fingerprint' | 'keptIn'> | null> {
  const file = join(folder, PRIVATE_FILE)
  const pem = existsSync(file) ? readFileSync(file, 'utf8') : ((await store?.get(SECRET)) ?? null)
  if (pem === null) return null
  const { fingerprint, keptIn } = keyOf(pem, existsSync(file) ? 'file' : 'keystore')
  return { fingerprint, keptIn }
}

/** Fingerprints of keys that this workspace sealed with. */
export function ownFingerprints(folder: string): Set<string> {
  const names = existsSync(folder) ? readdirSync(folder) : []
  const own = names.filter((name) => name === PRIVATE_FILE || /^seal-key-[0-9a-f]{16}\.pub$/.test(name))
  return new Set(own.flatMap((name) => fingerprintOf(readFileSync(join(folder, name), 'utf8')) ?? []))
}

/** Null where it is no Ed25519 key. */
export function fingerprintOf(pem: string): string | null {
  try {
    const key = createPublicKey(pem)
    return key.asymmetricKeyType === 'ed25519' ? sha256(key.export({ type: 'spki', format: 'der' })) : null
  } catch {
    return null
  }
}

export function signBytes(key: SealKey, bytes: Uint8Array): Buffer {
  return sign(null, bytes, key.privateKey)
}

export function isSignedBy(pem: string, bytes: Uint8Array, signature: Uint8Array): boolean {
  try {
    const key = createPublicKey(pem)
    return key.asymmetricKeyType === 'ed25519' && verify(null, bytes, key, signature)
  } catch {
    return false
  }
}

function newPem(): string {
  return pemOf(generateKeyPairSync('ed25519').privateKey)
}

function pemOf(key: KeyObject): string {
  return key.export({ type: 'pkcs8', format: 'pem' }).toString()
}

function keyOf(pem: string, keptIn: SealKey['keptIn']): SealKey {
  const privateKey = createPrivateKey(pem)
  const publicKey = createPublicKey(privateKey)
  const fingerprint = sha256(publicKey.export({ type: 'spki', format: 'der' }))
  return { privateKey, publicPem: publicKey.export({ type: 'spki', format: 'pem' }).toString(), fingerprint, keptIn }
}

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}
