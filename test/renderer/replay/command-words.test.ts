import { describe, expect, it } from 'vitest'
import type { RecordedCommand } from '../../../src/contract'
import { commandAt, commandTags, loggedMoment } from '../../../src/renderer/replay/command-words'

const both: RecordedCommand = {
  command: 'ls',
  key: 'k',
  time: 1000,
  at: 5,
  confidence: 'sure',
  nth: 1,
  matches: 1,
  outcome: 'success',
  exitCode: 0,
}
const tags = (change: Partial<RecordedCommand>, logged = true) =>
  commandTags({ ...both, ...change }, logged).map(({ words }) => words)

describe('what a command row says', () => {
  it('is nothing where log and recording agree', () => {
    expect(tags({})).toEqual([])
  })

  it('tells which of the two alone has it', () => {
    expect(tags({ at: null, confidence: null })).toEqual(['log only'])
    expect(tags({ key: null, confidence: null, exitCode: null })).toEqual(['screen only'])
  })

  it('blames no log that is not there', () => {
    expect(tags({ key: null, confidence: null, exitCode: null }, false)).toEqual([])
  })

  it('tells how far the moment can be relied on, and of how many it is one', () => {
    expect(tags({ confidence: 'likely' })).toEqual(['likely'])
    expect(tags({ confidence: 'possible', nth: 2, matches: 3 })).toEqual(['possible', '2 of 3'])
  })

  it('tells of failure by the exit code, or by the log where there is none', () => {
    expect(tags({ exitCode: 127, outcome: 'failure' })).toEqual(['exit 127'])
    expect(tags({ exitCode: null, outcome: 'failure' })).toEqual(['failed'])
    expect(tags({ exitCode: null, outcome: 'unknown' })).toEqual([])
  })
})

describe('the command under the moment', () => {
  const commands = [{ at: 2 }, { at: null }, { at: 8 }, { at: 5 }]

  it('is the last one by then, not one that only the log has', () => {
    expect(commandAt(commands, 1)).toBeNull()
    expect(commandAt(commands, 2)).toBe(0)
    expect(commandAt(commands, 6)).toBe(3)
    expect(commandAt(commands, 9)).toBe(2)
  })
})

describe('the moment of a command that only the log has', () => {
  it('is that of the log with its skew taken out', () => {
    expect(loggedMoment(65_000, 5000, 10)).toBe(50)
  })

  it('is not known without both times', () => {
    expect(loggedMoment(null, 5000, 0)).toBeNull()
    expect(loggedMoment(65_000, null, 0)).toBeNull()
  })
})
