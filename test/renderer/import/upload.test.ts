import { describe, expect, it, vi } from 'vitest'
import type { Backend } from '../../../src/contract'
import { CHUNK, type UploadSource, uploadFiles } from '../../../src/renderer/import/upload'

type Held = { name: string; size: number; received: number; order: number[] }

function uploadBackend(fail?: (method: string, n: number) => boolean) {
  const uploads = new Map<string, Held>()
  const most = { underWay: 0, ofOneFile: 0 }
  let underWay = 0
  let n = 0
  const perFile = new Map<string, number>()
  const call = async (method: string, ask: { upload: string; name: string; size: number; bytes: Uint8Array }) => {
    n++
    if (fail?.(method, n)) throw new Error(`no ${method}`)
    if (method === 'upload.begin') {
      const upload = `u${uploads.size}`
      uploads.set(upload, { name: ask.name, size: ask.size, received: 0, order: [] })
      return { value: { upload } }
    }
    if (method === 'upload.discard') return { value: uploads.delete(ask.upload) }
    const held = uploads.get(ask.upload)
    held?.order.push(ask.bytes[0] ?? -1)
    const own = (perFile.get(ask.upload) ?? 0) + 1
    perFile.set(ask.upload, own)
    most.underWay = Math.max(most.underWay, ++underWay)
    most.ofOneFile = Math.max(most.ofOneFile, own)
    await new Promise((resolve) => setTimeout(resolve, 2))
    underWay--
    perFile.set(ask.upload, (perFile.get(ask.upload) ?? 1) - 1)
    if (held) held.received += ask.bytes.length
    return { value: { received: held?.received } }
  }
  return { backend: { call, on: () => () => {} } as unknown as Backend, uploads, most }
}

const file = (name: string, size: number): UploadSource => ({
  name,
  size,
  mtime: 0,
  read: async (from, to) => new Uint8Array(to - from).fill(from / CHUNK),
})

const two = [file('a', 20 * CHUNK), file('b', 20 * CHUNK)]

const quiet = { signal: new AbortController().signal, onProgress: () => {} }

describe('handing files over', () => {
  it('sends every byte in order, some chunks at once', async () => {
    const { backend, uploads, most } = uploadBackend()
    const onProgress = vi.fn()
    const ids = await uploadFiles(backend, [file('a', 9.5 * CHUNK)], { ...quiet, onProgress })
    expect(uploads.get(ids[0] ?? '')).toEqual({
      name: 'a',
      size: 9.5 * CHUNK,
      received: 9.5 * CHUNK,
      order: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9],
    })
    expect(most.ofOneFile).toBe(4)
    expect(onProgress).toHaveBeenLastCalledWith(9.5 * CHUNK)
  })

  it('gives the ids in the order of the files, empty ones too', async () => {
    const { backend, uploads } = uploadBackend()
    const names = Array.from({ length: 20 }, (_, n) => `f${n}`)
    const ids = await uploadFiles(backend, names.map((name, n) => file(name, n * 1000)), quiet)
    expect(ids.map((id) => uploads.get(id)?.name)).toEqual(names)
  })

  it('leaves nothing behind when it is stopped', async () => {
    const { backend, uploads } = uploadBackend()
    const stop = new AbortController()
    const onProgress = () => stop.abort()
    const sent = uploadFiles(backend, two, { signal: stop.signal, onProgress })
    await expect(sent).rejects.toMatchObject({ name: 'AbortError' })
    expect(uploads.size).toBe(0)
  })

  it('leaves nothing behind when the backend refuses, and says why', async () => {
    const { backend, uploads } = uploadBackend((method, n) => method === 'upload.append' && n > 6)
    await expect(uploadFiles(backend, two, quiet)).rejects.toThrow('no upload.append')
    expect(uploads.size).toBe(0)
  })
})
