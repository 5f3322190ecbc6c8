import { open, rm } from 'node:fs/promises'
import { UsageError } from './usage-error'

/** Writes a new file. One that is there is never written over, and half of one is not left. */
export async function writeOut(path: string, content: Iterable<string | Uint8Array> | Uint8Array): Promise<void> {
  const file = await open(path, 'wx', 0o600).catch((error: NodeJS.ErrnoException) => {
    throw error.code === 'EEXIST' ? new UsageError(`${path} is there already; nothing was written.`) : error
  })
  try {
    if (content instanceof Uint8Array) await file.writeFile(content)
    else for (const piece of together(content)) await file.writeFile(piece)
    await file.sync()
    await file.close()
  } catch (error) {
    await file.close()
    await rm(path, { force: true })
    throw error
  }
}

/** Characters written in one go; texts are often a line each. */
const PIECE = 256 * 1024

function* together(pieces: Iterable<string | Uint8Array>): Generator<string | Uint8Array> {
  let piece = ''
  for (const one of pieces) {
    if (typeof one !== 'string') {
      if (piece !== '') yield piece
      piece = ''
      yield one
      continue
    }
    piece += one
    if (piece.length < PIECE) continue
    yield piece
    piece = ''
  }
  if (piece !== '') yield piece
}
