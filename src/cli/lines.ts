import type { Readable } from 'node:stream'
import { StringDecoder } from 'node:string_decoder'

/** Longest line that is taken, in characters: a file put there by mistake is not read whole. */
const LONGEST = 10_000

/** Reads a stream line by line, and no further than it is asked to; null at its end. */
export function linesOf(stream: Readable): () => Promise<string | null> {
  const decoder = new StringDecoder('utf8')
  let held = ''
  let ended = false

  async function next(): Promise<string | null> {
    for (;;) {
      const at = held.indexOf('\n')
      if (at >= 0) {
        const line = held.slice(0, at).replace(/\r$/, '')
        held = held.slice(at + 1)
        return line
      }
      if (ended || held.length > LONGEST) return lastOf()
      await more()
    }
  }

  function lastOf(): string | null {
    const line = held.slice(0, LONGEST)
    held = ''
    return line === '' ? null : line
  }

  function more(): Promise<void> {
    return new Promise((resolve) => {
      const take = (chunk: Buffer) => {
        held += decoder.write(chunk)
        done()
      }
      const end = () => {
        ended = true
        done()
      }
      const done = () => {
        stream.pause()
        stream.off('data', take).off('close', end).off('end', end).off('error', end)
        resolve()
      }
      if (stream.readableEnded || stream.destroyed) return end()
      stream.on('data', take).on('close', end).on('end', end).on('error', end)
      stream.resume()
    })
  }

  return next
}
