import { createHash } from 'node:crypto'
import { MANIFEST, PUBLIC_KEY, ROOT, readManifest, SIGNATURE, TAG_MANIFEST, TIME_TOKEN, isPayload, TIME_REQUEST } from './bag'
import type { BundleFiles } from './bundle-files'
import { bundleBytes } from './bundle-lines'
import type { Findings } from './findings'
import type { SealRoot } from './seal-root'

/** Bytes of the largest manifest that is read: some 500,000 files. */
const MOST_MANIFEST = 64 * 1024 * 1024

export type HashedFiles = { hashes: Map<string, string>; /** Paths that are another than was sealed, or not there. */ differ: Set<string> }

/** Compares every file with what the manifests and the sealed root say of it. */
export async function checkFiles(files: BundleFiles, { root, isSigned }: { root: SealRoot | null; isSigned: boolean }, findings: Findings): Promise<HashedFiles> {
  const payload = await manifestOf(files, MANIFEST, findings)
  const tags = await manifestOf(files, TAG_MANIFEST, findings)
  const sealed = new Map(Object.entries({ ...root?.tags, ...(root && { [MANIFEST]: root.manifest }) }))
  const hashes = new Map<string, string>()
  for (const path of files.sizes.keys()) hashes.set(path, await hashOf(files, path))
  const wanted = new Map([...tags, ...sealed, ...payload])
  for (const path of REQUIRED) if (!wanted.has(path)) wanted.set(path, '')
  // Of the others the seal itself says what they are.
  const isTold = (path: string) => isPayload(path) || sealed.has(path) || path === TIME_REQUEST || path === TIME_TOKEN
  const differ = compare({ wanted, hashes }, isTold, findings)
  for (const path of files.sizes.keys()) if (!wanted.has(path) && path !== TIME_TOKEN) tellAdded(path, { places: { wanted, hashes }, findings })
  for (const path of files.odd) findings.add({ file: path, problem: 'added', words: `${path} is no plain file, and was not there when the bundle was sealed.` })
  checkTagManifest(tags, hashes, { sealed, isSigned, findings })
  return { hashes, differ }
}

function compare(places: Places, isTold: (path: string) => boolean, findings: Findings): Set<string> {
  const differ = new Set<string>()
  for (const [path, expected] of places.wanted) {
    const found = places.hashes.get(path)
    if (found === expected || (expected === '' && found !== undefined)) continue
    differ.add(path)
    if (found === undefined) tellMissing(path, expected, { places, findings })
    else if (isTold(path)) tellChanged(path, expected, { places, findings })
  }
  return differ
}

const REQUIRED = ['bagit.txt', 'bag-info.txt', MANIFEST, TAG_MANIFEST, ROOT, SIGNATURE, PUBLIC_KEY, TIME_REQUEST]

type Places = { wanted: Map<string, string>; hashes: Map<string, string> }
type Telling = { places: Places; findings: Findings }

function tellMissing(path: string, expected: string, { places, findings }: Telling): void {
  const now = expected === '' ? undefined : [...places.hashes].find(([other, hash]) => hash === expected && !places.wanted.has(other))
  if (now) findings.add({ file: path, problem: 'moved', expected: path, found: now[0], words: `${path} is not there; the same file stands at ${now[0]}.` })
  else findings.add({ file: path, problem: 'missing', expected: expected || null, words: `${path} is missing.` })
}

function tellChanged(path: string, expected: string, { places: { wanted, hashes }, findings }: Telling): void {
  const found = hashes.get(path) ?? ''
  const other = [...wanted].find(([place, hash]) => hash === found && hashes.get(place) === expected)
  if (other) findings.add({ file: path, problem: 'swapped', expected, found, words: `${path} and ${other[0]} stand in the place of each other.` })
  else findings.add({ file: path, problem: 'changed', expected, found, words: `${path} was changed.` })
}

function tellAdded(path: string, { places: { wanted, hashes }, findings }: Telling): void {
  const found = hashes.get(path) ?? ''
  const same = [...wanted].find(([, hash]) => hash === found)
  const words = same ? `${path} was added; it is the same as ${same[0]}.` : `${path} was added; it was not there when the bundle was sealed.`
  findings.add({ file: path, problem: 'added', found, words })
}

/** The list of the files about the bundle; what it names is checked by the seal itself, so that a change is named where it is. */
function checkTagManifest(tags: Map<string, string>, hashes: Map<string, string>, { sealed, isSigned, findings }: { sealed: ReadonlyMap<string, string>; isSigned: boolean; findings: Findings }): void {
  if (!hashes.has(TAG_MANIFEST)) return
  for (const [path, hash] of hashes) {
    if (isPayload(path) || path === TAG_MANIFEST || (path === TIME_TOKEN && !tags.has(path))) continue
    const said = tags.get(path) ?? null
    if (said === hash || (said === null && !REQUIRED.includes(path) && !sealed.has(path))) continue
    const isOwn = isSigned || (path !== ROOT && path !== SIGNATURE)
    if (!isOwn) findings.add({ file: path, problem: 'changed', expected: said, found: hash, words: `${path} was changed.` })
    else findings.add({ file: TAG_MANIFEST, problem: 'changed', expected: hash, found: said, words: `${TAG_MANIFEST} does not name ${path} as it is: one of the two was changed.` })
  }
}

async function manifestOf(files: BundleFiles, path: string, findings: Findings): Promise<Map<string, string>> {
  const bytes = await bundleBytes(files, path, MOST_MANIFEST)
  if (bytes === null) return new Map()
  const { hashes, wrong } = readManifest(bytes.toString('utf8'))
  for (const line of wrong.slice(0, 20)) findings.add({ file: path, problem: 'changed', words: `Line ${line} of ${path} is no line of a manifest.` })
  const sorted = [...hashes.keys()]
  if (sorted.some((one, at) => at > 0 && one < (sorted[at - 1] ?? ''))) findings.add({ file: path, problem: 'moved', words: `The lines of ${path} are in another order.` })
  return hashes
}

async function hashOf(files: BundleFiles, path: string): Promise<string> {
  const hash = createHash('sha256')
  for await (const piece of files.read(path)) hash.update(piece)
  return hash.digest('hex')
}
