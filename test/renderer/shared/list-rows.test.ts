import { describe, expect, it } from 'vitest'
import { moveBy } from '../../../src/renderer/shared'

describe('the keys of the list', () => {
  const from = (key: string, cursor: number) => {
    let at = -1
    const isOwn = moveBy(key, { cursor, total: 50, page: 20 }, (next) => (at = next))
    return isOwn ? at : null
  }

  it.each([
    ['j', 3, 4],
    ['ArrowUp', 3, 2],
    ['k', 0, 0],
    ['j', 49, 49],
    ['g', 30, 0],
    ['G', 3, 49],
    ['PageDown', 45, 49],
    ['PageUp', 45, 25],
    ['q', 3, null],
    ['constructor', 3, null],
  ])('%s from %i leads to %j', (key, cursor, to) => {
    expect(from(key, cursor)).toBe(to)
  })
})
