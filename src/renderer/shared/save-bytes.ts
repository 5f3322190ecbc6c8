import type { Desktop } from '../../contract'
import { desktop } from '../api'

/** A file that goes beside another one: its name is that file's with an ending more. */
export type BesideFile = { name: string; chunks: () => AsyncIterable<Uint8Array> }

/**
 * Saves under a name; on the desktop the host asks where. False when the person closed that dialog, and then nothing is
 * read from `chunks`. Rejects when reading or writing fails; no half-written file stays behind.
 */
export function saveBytes(name: string, chunks: AsyncIterable<Uint8Array>): Promise<boolean> {
  return saveFiles({ name, chunks, beside: [] })
}

type Files = { name: string; chunks: AsyncIterable<Uint8Array>; beside: readonly BesideFile[] }

/** The same with files beside it, which are read after it: all of them are saved or none. */
export async function saveFiles(files: Files): Promise<boolean> {
  const host = desktop()
  if (host) return saveOnDesktop(host, files)
  const { name, chunks, beside } = files
  const blobs = [{ name, blob: await collected(chunks) }]
  for (const file of beside) blobs.push({ name: file.name, blob: await collected(file.chunks()) })
  for (const file of blobs) download(file.name, file.blob)
  return true
}

/** A browser gives no stream to a file everywhere, so the parts are collected; a Blob may keep them on disk. */
async function collected(chunks: AsyncIterable<Uint8Array>): Promise<Blob> {
  const parts: Blob[] = []
  for await (const chunk of chunks) parts.push(new Blob([new Uint8Array(chunk)]))
  return new Blob(parts, { type: 'application/octet-stream' })
}

function download(name: string, blob: Blob): void {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(blob)
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000)
}

async function saveOnDesktop(host: Desktop, { name, chunks, beside }: Files): Promise<boolean> {
  const id = await host.saveBegin(name)
  if (id === null) return false
  const open = [id]
  try {
    for await (const chunk of chunks) await host.saveWrite(id, chunk)
    for (const file of beside) {
      const other = await host.saveBeside(id, file.name.slice(name.length))
      open.push(other)
      for await (const chunk of file.chunks()) await host.saveWrite(other, chunk)
    }
  } catch (error) {
    for (const one of open) await host.saveEnd(one, false)
    throw error
  }
  for (const one of open) await host.saveEnd(one, true)
  return true
}
