import { execFileSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { CannotPrint } from '../../../../src/backend'
import { boxSink, fileSink, folderSink, NeedsPassphrase, ownFingerprints, sealBundle, sealKey, type Signer, verifyBundle, WrongPassphrase, zipSink } from '../../../../src/backend/report/seal'
import { aBundle, aFolder } from './a-bundle'

const hasTool = (name: string, word = '--version') => {
  try {
    execFileSync(name, [word], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}

async function sealedFolder() {
  const folder = aFolder()
  const key = await sealKey(join(folder, 'keys'), null)
  const bundle = join(folder, 'bundle')
  const result = await sealBundle(aBundle(), folderSink(bundle), { key })
  return { folder, bundle, key, result }
}

describe('a sealed folder', () => {
  it('verifies, with every citation proven', async () => {
    const { bundle, key, result, folder } = await sealedFolder()
    const verified = await verifyBundle(bundle, { ownKeys: ownFingerprints(join(folder, 'keys')) })
    expect(verified.findings).toEqual([])
    expect(verified).toMatchObject({ ok: true, title: 'Stuffing of web-1', root: result.root, shortRoot: result.shortRoot, key: key.fingerprint, isOwnKey: true, citations: 6, custody: 12 })
    // Those frozen, and those cited that are not among them: line 3 and 7 are.
    expect(verified.events).toBe(40 + 4)
    expect(result.shortRoot).toBe(result.root.slice(0, 16).replaceAll(/.{4}(?=.)/g, '$& '))
    expect((await verifyBundle(bundle)).isOwnKey).toBe(false)
  })

  it.skipIf(!hasTool('sha256sum'))('is what sha256sum -c expects', async () => {
    const { bundle } = await sealedFolder()
    for (const manifest of ['manifest-sha256.txt', 'tagmanifest-sha256.txt']) {
      const said = execFileSync('sha256sum', ['--strict', '-c', manifest], { cwd: bundle, encoding: 'utf8' })
      expect(said.trimEnd().split('\n').every((line) => line.endsWith(': OK'))).toBe(true)
    }
    const listed = readFileSync(join(bundle, 'manifest-sha256.txt'), 'utf8').trimEnd().split('\n').map((line) => line.slice(66))
    const held = readdirSync(join(bundle, 'data'), { recursive: true, encoding: 'utf8' }).filter((path) => statSync(join(bundle, 'data', path)).isFile())
    expect(listed.toSorted()).toEqual(held.map((path) => `data/${path}`).toSorted())
  })

  it.skipIf(!hasTool('openssl', 'version'))('has a signature and a time stamp request that openssl reads', async () => {
    const { bundle, result } = await sealedFolder()
    const openssl = (...words: string[]) => execFileSync('openssl', words, { cwd: bundle, encoding: 'utf8' })
    expect(openssl('pkeyutl', '-verify', '-pubin', '-inkey', 'seal/key.pub', '-rawin', '-in', 'seal/root.json', '-sigfile', 'seal/root.sig')).toContain('Verified Successfully')
    const request = openssl('ts', '-query', '-in', 'seal/root.tsq', '-text')
    expect(request).toContain('Hash Algorithm: sha256')
    const imprint = [...request.matchAll(/^ {4}[0-9a-f]{4} - ((?:[0-9a-f]{2}[ -]){16})/gm)].map(([, bytes = '']) => bytes.replaceAll(/[ -]/g, '')).join('')
    expect(imprint).toBe(result.root)
  })

  const printedBundle = async (print: Signer['print']) => {
    const folder = aFolder()
    const bundle = join(folder, 'bundle')
    await sealBundle(aBundle(), folderSink(bundle), { key: await sealKey(folder, null), ...(print && { print }) })
    expect(await verifyBundle(bundle)).toMatchObject({ ok: true })
    const { lacking } = JSON.parse(readFileSync(join(bundle, 'data/case.json'), 'utf8')) as { lacking: string[] }
    const pdf = join(bundle, 'data/report.pdf')
    return { lacking, printed: existsSync(pdf) ? readFileSync(pdf, 'utf8') : null }
  }

  it('has the page as it was printed, where there is something to print it with', async () => {
    const { lacking, printed } = await printedBundle((html) => Promise.resolve(Buffer.from([...html].join(''))))
    expect(printed).toContain('Stuffing of web-1')
    expect(lacking).toEqual([])
  })

  it('tells that nothing was printed where nothing can', async () => {
    const { lacking, printed } = await printedBundle(() => Promise.reject(new CannotPrint('no-program', 'There is no Chromium.')))
    expect(printed).toBeNull()
    expect(lacking).toEqual(['report.pdf is left out. There is no Chromium.'])
  })

  it('leaves nothing behind when it fails, and does not take the place of another', async () => {
    const folder = aFolder()
    const key = await sealKey(folder, null)
    const content = aBundle()
    const broken = { ...content, evidence: () => { throw new Error('gone') } }
    await expect(sealBundle(broken, folderSink(join(folder, 'b')), { key })).rejects.toThrow('gone')
    expect(readdirSync(folder)).toEqual(['seal-key.pem'])
  })

  it('tells a cited record that it does not have', async () => {
    const folder = aFolder()
    const content = aBundle()
    await sealBundle({ ...content, evidence: () => [] }, folderSink(join(folder, 'b')), { key: await sealKey(folder, null) })
    const { ok, findings } = await verifyBundle(join(folder, 'b'))
    expect(ok).toBe(false)
    expect(findings.filter(({ problem }) => problem === 'not-proven')).toHaveLength(6 + 1)
  })
})

describe('the key', () => {
  it('is made once and kept where its owner alone reads it', async () => {
    const folder = join(aFolder(), 'notebook')
    const first = await sealKey(folder, null)
    expect((await sealKey(folder, null)).fingerprint).toBe(first.fingerprint)
    expect(statSync(join(folder, 'seal-key.pem')).mode & 0o777).toBe(0o600)
    expect(first.keptIn).toBe('file')
  })

  it('is kept by a key store where there is one', async () => {
    const folder = aFolder()
    const held = new Map<string, string>()
    const store = { place: () => Promise.resolve('keystore' as const), get: (name: string) => Promise.resolve(held.get(name) ?? null), set: async (name: string, value: string) => void held.set(name, value) }
    const first = await sealKey(folder, store)
    expect((await sealKey(folder, store)).fingerprint).toBe(first.fingerprint)
    expect(first.keptIn).toBe('keystore')
    expect(existsSync(join(folder, 'seal-key.pem'))).toBe(false)
    expect(ownFingerprints(folder)).toEqual(new Set([first.fingerprint]))
  })
})

describe('a zip', () => {
  it('verifies as the folder does, also once it is unpacked', async () => {
    const folder = aFolder()
    const path = join(folder, 'case.zip')
    await sealBundle(aBundle(), zipSink('case', fileSink(path), Date.UTC(2026, 1, 6)), { key: await sealKey(folder, null) })
    expect(await verifyBundle(path)).toMatchObject({ ok: true, citations: 6 })
    if (!hasTool('unzip', '-v')) return
    execFileSync('unzip', ['-q', path, '-d', join(folder, 'out')])
    expect(await verifyBundle(join(folder, 'out'))).toMatchObject({ ok: true })
  })

  it('can be encrypted, and every byte of that counts', async () => {
    const folder = aFolder()
    const path = join(folder, 'case.zip.enc')
    await sealBundle(aBundle(), zipSink('case', await boxSink('correct horse', fileSink(path)), Date.UTC(2026, 1, 6)), { key: await sealKey(folder, null) })
    await expect(verifyBundle(path)).rejects.toThrow(NeedsPassphrase)
    await expect(verifyBundle(path, { passphrase: 'wrong' })).rejects.toThrow(WrongPassphrase)
    expect(await verifyBundle(path, { passphrase: 'correct horse' })).toMatchObject({ ok: true })
    const bytes = readFileSync(path)
    expect(bytes.includes('Stuffing')).toBe(false)
    bytes[bytes.length - 3] = (bytes.at(-3) ?? 0) ^ 1
    writeFileSync(path, bytes)
    await expect(verifyBundle(path, { passphrase: 'correct horse' })).rejects.toThrow()
  })
})
