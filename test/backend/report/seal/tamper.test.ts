import { cpSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { canonicalJson } from '../../../../src/backend/evidence'
import { folderSink, sealBundle, sealKey, verifyBundle, type Signer } from '../../../../src/backend/report/seal'
import { Random } from '../../random'
import { aBundle, aFolder } from './a-bundle'
import { hasOpenssl, Stamps } from './an-authority'

/** More of them by RECOUNT_TAMPERINGS. */
const TAMPERINGS = Number(process.env['RECOUNT_TAMPERINGS'] ?? 60)

const stamps = new Stamps()
afterAll(() => stamps.remove())

/** With a time stamp, where openssl is there to make one. */
const STAMPER: Pick<Signer, 'stamper'> = hasOpenssl()
  ? { stamper: { authority: 'openssl', stamp: ({ request }) => Promise.resolve({ token: stamps.reply(request), stamp: { at: 0, authority: 'openssl' } }) } }
  : {}

async function sealed(): Promise<string> {
  const folder = aFolder()
  await sealBundle(aBundle(), folderSink(join(folder, 'bundle')), { key: await sealKey(folder, null), ...STAMPER })
  return join(folder, 'bundle')
}

function filesOf(bundle: string): string[] {
  return readdirSync(bundle, { recursive: true, encoding: 'utf8' }).filter((path) => statSync(join(bundle, path)).isFile()).toSorted()
}

type Below = (below: number) => number
type Tampering = { what: string; /** Files that the findings may name. */ files: string[] }

function changeByte(bundle: string, path: string, random: Below): Tampering {
  const bytes = readFileSync(join(bundle, path))
  const at = random(bytes.length)
  bytes[at] = (bytes[at] ?? 0) ^ (1 << random(8))
  writeFileSync(join(bundle, path), bytes)
  return { what: `byte ${at} of ${path}`, files: [path] }
}

function lines(bundle: string, path: string, change: (held: string[]) => void): void {
  const held = readFileSync(join(bundle, path), 'utf8').split('\n')
  held.pop()
  change(held)
  writeFileSync(join(bundle, path), held.map((line) => `${line}\n`).join(''))
}

const WAYS: ((bundle: string, random: Below) => Tampering)[] = [
  (bundle, random) => {
    const full = filesOf(bundle).filter((path) => statSync(join(bundle, path)).size > 0)
    return changeByte(bundle, full[random(full.length)] ?? '', random)
  },
  (bundle, random) => {
    const all = filesOf(bundle)
    const path = all[random(all.length)] ?? ''
    rmSync(join(bundle, path))
    return { what: `removed ${path}`, files: [path] }
  },
  (bundle, random) => {
    const path = ['data/raw/more.body', 'data/x', 'extra.txt', 'seal/more.sig', 'data/exports/events2.csv'][random(5)] ?? ''
    mkdirSync(dirname(join(bundle, path)), { recursive: true })
    writeFileSync(join(bundle, path), 'x'.repeat(random(3)))
    return { what: `added ${path}`, files: [path] }
  },
  (bundle, random) => {
    const all = filesOf(bundle)
    const [a, b] = [all[random(all.length)] ?? '', all[random(all.length)] ?? '']
    if (readFileSync(join(bundle, a)).equals(readFileSync(join(bundle, b)))) return changeByte(bundle, 'data/case.json', random)
    renameSync(join(bundle, a), join(bundle, 'held'))
    renameSync(join(bundle, b), join(bundle, a))
    renameSync(join(bundle, 'held'), join(bundle, b))
    return { what: `swapped ${a} and ${b}`, files: [a, b] }
  },
  (bundle, random) => {
    lines(bundle, 'data/custody.jsonl', (held) => {
      const at = random(held.length)
      const entry: unknown = JSON.parse(held[at] ?? '')
      held[at] = canonicalJson({ ...Object(entry), detail: `nothing ${random(1000)}` })
    })
    return { what: 'edited a custody entry', files: ['data/custody.jsonl'] }
  },
  (bundle, random) => {
    lines(bundle, 'data/events.jsonl', (held) => {
      const [from, to] = [random(held.length), random(held.length - 1)]
      const [line = ''] = held.splice(from, 1)
      held.splice(to >= from ? to + 1 : to, 0, line)
    })
    return { what: 'reordered records', files: ['data/events.jsonl'] }
  },
  (bundle, random) => (readdirSync(join(bundle, 'seal')).includes('root.tsr') ? changeByte(bundle, 'seal/root.tsr', random) : changeByte(bundle, 'seal/root.tsq', random)),
  (bundle, random) => {
    lines(bundle, 'data/events.jsonl', (held) => held.splice(random(held.length), 1))
    return { what: 'removed a record', files: ['data/events.jsonl'] }
  },
]

describe('whatever is changed in a bundle', () => {
  it(`is found and named, ${TAMPERINGS} times`, async () => {
    const whole = await sealed()
    const random = new Random(0x5ea1)
    const below = (limit: number) => random.int(limit)
    const missed: string[] = []
    const bundle = join(dirname(whole), 'tampered')
    for (let at = 0; at < TAMPERINGS; at++) {
      cpSync(whole, bundle, { recursive: true })
      const tamper = WAYS[at % WAYS.length]
      const { what, files } = tamper?.(bundle, below) ?? { what: '', files: [] }
      const { ok, findings } = await verifyBundle(bundle).catch((error: unknown) => ({ ok: true, findings: [{ file: String(error) }] }))
      if (ok || !findings.some(({ file }) => files.includes(file))) missed.push(`${at}: ${what}: ${findings.map(({ file }) => file).join(', ')}`)
      rmSync(bundle, { recursive: true })
    }
    expect(missed).toEqual([])
  }, 900_000)
})

describe('what is found is named exactly', () => {
  const findingsAfter = async (change: (bundle: string) => void) => {
    const bundle = await sealed()
    change(bundle)
    return (await verifyBundle(bundle)).findings
  }
  const words = (findings: { words: string }[]) => findings.map((one) => one.words)

  it('an edited record, by line and key', async () => {
    const found = await findingsAfter((bundle) => lines(bundle, 'data/events.jsonl', (held) => (held[4] = (held[4] ?? '').replace('Failed password', 'Accepted password'))))
    expect(words(found)).toContain('Line 5 of data/events.jsonl, record sshd:web-1:auth:4: edited.')
    expect(found.filter(({ words: said }) => said.startsWith('Line'))).toHaveLength(1)
  })

  it('a removed and an added record', async () => {
    const found = await findingsAfter((bundle) =>
      lines(bundle, 'data/events.jsonl', (held) => {
        held.splice(2, 1)
        held.push('{"key":"sshd:web-1:auth:forged"}')
      }),
    )
    expect(words(found).filter((said) => said.startsWith('Line'))).toEqual([
      'Line 3 of data/events.jsonl, record sshd:web-1:auth:2: removed.',
      'Line 44 of data/events.jsonl, record sshd:web-1:auth:forged: added; it was not there when the bundle was sealed.',
    ])
  })

  it('two records in the place of each other', async () => {
    const found = await findingsAfter((bundle) => lines(bundle, 'data/events.jsonl', (held) => held.splice(6, 2, held[7] ?? '', held[6] ?? '')))
    expect(words(found).filter((said) => said.startsWith('Line'))).toEqual([
      'Line 7 of data/events.jsonl, record sshd:web-1:auth:7: in another place than it was.',
      'Line 8 of data/events.jsonl, record sshd:web-1:auth:6: in another place than it was.',
    ])
  })

  it('a custody entry, by its number', async () => {
    const found = await findingsAfter((bundle) => lines(bundle, 'data/custody.jsonl', (held) => (held[7] = (held[7] ?? '').replace('outcome:failure 7', 'outcome:success 7'))))
    expect(words(found)).toContain('Entry 8 of the custody log: Its content does not match its hash: its time, its object, its detail or the hash itself was changed.')
  })

  it('two files in the place of each other', async () => {
    const found = await findingsAfter((bundle) => {
      renameSync(join(bundle, 'data/ledger.json'), join(bundle, 'x'))
      renameSync(join(bundle, 'data/notebook.md'), join(bundle, 'data/ledger.json'))
      renameSync(join(bundle, 'x'), join(bundle, 'data/notebook.md'))
    })
    expect(found.map(({ problem }) => problem)).toEqual(['swapped', 'swapped'])
  })

  it('a file that was renamed', async () => {
    const found = await findingsAfter((bundle) => renameSync(join(bundle, 'data/ledger.json'), join(bundle, 'data/coverage.json')))
    expect(words(found)).toContain('data/ledger.json is not there; the same file stands at data/coverage.json.')
  })

  it('a bundle that was made anew with another key under the old one', async () => {
    const bundle = await sealed()
    const other = await sealed()
    for (const file of ['seal/root.json', 'seal/root.sig', 'tagmanifest-sha256.txt']) cpSync(join(other, file), join(bundle, file))
    const found = (await verifyBundle(bundle)).findings
    expect(found.map(({ file }) => file)).toContain('seal/key.pub')
  })

  it('a name in the list of the files about the bundle', async () => {
    const found = await findingsAfter((bundle) => lines(bundle, 'tagmanifest-sha256.txt', (held) => held.splice(0, held.length, ...held.map((line) => line.replace('how-to-verify.txt', 'how-to-verify.tpt')))))
    expect(found.map(({ file }) => file)).toContain('tagmanifest-sha256.txt')
  })

  it('a link in the place of a file', async () => {
    const found = await findingsAfter((bundle) => symlinkSync('/etc/hostname', join(bundle, 'data/raw/link')))
    expect(found).toMatchObject([{ file: 'data/raw/link', problem: 'added' }])
  })
})
