import { describe, expect, it } from 'vitest'
import type { RecordedCommand } from '../../../src/contract'
import { eventMoment, type Placed } from '../../../src/renderer/replay/event-moment'

const START = Date.UTC(2026, 1, 6)
const command = (key: string, at: number | null, seconds: number) =>
  ({ key, at, time: START + seconds * 1000 }) as RecordedCommand
const placed: Placed = { commands: [command('seen', 12, 10), command('unseen', null, 50)], start: START, skew: 4 }

describe('the moment of an event of the log', () => {
  it('is where the recording shows it, whatever the log says', () => {
    expect(eventMoment('seen', placed, null)).toEqual({ at: 12, isShown: true })
  })

  it('is else where its time falls, by the clock of the recording', () => {
    expect(eventMoment('unseen', placed, null)).toEqual({ at: 46, isShown: false })
    expect(eventMoment('sudo grant', placed, START + 30_000)).toEqual({ at: 26, isShown: false })
  })

  it('is not known before the recording began, or where nothing says when that was', () => {
    expect(eventMoment('sign-in', placed, START - 60_000)).toBeNull()
    expect(eventMoment('unseen', { ...placed, start: null }, null)).toBeNull()
  })
})
