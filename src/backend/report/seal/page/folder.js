// @ts-check
// The whole bundle, from the folder that the person picks.
import { fromBase64, fromHex, hex, leafOf, sha256, signatureState, treeRoot } from './check.js'

/** Larger files are not read into the memory of a page. */
const LARGEST = 1.5e9
const SEAL_FILES = ['bagit.txt', 'bag-info.txt', 'manifest-sha256.txt', 'tagmanifest-sha256.txt', 'seal/root.json', 'seal/root.sig', 'seal/key.pub', 'seal/root.tsq']

/** Files by their path below the bundle. @param {FileList} list */
export function bundleFiles(list) {
  const all = Array.from(list, (file) => ({ file, path: file.webkitRelativePath || file.name }))
  const root = all.map(({ path }) => path).filter((path) => path.endsWith('manifest-sha256.txt') && !path.endsWith('tagmanifest-sha256.txt')).toSorted((a, b) => a.length - b.length)[0]
  if (root === undefined) return null
  const above = root.slice(0, -'manifest-sha256.txt'.length)
  return new Map(all.filter(({ path }) => path.startsWith(above)).map(({ file, path }) => [path.slice(above.length), file]))
}

/** @param {string} text */
function manifestOf(text) {
  return new Map(text.split('\n').filter(Boolean).map((line) => [line.slice(66), line.slice(0, 64)]))
}

/** @param {Map<string, File>} files @param {string} path */
async function bytesIn(files, path) {
  const file = files.get(path)
  if (file && file.size > LARGEST) throw new Error(`${path} is too large for a browser: check it with sha256sum or with Recount.`)
  return file ? new Uint8Array(await file.arrayBuffer()) : new Uint8Array()
}

/** @param {Uint8Array<ArrayBuffer>} bytes */
function textOf(bytes) {
  return new TextDecoder().decode(bytes)
}

/** @param {Uint8Array<ArrayBuffer>} bytes */
function rootIn(bytes) {
  try {
    return JSON.parse(textOf(bytes))
  } catch {
    return null
  }
}

/**
 * @param {Map<string, File>} files @param {(words: string) => void} tell @param {string} pageText What this page says.
 * @returns {Promise<{problems: string[], rootHash: string, files: number, stampedAt: string | null, lines: Uint8Array<ArrayBuffer>[]}>}
 */
export async function checkFolder(files, tell, pageText) {
  /** @type {string[]} */
  const problems = []
  const manifest = await bytesIn(files, 'manifest-sha256.txt')
  const rootBytes = await bytesIn(files, 'seal/root.json')
  const root = rootIn(rootBytes)
  await checkSeal(files, { root, rootBytes, problems })
  if (root?.manifest !== hex(await sha256(manifest))) problems.push('manifest-sha256.txt: is not the one that was sealed.')
  const expected = new Map([...manifestOf(textOf(manifest)), ...manifestOf(textOf(await bytesIn(files, 'tagmanifest-sha256.txt'))), ...Object.entries(root?.tags ?? {})])
  await checkHashes(files, expected, { problems, tell })
  const lines = await checkEvents(await bytesIn(files, 'data/events.jsonl'), { root, leaves: textOf(await bytesIn(files, 'data/leaves.txt')), problems, tell })
  if (textOf(await bytesIn(files, 'data/content.json')) !== pageText) problems.push('This page says something else than data/content.json of the folder.')
  const rootHash = hex(await sha256(rootBytes))
  const stampedAt = stampIn(await bytesIn(files, 'seal/root.tsr'), rootHash)
  if (files.has('seal/root.tsr') && stampedAt === null) problems.push('seal/root.tsr: the time stamp is not about this seal.')
  return { problems, rootHash, files: expected.size, stampedAt, lines }
}

/**
 * The time in a time stamp about this hash; null for any other. Who signed it is not looked at.
 * RFC 3161 section 2.4.2: behind the hash come a number and the time.
 * @param {Uint8Array<ArrayBuffer>} token @param {string} rootHash
 */
function stampIn(token, rootHash) {
  const after = hex(token).split(`0420${rootHash}`)[1]
  if (after === undefined || !after.startsWith('02')) return null
  const time = fromHex(after).subarray(2 + (fromHex(after)[1] ?? 0))
  const [, year, month, day, hour, minute, second] = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(?:\.\d+)?Z$/.exec(textOf(time.slice(2, 2 + (time[1] ?? 0)))) ?? []
  return time[0] === 0x18 && year ? `${year}-${month}-${day} ${hour}:${minute}:${second} UTC` : null
}

/** @param {Map<string, File>} files @param {{root: any, rootBytes: Uint8Array<ArrayBuffer>, problems: string[]}} about */
async function checkSeal(files, { root, rootBytes, problems }) {
  if (root === null) problems.push('seal/root.json: cannot be read.')
  const key = textOf(await bytesIn(files, 'seal/key.pub')).replaceAll(/-----[^-]+-----|\s/g, '')
  const state = await signatureState(key, rootBytes, await bytesIn(files, 'seal/root.sig'))
  if (state === 'bad') problems.push('seal/root.sig: the signature does not fit seal/root.json and seal/key.pub.')
  if (state === 'unable') problems.push('seal/root.sig: this browser has no Ed25519, so the signature could not be checked.')
  if (state === 'good' && root?.key !== hex(await sha256(fromBase64(key)))) problems.push('seal/key.pub: another key than the one that sealed.')
}

/** @param {Map<string, File>} files @param {Map<string, string>} expected @param {{problems: string[], tell: (words: string) => void}} about */
async function checkHashes(files, expected, { problems, tell }) {
  let done = 0
  for (const [path, wanted] of expected) {
    tell(`Checking file ${++done} of ${expected.size}`)
    if (!files.has(path)) problems.push(`${path}: missing.`)
    else if (hex(await sha256(await bytesIn(files, path))) !== wanted) problems.push(`${path}: changed.`)
  }
  for (const path of files.keys()) {
    if (!expected.has(path) && path !== 'tagmanifest-sha256.txt' && path !== 'seal/root.tsr') problems.push(`${path}: added; it was not there when the bundle was sealed.`)
  }
  for (const path of SEAL_FILES) if (!files.has(path) && !expected.has(path)) problems.push(`${path}: missing.`)
}

/** @param {Uint8Array<ArrayBuffer>} bytes @param {{root: any, leaves: string, problems: string[], tell: (words: string) => void}} about */
async function checkEvents(bytes, { root, leaves, problems, tell }) {
  /** @type {Uint8Array<ArrayBuffer>[]} */
  const lines = []
  for (let from = 0, to = bytes.indexOf(10); to >= 0; from = to + 1, to = bytes.indexOf(10, from)) lines.push(bytes.subarray(from, to))
  tell(`Checking ${lines.length} records`)
  const found = await Promise.all(lines.map(leafOf))
  if (hex(await treeRoot(found)) === root?.events?.root) return lines
  const wanted = leaves.split('\n').filter(Boolean).map((text) => text.slice(0, 64))
  const at = found.findIndex((leaf, line) => hex(leaf) !== wanted[line])
  const line = at < 0 ? Math.min(found.length, wanted.length) + 1 : at + 1
  problems.push(`data/events.jsonl: the records are not those that were sealed; the first that differs is line ${line}.`)
  return lines
}
