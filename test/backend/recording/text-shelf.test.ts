import { expect, it } from 'vitest'
import { LocalReading } from '../../../src/backend/recording/local-reading'
import type { Reading } from '../../../src/backend/recording/reading'
import { TextShelf } from '../../../src/backend/recording/text-shelf'
import { OPTIONS } from './an-opened'
import { fileOf } from './read-recording'

/** Reads recordings of a thousand characters each, and tells which. */
function reader(): { read: (id: string) => () => Reading; seen: string[] } {
  const seen: string[] = []
  const file = fileOf(`{"version":2,"width":80,"height":24}\n[1,"o","${'text\\r\\n'.repeat(250)}"]\n`)
  const read = (id: string) => (): Reading => {
    seen.push(id)
    const { limits } = OPTIONS
    const options = { limits, keyframes: false, end: null, checksFirst: false }
    return new LocalReading({ files: [file], part: '' }, { options, onProgress: () => {}, onDamaged: () => {}, onError: () => {} })
  }
  return { read, seen }
}

it('keeps the texts used last, up to its bound', async () => {
  const { read, seen } = reader()
  const shelf = new TextShelf(30_000)
  for (const id of ['a', 'b', 'a', 'b', 'c', 'd', 'd', 'a', 'e', 'a']) expect((await shelf.textOf(id, read(id))).lines.count).toBeGreaterThan(200)
  // Three of them fit.
  expect(seen).toEqual(['a', 'b', 'c', 'd', 'a', 'e'])
})

it('reads one text once for all that wait for it, and keeps none that is too long', async () => {
  const { read, seen } = reader()
  const shelf = new TextShelf(1000)
  await Promise.all([shelf.textOf('a', read('a')), shelf.textOf('a', read('a'))])
  expect(seen).toEqual(['a'])
  await shelf.textOf('a', read('a'))
  expect(seen).toEqual(['a', 'a'])
})
