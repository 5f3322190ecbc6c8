// @ts-check
// Hashes, the tree of RFC 6962 and Ed25519 by the browser's own WebCrypto.

/** @param {Uint8Array<ArrayBuffer>} bytes */
export async function sha256(bytes) {
  return new Uint8Array(await crypto.subtle.digest('SHA-256', bytes))
}

/** @param {Uint8Array<ArrayBuffer>} bytes */
export function hex(bytes) {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
}

/** @param {string} text */
export function fromHex(text) {
  return Uint8Array.from(text.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16))
}

/** @param {string} text */
export function fromBase64(text) {
  return Uint8Array.from(atob(text), (character) => character.charCodeAt(0))
}

/** @param {string} text */
export function utf8(text) {
  return new TextEncoder().encode(text)
}

/** @param {Uint8Array<ArrayBuffer>[]} parts */
function joined(...parts) {
  const all = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of parts) {
    all.set(part, at)
    at += part.length
  }
  return all
}

const LEAF = Uint8Array.of(0)
const NODE = Uint8Array.of(1)

/** @param {Uint8Array<ArrayBuffer>} row */
export function leafOf(row) {
  return sha256(joined(LEAF, row))
}

/** @param {Uint8Array<ArrayBuffer>} left @param {Uint8Array<ArrayBuffer>} right */
function nodeHash(left, right) {
  return sha256(joined(NODE, left, right))
}

/** The root that a leaf and its audit path lead to. @param {Uint8Array<ArrayBuffer>} leaf @param {{index: number, size: number}} place @param {Uint8Array<ArrayBuffer>[]} proof @returns {Promise<Uint8Array<ArrayBuffer>>} */
async function rootFrom(leaf, { index, size }, proof) {
  const top = proof.at(-1)
  if (size <= 1 || !top) return leaf
  const split = 2 ** (Math.ceil(Math.log2(size)) - 1)
  const below = proof.slice(0, -1)
  if (index < split) return nodeHash(await rootFrom(leaf, { index, size: split }, below), top)
  return nodeHash(top, await rootFrom(leaf, { index: index - split, size: size - split }, below))
}

/** Root over all leaves. @param {Uint8Array<ArrayBuffer>[]} leaves */
export async function treeRoot(leaves) {
  const [first] = leaves
  if (!first) return sha256(new Uint8Array())
  let level = leaves
  while (level.length > 1) {
    level = await Promise.all(level.filter((_, at) => at % 2 === 0).map(async (left, at) => {
      const right = level[2 * at + 1]
      // An odd end passes up as it is.
      return right ? nodeHash(left, right) : left
    }))
  }
  return level[0] ?? first
}

/** 'good', 'bad', or 'unable' where the browser has no Ed25519. @param {string} key @param {Uint8Array<ArrayBuffer>} bytes @param {Uint8Array<ArrayBuffer>} signature */
export async function signatureState(key, bytes, signature) {
  let imported
  try {
    imported = await crypto.subtle.importKey('spki', fromBase64(key), { name: 'Ed25519' }, false, ['verify'])
  } catch (error) {
    return error instanceof DOMException && error.name === 'NotSupportedError' ? 'unable' : 'bad'
  }
  return (await crypto.subtle.verify({ name: 'Ed25519' }, imported, signature, bytes)) ? 'good' : 'bad'
}

/**
 * What of this page is not as it was sealed.
 * @param {string} text @param {any} content @param {{signature: string, key: string}} seal
 */
export async function checkPage(text, content, seal) {
  const problems = []
  const state = await signatureState(seal.key, utf8(text), fromBase64(seal.signature))
  if (state === 'bad') problems.push('The signature does not fit what this report says: its content or the signature was changed.')
  if (hex(await sha256(fromBase64(seal.key))) !== content.key) problems.push('The key is another than the one the report was sealed with.')
  const leaves = new Map()
  for (const { line, text: row, proof } of content.rows) {
    const leaf = await leafOf(utf8(row))
    leaves.set(line, hex(leaf))
    const root = await rootFrom(leaf, { index: line - 1, size: content.events.size }, proof.map(fromHex))
    if (hex(root) !== content.events.root) problems.push(`The record of line ${line} is not one of the records that were sealed.`)
  }
  for (const { key, line, leaf } of content.cited) {
    if (line === 0) problems.push(`The cited record ${key} is not in the bundle.`)
    else if (leaves.has(line) && leaves.get(line) !== leaf) problems.push(`The cited record ${key} is another than the one in line ${line}.`)
  }
  return { problems, canSign: state !== 'unable', rows: leaves.size }
}
