import { createCipheriv, createDecipheriv, randomBytes, scrypt } from 'node:crypto'
import type { ByteSink } from './sink'

// Format of an encrypted bundle (`.zip.enc`), all numbers big-endian:
//   "RECOUNTE" u8 version = 1, u8 log2 of scrypt's N, u8 r, u8 p, 16 bytes salt, 7 bytes nonce prefix;
//   then chunks: 1 MiB of the zip (the last one 0 to 1 MiB) under AES-256-GCM, each followed by its 16 byte tag.
// The key is scrypt(passphrase in UTF-8 as typed, salt, N, r, p) of 32 bytes. The nonce of a chunk is prefix ‖ u32 number
// of the chunk from 0 ‖ u8 1 for the last chunk and 0 for the others, so that chunks cannot be cut off, moved or added.
// The 35 bytes of the head are the additional data of every chunk.

const MAGIC = Buffer.from('RECOUNTE')
export const BOX_HEAD = 35
const CHUNK = 1024 * 1024
const TAG = 16
const COST = { log2N: 17, r: 8, p: 1 }
/** A head that asks for more memory than this many bytes is not obeyed. */
const MOST_MEMORY = 1024 * 1024 * 1024

export class WrongPassphrase extends Error {}

export function isSealedBox(start: Uint8Array): boolean {
  return Buffer.from(start.subarray(0, MAGIC.length)).equals(MAGIC)
}

/** Encrypts what is written to it. */
export async function boxSink(passphrase: string, out: ByteSink): Promise<ByteSink> {
  const head = Buffer.alloc(BOX_HEAD)
  MAGIC.copy(head)
  head.set([1, COST.log2N, COST.r, COST.p], 8)
  randomBytes(23).copy(head, 12)
  const key = await keyOf(passphrase, head)
  let held: Buffer[] = []
  let length = 0
  let number = 0
  out.write(head)
  const flush = (chunk: Buffer, isLast: boolean) => {
    const cipher = createCipheriv('aes-256-gcm', key, nonceOf(head, number++, isLast)).setAAD(head)
    out.write(Buffer.concat([cipher.update(chunk), cipher.final(), cipher.getAuthTag()]))
  }
  return {
    write(bytes) {
      held.push(Buffer.from(bytes))
      length += bytes.length
      // One chunk is kept back: only the end says which is the last.
      if (length <= CHUNK) return
      const all = Buffer.concat(held)
      let at = 0
      for (; all.length - at > CHUNK; at += CHUNK) flush(all.subarray(at, at + CHUNK), false)
      held = [all.subarray(at)]
      length = all.length - at
    },
    close() {
      flush(Buffer.concat(held), true)
      out.close()
    },
    abandon: () => out.abandon(),
  }
}

/**
 * Decrypts a file of `size` bytes that `read` gives piece by piece. Throws `WrongPassphrase`, and says where bytes are
 * not those that were encrypted.
 */
export async function openBox(passphrase: string, size: number, read: (at: number, length: number) => Buffer): Promise<Generator<Buffer>> {
  const head = read(0, BOX_HEAD)
  if (head.length < BOX_HEAD || !isSealedBox(head) || head[8] !== 1) throw new Error('This is no encrypted bundle of a version that is known.')
  return chunks({ key: await keyOf(passphrase, head), head, size, read })
}

type Box = { key: Buffer; head: Buffer; size: number; read: (at: number, length: number) => Buffer }

function* chunks({ key, head, size, read }: Box): Generator<Buffer> {
  let number = 0
  for (let at = BOX_HEAD; at < size || number === 0; at += CHUNK + TAG) {
    const isLast = at + CHUNK + TAG >= size
    const bytes = read(at, Math.min(CHUNK + TAG, size - at))
    if (bytes.length < TAG) throw new Error('The encrypted bundle is cut short.')
    const decipher = createDecipheriv('aes-256-gcm', key, nonceOf(head, number, isLast)).setAAD(head)
    decipher.setAuthTag(bytes.subarray(bytes.length - TAG))
    const plain = decipher.update(bytes.subarray(0, bytes.length - TAG))
    try {
      decipher.final()
    } catch {
      const changed = `The encrypted bundle was changed or cut: bytes ${at} to ${at + bytes.length} are not those that were encrypted.`
      throw number === 0 ? new WrongPassphrase('The passphrase is another, or the encrypted bundle was changed.') : new Error(changed)
    }
    yield plain
    number++
  }
}

async function keyOf(passphrase: string, head: Buffer): Promise<Buffer> {
  const [log2N = 0, r = 0, p = 0] = head.subarray(9, 12)
  const memory = 128 * 2 ** log2N * r
  if (log2N < 10 || r < 1 || p < 1 || p > 16 || memory > MOST_MEMORY) throw new Error('The encrypted bundle asks for more memory than is given to one.')
  const cost = { N: 2 ** log2N, r, p, maxmem: memory + 64 * 1024 * 1024 }
  return new Promise((resolve, reject) => {
    scrypt(passphrase, head.subarray(12, 28), 32, cost, (error, key) => (error ? reject(error) : resolve(key)))
  })
}

function nonceOf(head: Buffer, number: number, isLast: boolean): Buffer {
  const nonce = Buffer.alloc(12)
  head.copy(nonce, 0, 28, BOX_HEAD)
  nonce.writeUInt32BE(number, 7)
  nonce[11] = isLast ? 1 : 0
  return nonce
}
