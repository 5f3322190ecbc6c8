import { createHash } from 'node:crypto'
import { closeSync, fstatSync, mkdtempSync, openSync, readSync, rmSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TimeStamp, VerifiedBundle } from '../../../contract'
import { parseInstant } from '../../../domain'
import { checkCustodyLines } from '../../notebook'
import { PUBLIC_KEY, ROOT, SIGNATURE, TIME_REQUEST, TIME_TOKEN } from './bag'
import { isEncrypted, NeedsPassphrase, openBundle, UnfitBundle, type BundleFiles } from './bundle-files'
import { bundleBytes } from './bundle-lines'
import { Findings } from './findings'
import { fingerprintOf, isSignedBy } from './key'
import { shortHash } from './seal'
import { readRoot, type SealRoot } from './seal-root'
import { openBox } from './sealed-box'
import { speaksOf } from './time-stamp'
import { checkClaims } from './verify-claims'
import { checkEvents } from './verify-events'
import { checkFiles } from './verify-files'

export type VerifyOptions = {
  /** Of an encrypted bundle. */
  passphrase?: string
  /** Fingerprints of the keys that this workspace seals with. */
  ownKeys?: ReadonlySet<string>
}

/**
 * Checks a bundle, folder, zip or encrypted, and names exactly what differs. Throws `NeedsPassphrase`, `WrongPassphrase`,
 * and `UnfitBundle` for what is none or is dangerous to unpack.
 */
