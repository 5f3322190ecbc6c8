import { describe, expect, it } from 'vitest'
import { fold } from '../../../../src/backend/recording/lines/fold'

describe('the form for searching', () => {
  it('is as long as the text, for every character', () => {
    const changed: string[] = []
    for (let code = 0; code <= 0x10ffff; code++) {
      const character = String.fromCodePoint(code)
      if (fold(character).length !== character.length) changed.push(code.toString(16))
    }
    expect(changed).toEqual([])
  })

  it('keeps places where a lower case would be longer', () => {
    const text = 'İSTANBUL Error'
    expect(text.toLowerCase()).toHaveLength(text.length + 1)
    expect(fold(text).indexOf('error')).toBe(9)
  })

  it('does not depend on what follows', () => {
    expect(fold('ΟΔΟΣ')).toBe(fold('ΟΔΟΣΑ').slice(0, 4))
  })
})
