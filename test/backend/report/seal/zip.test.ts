import { unzipSync, zipSync, type Zippable } from 'fflate'
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { fileSink, folderSink, sealBundle, sealKey, UnfitBundle, verifyBundle, zipSink } from '../../../../src/backend/report/seal'
import { aBundle, aFolder } from './a-bundle'

async function sealedFiles(folder: string): Promise<Zippable> {
  const bundle = join(folder, 'bundle')
  await sealBundle(aBundle(), folderSink(bundle), { key: await sealKey(folder, null) })
  const paths = readdirSync(bundle, { recursive: true, encoding: 'utf8' }).filter((path) => statSync(join(bundle, path)).isFile())
  return Object.fromEntries(paths.map((path) => [`case/${path}`, readFileSync(join(bundle, path))]))
}

async function zipped(change: (files: Zippable) => void): Promise<string> {
  const folder = aFolder()
  const files = await sealedFiles(folder)
  change(files)
  writeFileSync(join(folder, 'case.zip'), zipSync(files, { level: 1 }))
  return join(folder, 'case.zip')
}

describe('a zip of files of any length', () => {
  // Around the 256 KB that are packed in one go, written in pieces that end elsewhere.
  it.each([0, 1, 262_143, 262_144, 262_145, 1_000_000])('holds a file of %i bytes as it was written', async (length) => {
    const path = join(aFolder(), 'one.zip')
    const bytes = Buffer.from(Array.from({ length }, (_, at) => (at * at) % 251))
    const sink = zipSink('case', fileSink(path), Date.UTC(2026, 1, 6))
    sink.begin('data/large')
    for (let at = 0; at < length; at += 100_003) await sink.write(bytes.subarray(at, at + 100_003))
    await sink.end()
    sink.begin('data/small')
    await sink.write(Buffer.from('small'))
    await sink.end()
    await sink.close()
    const read = unzipSync(readFileSync(path))
    expect(Object.keys(read)).toEqual(['case/data/large', 'case/data/small'])
    expect(bytes.equals(read['case/data/large'] ?? Buffer.of(1))).toBe(true)
    expect(Buffer.from(read['case/data/small'] ?? []).toString()).toBe('small')
  })
})

describe('a zip of others', () => {
  it('verifies where it holds the same', async () => {
    expect(await verifyBundle(await zipped(() => {}))).toMatchObject({ ok: true })
  })

  it('names what was changed in it', async () => {
    const path = await zipped((files) => {
      files['case/data/ledger.json'] = Buffer.from('[]')
      delete files['case/data/content.sig']
      files['case/data/exports/more.csv'] = Buffer.from('x')
    })
    const { ok, findings } = await verifyBundle(path)
    expect(ok).toBe(false)
    expect(findings.map(({ file, problem }) => `${file} ${problem}`).toSorted()).toEqual(['data/content.sig missing', 'data/exports/more.csv added', 'data/ledger.json changed'])
  })

  it.each(['../evil', '/etc/evil', 'case/../../evil', 'C:/evil', 'case\\evil', 'case//evil'])('is refused where a file would land elsewhere: %s', async (name) => {
    const path = await zipped((files) => (files[name] = Buffer.from('x')))
    await expect(verifyBundle(path)).rejects.toThrow('would be unpacked elsewhere')
    expect(existsSync('/etc/evil')).toBe(false)
  })

  // Size in the central directory: 100000 becomes another.
  const withSize = async (size: number) => {
    const path = await zipped((files) => (files['case/data/large'] = Buffer.alloc(100_000)))
    const bytes = readFileSync(path)
    bytes.writeUInt32LE(size, bytes.lastIndexOf(Buffer.from([0xa0, 0x86, 0x01, 0x00])))
    writeFileSync(path, bytes)
    return path
  }

  it('is refused where it is a bomb', async () => {
    await expect(verifyBundle(await withSize(0x7000_0000))).rejects.toThrow(/would unpack to/)
  })

  it('is told of a file that is larger than the zip says', async () => {
    const { findings } = await verifyBundle(await withSize(16))
    expect(findings.map(({ words }) => words)).toContain('data/large is damaged in the zip. It unpacks to more than the zip says.')
  })

  it('is told of a file that has two names', async () => {
    const path = await zipped(() => {})
    const bytes = readFileSync(path)
    bytes.write('data/ledger.jsom', bytes.indexOf('data/ledger.json'))
    writeFileSync(path, bytes)
    const { findings } = await verifyBundle(path)
    expect(findings.filter(({ file }) => file === 'data/ledger.json').map(({ problem }) => problem)).toEqual(['changed', 'unreadable'])
  })

  it('and what is none at all is refused in words', async () => {
    const folder = aFolder()
    writeFileSync(join(folder, 'x.zip'), 'PK nothing')
    mkdirSync(join(folder, 'empty'))
    await expect(verifyBundle(join(folder, 'x.zip'))).rejects.toThrow(UnfitBundle)
    await expect(verifyBundle(join(folder, 'empty'))).rejects.toThrow('This is no sealed bundle')
    await expect(verifyBundle(join(folder, 'nothing'))).rejects.toThrow(UnfitBundle)
    symlinkSync('/', join(folder, 'link'))
    await expect(verifyBundle(join(folder, 'link'))).rejects.toThrow(UnfitBundle)
  })

  it('never brings the check down, whatever byte of it is another', async () => {
    const path = await zipped(() => {})
    const whole = readFileSync(path)
    for (let at = 0; at < whole.length; at += Math.ceil(whole.length / 80)) {
      const bytes = Buffer.from(whole)
      bytes[at] = (bytes[at] ?? 0) ^ 0x55
      writeFileSync(path, bytes)
      await verifyBundle(path).catch((error: unknown) => expect(error).toBeInstanceOf(UnfitBundle))
    }
    writeFileSync(path, whole.subarray(0, whole.length / 2))
    await expect(verifyBundle(path)).rejects.toThrow(UnfitBundle)
  })
})
