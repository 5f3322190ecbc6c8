import type { Backend } from '../../contract'

/** A file to hand over, whatever holds it. */
export type UploadSource = {
  name: string
  size: number
  /** Milliseconds since 1970. */
  mtime: number
  read: (from: number, to: number) => Promise<Uint8Array>
}

export type UploadOptions = {
  signal: AbortSignal
  /** Bytes the backend has of all files together. */
  onProgress: (bytesDone: number) => void
}

export const CHUNK = 1024 * 1024
/** Chunks of one file under way at once: enough to hide the way there and back, few enough to hold in memory. */
const CHUNKS_UNDER_WAY = 4
/** Files handed over at once, so that many small ones do not wait for each other's answers. */
const FILES_UNDER_WAY = 3

/**
 * Hands files over, each in order of its bytes. Gives their upload ids in the order of the files; on failure or abort
 * nothing stays behind.
 */
export async function uploadFiles(backend: Backend, files: UploadSource[], options: UploadOptions): Promise<string[]> {
  const stop = new AbortController()
  const signal = AbortSignal.any([options.signal, stop.signal])
  const begun: string[] = []
  const ids: string[] = []
  let next = 0
  let bytesDone = 0
  const lane = async () => {
    while (next < files.length) {
      const index = next++
      const file = files[index]
      if (!file) return
      signal.throwIfAborted()
      const { name, size, mtime } = file
      const { upload } = (await backend.call('upload.begin', { name, size, mtime })).value
      begun.push(upload)
      ids[index] = upload
      await sendChunks(backend, { file, upload, signal }, (bytes) => {
        bytesDone += bytes
        options.onProgress(bytesDone)
      })
    }
  }
  const lanes = Array.from({ length: FILES_UNDER_WAY }, async () => {
    try {
      await lane()
    } catch (error) {
      stop.abort(error)
      throw error
    }
  })
  const ends = await Promise.allSettled(lanes)
  if (signal.aborted) {
    await discardUploads(backend, begun)
    options.signal.throwIfAborted()
  }
  for (const end of ends) if (end.status === 'rejected') throw end.reason
  return ids
}

/** What is no longer there to discard is as good as discarded. */
export async function discardUploads(backend: Backend, uploads: string[]): Promise<void> {
  await Promise.allSettled(uploads.map((upload) => backend.call('upload.discard', { upload })))
}

type Sending = { file: UploadSource; upload: string; signal: AbortSignal }

async function sendChunks(backend: Backend, sending: Sending, onSent: (bytes: number) => void): Promise<void> {
  const { file, upload, signal } = sending
  const underWay = new Set<Promise<void>>()
  for (let from = 0; from < file.size; from += CHUNK) {
    signal.throwIfAborted()
    const bytes = await file.read(from, Math.min(file.size, from + CHUNK))
    while (underWay.size >= CHUNKS_UNDER_WAY) await Promise.race(underWay)
    // The backend takes chunks in the order they are sent, so each is sent before the next is read.
    const sent = backend.call('upload.append', { upload, bytes }).then(() => {
      underWay.delete(sent)
      onSent(bytes.length)
    })
    // A failure is taken up by the race or at the end; until then it must not count as unhandled.
    sent.catch(() => undefined)
    underWay.add(sent)
  }
  await Promise.all(underWay)
}
