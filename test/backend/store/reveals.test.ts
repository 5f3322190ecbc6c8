import { expect, test } from 'vitest'
import type { ReadableStore } from '../../../src/backend/store'
import { tempFolder } from '../temp-folder'
import { aRecording, IMPORTED } from './a-recording'
import { nowAndReopened, reopened, writable } from './a-store'

test('when what was typed in a recording was looked at is told for ever', async () => {
  const folder = tempFolder()
  const store = await writable(folder)
  const { facts, files } = aRecording({ typescript: 'Script started\nhello\n' })
  store.keepRecordings(IMPORTED, [facts], files)
  expect(store.revealsOf(facts.id)).toEqual([])
  store.noteReveal(facts.id)
  store.noteReveal(facts.id)
  const times = store.revealsOf(facts.id)
  const check = (held: ReadableStore) => expect(held.revealsOf(facts.id)).toEqual(times)
  expect(times).toHaveLength(2)
  const again = await reopened(store, folder)
  check(again)
  await again.remove(IMPORTED.name, true)
  await nowAndReopened(again, folder, check)
})
