import { createElement } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { expect, test } from 'vitest'
import { ChangedNote } from '../../../src/renderer/marks/ChangedNote'
import { DEFAULT_SETTINGS, SettingsContext } from '../../../src/renderer/shared/SettingsProvider'
import { zoneFormat } from '../../../src/renderer/shared/zoned-time'

const [THEN, NOW] = ['a'.repeat(64), 'b'.repeat(64)]

/** The words of the note, without its tags. */
function said(now: string | null): string {
  const use = { settings: DEFAULT_SETTINGS, zone: zoneFormat('UTC'), change: () => undefined, toggleZone: () => undefined }
  // oxlint-disable-next-line unicorn/no-thenable -- a text, never awaited
  const note = createElement(ChangedNote, { changed: { then: THEN, now, since: Date.UTC(2026, 1, 6, 2, 57, 12) } })
  return renderToStaticMarkup(createElement(SettingsContext, { value: use }, note)).replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ')
}

test('a record that changed since it was marked is told with both versions, and one that is gone with the one', () => {
  expect(said(NOW)).toContain('has changed since it was marked')
  expect(said(NOW)).toMatch(/Marked 2026-02-06 02:57:12 UTC SHA-256 a{16}….* Now SHA-256 b{16}…/)
  expect(said(null)).toContain('is not held any more')
  expect(said(null)).toMatch(/SHA-256 a{16}….* Now not held/)
})
