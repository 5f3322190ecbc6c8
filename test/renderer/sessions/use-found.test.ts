import { describe, expect, it } from 'vitest'
import type { FoundInRecordings } from '../../../src/contract'
import { joined, type Found } from '../../../src/renderer/sessions/use-found'

const NOTHING: Found = { recordings: [], searched: 0, unsearched: [], left: 0, notHere: 0, fault: null, isDone: false }

function part(own: Partial<FoundInRecordings>): FoundInRecordings {
  return { recordings: [], searched: 0, unsearched: [], left: 0, after: null, notHere: 0, ...own }
}

describe('what was found in recordings', () => {
  it('grows part by part, and is whole with the last', () => {
    const first = joined(NOTHING, part({ searched: 2, left: 3, after: 'b', notHere: 7 }))
    expect(first).toMatchObject({ searched: 2, left: 3, isDone: false, notHere: 7 })
    const second = joined(first, part({ searched: 3, notHere: 7 }))
    expect(second).toMatchObject({ searched: 5, left: 0, isDone: true, notHere: 7 })
  })
})
