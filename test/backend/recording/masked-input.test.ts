import { describe, expect, it } from 'vitest'
import { RecordedEvents } from '../../../src/backend/recording/events'
import { maskedInput } from '../../../src/backend/recording/masked-input'
import type { EventKind } from '../../../src/backend/recording/model'

/** What is shown of the first event, which is input. */
function shown(...events: [time: number, kind: EventKind, text: string][]): string {
  const recorded = new RecordedEvents()
  for (const [time, kind, text] of events) recorded.add(time, kind, Buffer.from(text))
  return Buffer.from(maskedInput(recorded.columns, 0, events.length)).toString()
}

describe('input that is shown', () => {
  it('is what the screen showed too', () => {
    expect(shown([0, 'input', 'ls -la'], [0.1, 'output', 'ls -la'])).toBe('ls -la')
    expect(shown([0, 'input', 'é'], [0.1, 'output', '\x1b[1mé'])).toBe('é')
    expect(shown([0, 'input', 'ab'], [0.1, 'output', 'a'], [0.2, 'input', 'c'], [0.3, 'output', 'bc'])).toBe('ab')
  })

  it('is a key that writes nothing', () => {
    for (const key of ['\r', '\x03', '\x1b[A', '\x1bOP', '\t']) expect(shown([0, 'input', key])).toBe(key)
  })

  it('is masked where nothing came, too late, or something else', () => {
    expect(shown([0, 'input', 's'])).toBe('*')
    expect(shown([0, 'input', 'secret\r'], [0.6, 'output', 'secret'])).toBe('******\r')
    expect(shown([0, 'input', 'secret'], [0.1, 'output', '******'])).toBe('******')
    expect(shown([0, 'input', '\x1b[200~pä\x1b[201~'], [0.1, 'output', 'x'])).toBe('\x1b[200~**\x1b[201~')
  })

  it('is masked where its characters stand in what was answered to it', () => {
    expect(shown([0, 'input', 's'], [0.1, 'input', '\r'], [0.2, 'output', '\r\nLast login: yesterday'])).toBe('*')
  })
})
