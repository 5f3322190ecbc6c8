import { describe, expect, it } from 'vitest'
import { withoutDirections } from '../../../src/renderer/replay/directions'

const without = (text: string) => new TextDecoder().decode(withoutDirections(new TextEncoder().encode(text)))

describe('characters that turn the direction', () => {
  it('are taken out, wherever they stand', () => {
    expect(without('\u202egnp.exe\u202c')).toBe('gnp.exe')
    expect(without('a\u2066b\u2067c\u2068d\u2069e\u200ef\u200fg\u061ch')).toBe('abcdefgh')
    expect(without('\u202a\u202b\u202c\u202d\u202e')).toBe('')
  })

  it('leave every other character as it is', () => {
    const text = 'مرحبا שלום – “x” … ⁠ ‰ \u001b[31m漢\u200d\u2029'
    expect(without(text)).toBe(text)
  })

  it('cost no copy where there are none', () => {
    const bytes = new TextEncoder().encode('plain – text')
    expect(withoutDirections(bytes)).toBe(bytes)
  })

  it('are not made up at the end of the bytes', () => {
    const bytes = Uint8Array.from([0x61, 0xe2, 0x80])
    expect(withoutDirections(bytes)).toEqual(bytes)
  })
})
