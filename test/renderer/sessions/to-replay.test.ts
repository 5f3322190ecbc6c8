import { describe, expect, it } from 'vitest'
import { toReplay } from '../../../src/renderer/sessions/to-replay'
import { aRecording } from './a-session'

describe('the recording that is replayed', () => {
  const listed = aRecording({ id: 'listed', isHeld: false })

  it('is one that is held, whatever comes first', () => {
    expect(toReplay([listed, aRecording({ id: 'held' })])?.id).toBe('held')
  })

  it('is one to fetch where none is held', () => {
    expect(toReplay([listed])?.id).toBe('listed')
    expect(toReplay([])).toBeUndefined()
  })
})
