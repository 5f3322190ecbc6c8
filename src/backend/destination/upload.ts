import { BackendFault } from '../../contract'
import { elementIn } from './faults'
import { askStore, type StoreDoor } from './request'
import { encoded } from './address'

const MB = 1024 * 1024

/** Bytes of a part, and from the thousandth on: a store takes 10,000 parts of at least 5 MiB. */
const PART = { bytes: 8 * MB, laterBytes: 16 * MB, laterFrom: 1000, most: 10_000 }

/** Milliseconds that taking back an upload may wait between its tries. */
const TAKING_BACK = { tries: 3, firstWaitMs: 200, mostWaitMs: 1000 }

export type StoredObject = { name: string; type: string }

type Pieces = AsyncIterable<Uint8Array> | Iterable<Uint8Array>

/** Writes an object: it is there whole under its name, or not at all. Never more than two parts of it are held. Answers its bytes. */
export async function putObject(door: StoreDoor, { name, type }: StoredObject, pieces: Pieces): Promise<number> {
  const parts = partsOf(pieces)
  const first = await parts.next()
  const second = await parts.next()
  if (!second.done) return putParts(door, { name, type }, (async function* () {
    if (!first.done) yield first.value
    yield second.value
    yield* parts
  })())
  const body = first.done ? new Uint8Array() : first.value
  await askStore(door, { method: 'PUT', name, headers: { 'content-type': type }, body })
  return body.length
}

async function* partsOf(pieces: Pieces): AsyncGenerator<Uint8Array> {
  let part = Buffer.allocUnsafe(PART.bytes)
  let filled = 0
  let made = 0
  for await (const piece of pieces) {
    for (let at = 0; at < piece.length; ) {
      const taken = Math.min(piece.length - at, part.length - filled)
      part.set(piece.subarray(at, at + taken), filled)
      at += taken
      filled += taken
      if (filled < part.length) continue
      yield part
      made++
      filled = 0
      // A part that is on its way is not written over.
      part = Buffer.allocUnsafe(made < PART.laterFrom ? PART.bytes : PART.laterBytes)
    }
  }
  if (filled > 0) yield part.subarray(0, filled)
}

async function putParts(door: StoreDoor, { name, type }: StoredObject, parts: AsyncIterable<Uint8Array>): Promise<number> {
  const { body } = await askStore(door, { method: 'POST', name, query: 'uploads=', headers: { 'content-type': type } })
  const id = elementIn(body, 'UploadId')
  if (id === '') throw bad(door, 'named no upload')
  try {
    const tags: string[] = []
    let bytes = 0
    for await (const part of parts) {
      if (tags.length === PART.most) throw bad(door, `takes no more than ${PART.most} parts`)
      const { headers } = await askStore(door, { method: 'PUT', name, query: `partNumber=${tags.length + 1}&uploadId=${encoded(id)}`, body: part })
      if (!headers['etag']) throw bad(door, 'gave no tag for a part')
      tags.push(headers['etag'])
      bytes += part.length
    }
    await complete(door, { name, id, tags, bytes })
    return bytes
  } catch (error) {
    throw await takenBack(door, { name, id, error })
  }
}

type Upload = { name: string; id: string; tags: readonly string[]; bytes: number }

async function complete(door: StoreDoor, { name, id, tags, bytes }: Upload): Promise<void> {
  const parts = tags.map((tag, at) => `<Part><PartNumber>${at + 1}</PartNumber><ETag>${escaped(tag)}</ETag></Part>`)
  const body = Buffer.from(`<CompleteMultipartUpload xmlns="http://s3.amazonaws.com/doc/2006-03-01/">${parts.join('')}</CompleteMultipartUpload>`)
  try {
    const answer = await askStore(door, { method: 'POST', name, query: `uploadId=${encoded(id)}`, headers: { 'content-type': 'application/xml' }, body })
    // A store that works long on it begins with 200 and may end in an error.
    if (elementIn(answer.body, 'ETag') === '') throw bad(door, `did not put the parts together (${elementIn(answer.body, 'Code') || 'no reason given'})`)
  } catch (error) {
    // The answer of a try before may be what was lost: the upload is then no more, and the object is there.
    if (!(error instanceof BackendFault && error.code === 'not-found' && (await sizeOf(door, name)) === bytes)) throw error
  }
}

/** Bytes of an object; null where it cannot be said. */
async function sizeOf(door: StoreDoor, name: string): Promise<number | null> {
  try {
    const { headers } = await askStore(door, { method: 'GET', name, headers: { range: 'bytes=0-0' } })
    const [, bytes = ''] = /^bytes 0-0\/(\d+)$/.exec(headers['content-range'] ?? '') ?? []
    return bytes === '' ? null : Number(bytes)
  } catch {
    return null
  }
}

/** Ends an upload that will not be whole, so that its parts are not kept and paid for. Answers what is to be told. */
async function takenBack(door: StoreDoor, { name, id, error }: { name: string; id: string; error: unknown }): Promise<unknown> {
  // Whoever cancelled the upload did not cancel this.
  const { signal: _, ...patient } = door
  try {
    await askStore({ ...patient, pace: TAKING_BACK }, { method: 'DELETE', name, query: `uploadId=${encoded(id)}` })
    return error
  } catch (other) {
    if (!(error instanceof BackendFault && other instanceof BackendFault) || other.code === 'not-found') return error
    return new BackendFault({ code: error.code, message: `${error.message} The parts that were sent could not be taken back: a rule of the bucket for incomplete uploads removes them.` })
  }
}

function bad({ destination: { name, url } }: StoreDoor, what: string): BackendFault {
  return new BackendFault({ code: 'bad-answer', message: `${name}: ${new URL(url).host} ${what}.` })
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}
