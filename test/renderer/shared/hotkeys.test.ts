import { describe, expect, it } from 'vitest'
import { hotkeyName } from '../../../src/renderer/shared/hotkeys'
import { matchWords } from '../../../src/renderer/shared/match-words'

const plain = { ctrlKey: false, metaKey: false, altKey: false }

describe('names of pressed keys', () => {
  it('keep the case of a letter, which Shift makes', () => {
    expect(hotkeyName({ ...plain, key: 'g' })).toBe('g')
    expect(hotkeyName({ ...plain, key: 'G' })).toBe('G')
    expect(hotkeyName({ ...plain, key: '?' })).toBe('?')
    expect(hotkeyName({ ...plain, key: 'ArrowDown' })).toBe('ArrowDown')
  })

  it('treat Command as Ctrl, whatever Caps Lock says', () => {
    expect(hotkeyName({ ...plain, ctrlKey: true, key: 'K' })).toBe('Ctrl+k')
    expect(hotkeyName({ ...plain, metaKey: true, key: 'k' })).toBe('Ctrl+k')
    expect(hotkeyName({ ...plain, ctrlKey: true, altKey: true, key: 'Enter' })).toBe('Ctrl+Alt+Enter')
  })
})

describe('the search of a list', () => {
  it('finds words in any order and case, and looks through separators', () => {
    expect(matchWords('America/New_York', 'york new')).toBe(true)
    expect(matchWords('America/New_York', 'New_y')).toBe(true)
    expect(matchWords('Europe/Berlin', '')).toBe(true)
    expect(matchWords('Europe/Berlin', 'berlin x')).toBe(false)
  })
})