export async function verifyBundle(path: string, options: VerifyOptions = {}): Promise<VerifiedBundle> {
  if (!isEncrypted(path)) return verifyPlain(path, options)
  if (options.passphrase === undefined) throw new NeedsPassphrase('This bundle is encrypted: its passphrase is needed.')
  const folder = mkdtempSync(join(tmpdir(), 'recount-verify-'))
  try {
    const plain = join(folder, 'bundle.zip')
    await decrypt(path, plain, options.passphrase)
    return await verifyPlain(plain, options)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

async function decrypt(path: string, plain: string, passphrase: string): Promise<void> {
  const from = openSync(path, 'r')
  const to = openSync(plain, 'wx', 0o600)
  try {
    const read = (at: number, length: number) => {
      const bytes = Buffer.alloc(length)
      return bytes.subarray(0, readSync(from, bytes, 0, length, at))
    }
    for (const piece of await openBox(passphrase, fstatSync(from).size, read)) {
      for (let done = 0; done < piece.length; ) done += writeSync(to, piece, done)
      await new Promise(setImmediate)
    }
  } finally {
    closeSync(from)
    closeSync(to)
  }
}

async function verifyPlain(path: string, options: VerifyOptions): Promise<VerifiedBundle> {
  const files = openBundle(path)
  try {
    return await verifyFiles(files, options)
  } finally {
    files.close()
  }
}

/** No more of the files about the seal than this is read. */
const MOST_SEAL = 1024 * 1024

async function verifyFiles(files: BundleFiles, { ownKeys = new Set() }: VerifyOptions): Promise<VerifiedBundle> {
  if (!files.sizes.has('manifest-sha256.txt') && !files.sizes.has(ROOT)) throw new UnfitBundle('This is no sealed bundle: it has neither manifest-sha256.txt nor seal/root.json.')
  const findings = new Findings()
  const rootBytes = await bundleBytes(files, ROOT, MOST_SEAL)
  const root = readRoot(rootBytes)
  const { key, isSigned } = await checkSignature(files, { root, rootBytes, findings })
  const stamp = await checkStamps(files, rootBytes, findings)
  const { differ } = await checkFiles(files, { root, isSigned }, findings)
  const events = await checkEvents(files, root, findings)
  const citations = await checkClaims(files, events, findings)
  const custody = await checkCustody(files, { root, isChanged: differ.has(CUSTODY), findings })
  await checkContent(files, findings)
  for (const [file, reason] of files.damaged) findings.add({ file, problem: 'unreadable', words: `${file} is damaged in the zip. ${reason}` })
  return {
    ok: findings.isEmpty,
    files: files.sizes.size,
    findings: findings.list(),
    ...sealFacts(root, rootBytes),
    key,
    isOwnKey: key !== null && ownKeys.has(key),
    events: events.leaves.length,
    citations,
    custody,
    stamp,
  }
}

/** What the seal says of itself, and its hash. */
function sealFacts(root: SealRoot | null, bytes: Buffer | null): Pick<VerifiedBundle, 'title' | 'sealedAt' | 'sealedBy' | 'version' | 'root' | 'shortRoot'> {
  const hash = bytes && createHash('sha256').update(bytes).digest('hex')
  const hashes = { root: hash, shortRoot: hash && shortHash(hash) }
  if (root === null) return { title: null, sealedAt: null, sealedBy: null, version: null, ...hashes }
  const { notebook, sealedAt, sealedBy, version } = root
  return { title: notebook.title, sealedAt: parseInstant(sealedAt), sealedBy, version, ...hashes }
}

type Signed = { root: SealRoot | null; rootBytes: Buffer | null; findings: Findings }

/** Answers the fingerprint of the key in the bundle, and whether the root is signed by it. */
async function checkSignature(files: BundleFiles, { root, rootBytes, findings }: Signed): Promise<{ key: string | null; isSigned: boolean }> {
  const pem = (await bundleBytes(files, PUBLIC_KEY, MOST_SEAL))?.toString('utf8') ?? null
  const signature = await bundleBytes(files, SIGNATURE, MOST_SEAL)
  const key = pem === null ? null : fingerprintOf(pem)
  if (rootBytes && root === null) findings.add({ file: ROOT, problem: 'unreadable', words: `${ROOT} is not what a seal is.` })
  if (pem !== null && key === null) findings.add({ file: PUBLIC_KEY, problem: 'unreadable', words: `${PUBLIC_KEY} is no Ed25519 key.` })
  if (root && key !== null && key !== root.key) findings.add({ file: PUBLIC_KEY, problem: 'changed', expected: root.key, found: key, words: `${PUBLIC_KEY} is another key than the one that sealed.` })
  // What is missing is told as that.
  if (pem === null || rootBytes === null || signature === null) return { key, isSigned: false }
  const isSigned = isSignedBy(pem, rootBytes, signature)
  if (!isSigned) findings.add({ file: SIGNATURE, problem: 'signature', words: `The signature does not fit: ${ROOT}, ${SIGNATURE} or ${PUBLIC_KEY} was changed.` })
  return { key, isSigned }
}

async function checkStamps(files: BundleFiles, rootBytes: Buffer | null, findings: Findings): Promise<TimeStamp | null> {
  const root = rootBytes ?? Buffer.alloc(0)
  const hash = createHash('sha256').update(root).digest()
  const request = await bundleBytes(files, TIME_REQUEST, MOST_SEAL)
  if (request && !speaksOf(request, hash)) findings.add({ file: TIME_REQUEST, problem: 'changed', expected: hash.toString('hex'), words: `${TIME_REQUEST} is not about this ${ROOT}.` })
  if (!files.sizes.has(TIME_TOKEN)) return null
  const token = await bundleBytes(files, TIME_TOKEN, MOST_SEAL)
  const { checkToken } = await import('./time-token')
  const { stamp, fault } = await checkToken(token ?? new Uint8Array(), { root, request: request ?? new Uint8Array() })
  if (stamp) return stamp
  findings.add({ file: TIME_TOKEN, problem: 'stamp', words: `The time stamp ${TIME_TOKEN} ${fault}.` })
  return null
}

const CUSTODY = 'data/custody.jsonl'

/** Answers how many entries there are. A break that was there when it was sealed is no difference. */
async function checkCustody(files: BundleFiles, { root, isChanged, findings }: { root: SealRoot | null; isChanged: boolean; findings: Findings }): Promise<number> {
  const bytes = await bundleBytes(files, CUSTODY, 512 * MOST_SEAL)
  if (bytes === null) return 0
  const chain = checkCustodyLines(bytes)
  if (isChanged) for (const { seq, reason } of chain.problems) findings.add({ file: CUSTODY, problem: 'changed', words: `Entry ${seq} of the custody log: ${reason}` })
  if (root && (chain.head !== root.custody.head || chain.entries !== root.custody.entries)) {
    const words = `The custody log has ${chain.entries} entries and ends at another one than the ${root.custody.entries} that were sealed.`
    findings.add({ file: CUSTODY, problem: 'changed', expected: root.custody.head, found: chain.head, words })
  }
  return chain.entries
}

/** What report.html shows is signed apart, so that a copy of it alone can be verified. */
async function checkContent(files: BundleFiles, findings: Findings): Promise<void> {
  const [content, signature, pem] = await Promise.all([
    bundleBytes(files, 'data/content.json', 512 * MOST_SEAL),
    bundleBytes(files, 'data/content.sig', MOST_SEAL),
    bundleBytes(files, PUBLIC_KEY, MOST_SEAL),
  ])
  if (!content || !signature || !pem || isSignedBy(pem.toString('utf8'), content, signature)) return
  findings.add({ file: 'data/content.sig', problem: 'signature', words: 'The signature of what the report shows does not fit: data/content.json, data/content.sig or seal/key.pub was changed.' })
}
