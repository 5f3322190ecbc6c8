import type { Desktop } from '../../contract'
import { desktop } from '../api'

/**
 * Saves under a name; on the desktop the host asks where. False when the person closed that dialog, and then nothing is
 * read from `chunks`. Rejects when reading or writing fails; no half-written file stays behind.
 */
export async function saveBytes(name: string, chunks: AsyncIterable<Uint8Array>): Promise<boolean> {
  const host = desktop()
  if (host) return saveOnDesktop(host, name, chunks)
  // A browser gives no stream to a file everywhere, so the parts are collected; a Blob may keep them on disk.
  const parts: Blob[] = []
  for await (const chunk of chunks) parts.push(new Blob([new Uint8Array(chunk)]))
  const link = document.createElement('a')
  link.href = URL.createObjectURL(new Blob(parts, { type: 'application/octet-stream' }))
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000)
  return true
}

async function saveOnDesktop(host: Desktop, name: string, chunks: AsyncIterable<Uint8Array>): Promise<boolean> {
  const id = await host.saveBegin(name)
  if (id === null) return false
  try {
    for await (const chunk of chunks) await host.saveWrite(id, chunk)
  } catch (error) {
    await host.saveEnd(id, false)
    throw error
  }
  await host.saveEnd(id, true)
  return true
}
