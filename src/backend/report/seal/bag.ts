import { createHash, type Hash } from 'node:crypto'
import type { BundleSink } from './sink'

// BagIt 1.0, RFC 8493.

export const BAGIT = 'BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n'
export const MANIFEST = 'manifest-sha256.txt'
export const TAG_MANIFEST = 'tagmanifest-sha256.txt'
export const HOW_TO_VERIFY = 'how-to-verify.txt'
export const ROOT = 'seal/root.json'
export const SIGNATURE = 'seal/root.sig'
export const PUBLIC_KEY = 'seal/key.pub'
export const TIME_REQUEST = 'seal/root.tsq'
/** The answer of a time stamp authority: may be put there after sealing, so no manifest need name it. */
export const TIME_TOKEN = 'seal/root.tsr'

export type Piece = Uint8Array | string
export type Pieces = Iterable<Piece> | AsyncIterable<Piece>

/** Writes files one after the other and remembers what each of them is. */
export class BagWriter {
  readonly #sink: BundleSink
  /** Hex SHA-256 by path, in the order of writing. */
  readonly hashes = new Map<string, string>()
  payloadBytes = 0

  constructor(sink: BundleSink) {
    this.#sink = sink
  }

  async add(path: string, pieces: Pieces | Piece): Promise<string> {
    const hash = createHash('sha256')
    this.#sink.begin(path)
    const all = typeof pieces === 'string' || pieces instanceof Uint8Array ? [pieces] : pieces
    for await (const piece of gathered(all)) await this.#write(path, hash, piece)
    await this.#sink.end()
    const sha256 = hash.digest('hex')
    this.hashes.set(path, sha256)
    return sha256
  }

  async #write(path: string, hash: Hash, bytes: Uint8Array): Promise<void> {
    hash.update(bytes)
    if (isPayload(path)) this.payloadBytes += bytes.length
    await this.#sink.write(bytes)
  }

  close(): Promise<void> {
    return this.#sink.close()
  }

  /** Lines of a manifest of these files, as `sha256sum -c` reads them. */
  manifest(isListed: (path: string) => boolean): string {
    const listed = [...this.hashes].filter(([path]) => isListed(path)).toSorted(([a], [b]) => (a < b ? -1 : 1))
    return listed.map(([path, sha256]) => `${sha256}  ${path}\n`).join('')
  }
}

export function isPayload(path: string): boolean {
  return path.startsWith('data/')
}

/** Characters gathered before they are written: each write costs, a long piece costs memory. */
const GATHER = 256 * 1024

async function* gathered(pieces: Pieces): AsyncGenerator<Uint8Array> {
  let texts: string[] = []
  let length = 0
  for await (const piece of pieces) {
    if (typeof piece === 'string') {
      texts.push(piece)
      length += piece.length
      if (length < GATHER) continue
    }
    if (length > 0) yield Buffer.from(texts.join(''))
    texts = []
    length = 0
    if (typeof piece !== 'string') yield piece
  }
  if (length > 0) yield Buffer.from(texts.join(''))
}

const LINE = /^([0-9a-f]{64}) {2}(.+)$/

/** Hex SHA-256 by path; `wrong` are the numbers of lines that are none. */
export function readManifest(text: string): { hashes: Map<string, string>; wrong: number[] } {
  const hashes = new Map<string, string>()
  const wrong: number[] = []
  const lines = text.split('\n')
  if (lines.at(-1) === '') lines.pop()
  else wrong.push(lines.length)
  for (const [at, line] of lines.entries()) {
    const [, sha256 = '', path = ''] = LINE.exec(line) ?? []
    if (path === '' || hashes.has(path)) wrong.push(at + 1)
    else hashes.set(path, sha256)
  }
  return { hashes, wrong }
}

/** A name that is one on every system: what is odd becomes `_`. */
export function safeName(name: string): string {
  const base = name.replace(/^.*[/\\]/, '')
  const plain = base.replaceAll(/[^\w.-]/g, '_').replace(/^\.+/, '_').slice(-100)
  return plain === '' ? '_' : plain
}
