import { describe, expect, it } from 'vitest'
import { byteBlocks } from '../../../src/renderer/replay/byte-rows'

describe('raw bytes', () => {
  const bytes = new TextEncoder().encode('ls\u001b[0m 0123456789')

  it('stand in one line where an event has few', () => {
    const [block] = byteBlocks({ from: 0, bytes, events: [{ at: 1, kind: 'output', offset: 0, length: 3 }] })
    expect(block).toMatchObject({ line: '6c 73 1b                 ls·', rows: [] })
  })

  it('stand in rows that are numbered among all output', () => {
    const [block] = byteBlocks({ from: 0x20, bytes, events: [{ at: 1, kind: 'output', offset: 2, length: 15 }] })
    expect(block?.line).toBeNull()
    expect(block?.rows).toEqual(['000022 1b 5b 30 6d 20 30 31 32  ·[0m 012', '00002a 33 34 35 36 37 38 39     3456789'])
  })

  it('are none for an event that has none', () => {
    const [block] = byteBlocks({ from: 0, bytes, events: [{ at: 1, kind: 'input', offset: 3, length: 0 }] })
    expect(block).toMatchObject({ line: '', rows: [], kind: 'input' })
  })
})
