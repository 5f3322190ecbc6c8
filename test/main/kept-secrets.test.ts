import { mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeEach, expect, onTestFinished, test } from 'vitest'
import { KeptSecrets, type SafeStorage } from '../../src/main/kept-secrets'

let profile = ''
let file = ''
let logged: string[] = []
beforeEach(() => {
  profile = mkdtempSync(join(tmpdir(), 'recount-secrets-'))
  file = join(profile, 'secrets.json')
  logged = []
  const made = profile
  onTestFinished(() => rmSync(made, { recursive: true }))
})

/** A key store whose key is a number that its bytes are turned by. */
function aStore(key = 7, changes: Partial<SafeStorage> = {}): SafeStorage {
  const turned = (bytes: Uint8Array, by: number) => Buffer.from(bytes.map((byte) => (byte + by) & 255))
  return {
    isAsyncEncryptionAvailable: async () => true,
    encryptStringAsync: async (text) => turned(Buffer.from(`${key} ${text}`), key),
    async decryptStringAsync(bytes) {
      const text = turned(bytes, -key).toString()
      if (!text.startsWith(`${key} `)) throw new Error(`another key than that of ${text}`)
      return { result: text.slice(`${key} `.length), shouldReEncrypt: false }
    },
    getSelectedStorageBackend: () => 'gnome_libsecret',
    ...changes,
  }
}

type Changes = { safe?: SafeStorage; workspace?: string; platform?: NodeJS.Platform; file?: string }

/** The secrets as a program that starts now has them. */
function secretsOf(changes: Changes = {}): KeptSecrets {
  const error = (...said: unknown[]) => void logged.push(said.map(String).join(' '))
  return new KeptSecrets({ file, workspace: '/w', safe: aStore(), platform: 'linux', log: { error }, ...changes })
}

test('secrets outlive the program, encrypted, for their owner alone', async () => {
  const first = secretsOf()
  expect(await first.place()).toBe('keystore')
  await Promise.all([first.set('one', 'token-1'), first.set('two', 'token-2')])
  const text = readFileSync(file, 'utf8')
  for (const token of ['token-1', 'token-2']) {
    expect(text).not.toContain(token)
    expect(text).not.toContain(Buffer.from(token).toString('base64'))
  }
  if (process.platform !== 'win32') expect(statSync(file).mode & 0o777).toBe(0o600)
  expect(readdirSync(profile)).toEqual(['secrets.json'])
  const later = secretsOf()
  expect(await later.get('one')).toBe('token-1')
  await later.set('one', 'token-3')
  await later.delete('two')
  expect(await secretsOf().get('one')).toBe('token-3')
  expect(await secretsOf().get('two')).toBeNull()
  expect(logged).toEqual([])
})

test('each workspace has its own', async () => {
  await secretsOf({ workspace: '/a' }).set('one', 'of a')
  await secretsOf({ workspace: '/b' }).set('one', 'of b')
  await secretsOf({ workspace: '/b' }).set('__proto__', 'odd')
  expect(await secretsOf({ workspace: '/a' }).get('one')).toBe('of a')
  expect(await secretsOf({ workspace: '/a' }).get('__proto__')).toBeNull()
  await secretsOf({ workspace: '/a' }).delete('one')
  expect(await secretsOf({ workspace: '/b' }).get('one')).toBe('of b')
  expect(await secretsOf({ workspace: '/b' }).get('__proto__')).toBe('odd')
})

const lacking = () => {
  throw new Error('not implemented')
}

test.each<[string, Changes]>([
  ['no encryption', { safe: aStore(1, { isAsyncEncryptionAvailable: async () => false }) }],
  ['a key everybody knows', { safe: aStore(1, { getSelectedStorageBackend: () => 'basic_text' }) }],
  ['a key store that is not known yet', { safe: aStore(1, { getSelectedStorageBackend: () => 'unknown' }) }],
  ['no key store at all', { safe: new Proxy({} as SafeStorage, { get: lacking }) }],
])('with %s they are held until the program ends, without noise', async (_what, changes) => {
  const secrets = secretsOf(changes)
  expect(await secrets.place()).toBe('memory')
  await secrets.set('one', 'token-1')
  expect(await secrets.get('one')).toBe('token-1')
  expect(readdirSync(profile)).toEqual([])
  await secrets.delete('one')
  expect(await secrets.get('one')).toBeNull()
  expect(logged).toEqual([])
})

test('only Linux names its key store', async () => {
  const safe = aStore(1, { getSelectedStorageBackend: lacking })
  expect(await secretsOf({ safe, platform: 'darwin' }).place()).toBe('keystore')
  expect(await secretsOf({ safe, platform: 'win32' }).place()).toBe('keystore')
  expect(await secretsOf({ safe }).place()).toBe('memory')
})

test('what was kept under a key that is gone is no secret any more, and is replaced by the next', async () => {
  await secretsOf({ safe: aStore(1) }).set('one', 'token-1')
  const later = secretsOf({ safe: aStore(2) })
  expect(await later.get('one')).toBeNull()
  expect(logged).toEqual(['a secret in the key store could not be read'])
  await later.set('one', 'token-2')
  expect(await secretsOf({ safe: aStore(2) }).get('one')).toBe('token-2')
})

test('a key that was changed is used from then on', async () => {
  await secretsOf().set('one', 'token-1')
  const before = readFileSync(file, 'utf8')
  const old = aStore()
  const safe = aStore(8, { decryptStringAsync: async (bytes) => ({ ...(await old.decryptStringAsync(bytes)), shouldReEncrypt: true }) })
  expect(await secretsOf({ safe }).get('one')).toBe('token-1')
  expect(readFileSync(file, 'utf8')).not.toBe(before)
  expect(await secretsOf({ safe: aStore(8) }).get('one')).toBe('token-1')
})

test.each<[string, () => Changes]>([
  ['a key store that fails', () => ({ safe: aStore(1, { encryptStringAsync: () => Promise.reject(new Error('token-1')) }) })],
  ['a profile that cannot be written', () => ({ file: join(profile, 'nowhere', 'secrets.json') })],
])('%s leaves them in memory and says so, without the secret', async (_what, changes) => {
  const secrets = secretsOf(changes())
  expect(await secrets.place()).toBe('keystore')
  await secrets.set('one', 'token-1')
  expect(await secrets.get('one')).toBe('token-1')
  expect(await secrets.place()).toBe('memory')
  expect(logged).toEqual(['a secret could not be put into the key store; it is kept until Recount ends'])
})

test('a failure is over with the next secret that can be kept, and hides none that is', async () => {
  await secretsOf().set('one', 'token-1')
  const refusals = [true]
  const works = aStore()
  const safe = aStore(7, {
    encryptStringAsync: async (text) => (refusals.pop() ? lacking() : works.encryptStringAsync(text)),
  })
  const secrets = secretsOf({ safe })
  await secrets.set('two', 'token-2')
  expect(await secrets.place()).toBe('memory')
  expect(await secrets.get('one')).toBe('token-1')
  await secrets.set('two', 'token-3')
  expect(await secrets.place()).toBe('keystore')
  expect(await secretsOf().get('two')).toBe('token-3')
})

test.each(['', 'not json', '{}', '[1, null, {"workspace": "/w"}]'])('a file that holds %j holds no secrets', async (text) => {
  writeFileSync(file, text)
  expect(await secretsOf().get('one')).toBeNull()
  await secretsOf().set('one', 'token-1')
  expect(await secretsOf().get('one')).toBe('token-1')
})
