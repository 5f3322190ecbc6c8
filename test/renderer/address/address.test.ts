import { describe, expect, it } from 'vitest'
import { type Address, defaultAddress, parseAddress, printAddress } from '../../../src/renderer/address/address'

describe('an address', () => {
  const full: Address = {
    screen: 'sources',
    query: 'user:"a b" OR ip:203.0.113.0/24 NOT action:token_refresh & 100% # + ü 漢 \u202e',
    range: { from: Date.UTC(2026, 1, 6, 2, 10), to: Date.UTC(2026, 1, 6, 3, 40, 0, 7) },
    order: 'asc',
    selected: 'sshd:LabSZ:auth:3f/9=?&#:2',
    columns: [
      { id: 'time', width: 120 },
      { id: 'field.NAME', width: 0 },
    ],
  }

  it('comes back from its own text', () => {
    expect(parseAddress(printAddress(full))).toEqual(full)
    expect(parseAddress(printAddress(defaultAddress()))).toEqual(defaultAddress())
  })

  it('is short and readable where it can be', () => {
    expect(printAddress(defaultAddress())).toBe('#/v1/timeline')
    const searched = { ...defaultAddress(), query: 'user:akim ip:10.0.0.1' }
    expect(printAddress(searched)).toBe('#/v1/timeline?q=user:akim+ip:10.0.0.1')
  })

  it.each([
    '',
    '#',
    '#/',
    '#t=abc',
    '#/v2/sources',
    '#/v1/no-such-screen',
    '#/v1/timeline?q=%',
    '#/v1/timeline?q=%ff%fe',
    '#/v1/timeline?from=2026-02-06&to=2026-02-05',
    '#/v1/timeline?from=NaN&to=Infinity',
    '#/v1/timeline?from=2026-02-06',
    '#/v1/timeline?order=sideways&columns=,,,:9,%00,<b>,../..',
    '#/v1/timeline/a?t=3',
    '#/v1/timeline?__proto__=1&constructor=2&=&&===',
  ])('takes %j for the start', (hash) => {
    expect(parseAddress(hash)).toEqual(defaultAddress())
  })

  it('keeps what can be read beside what cannot', () => {
    const columns = 'time:99999,user:80,user:90'
    expect(parseAddress(`#/v1/settings?q=ok&from=x&to=y&event=%E0%A4%A&order=asc&columns=${columns}`)).toEqual({
      ...defaultAddress(),
      screen: 'settings',
      query: 'ok',
      order: 'asc',
      columns: [{ id: 'user', width: 80 }],
    })
  })

  it('cuts a query that is longer than the backend takes', () => {
    expect(parseAddress(`#/v1/timeline?q=${'x'.repeat(50_000)}`).query).toHaveLength(10_000)
  })

  it('prints a lone surrogate as the replacement character', () => {
    expect(parseAddress(printAddress({ ...defaultAddress(), query: 'a\ud800b' })).query).toBe('a\ufffdb')
  })

  describe('of a notebook', () => {
    const cell: Address = { ...defaultAddress(), screen: 'notebook', notebook: 'n 1', cell: 'c/2' }

    it('stands on a cell', () => {
      expect(printAddress(cell)).toBe('#/v1/notebook/n+1?cell=c%2F2')
      expect(parseAddress(printAddress(cell))).toEqual(cell)
    })

    it('leaves the cell behind on another screen', () => {
      expect(printAddress({ ...cell, screen: 'notebooks' })).toBe('#/v1/notebooks')
      expect(parseAddress('#/v1/notebooks?cell=c').cell).toBeUndefined()
    })
  })

  describe('of a moment in a recording', () => {
    const replay: Address = {
      ...defaultAddress(),
      screen: 'replay',
      recording: 'webxterm:https://one.example/x?y#z:recordings:a b/7%',
      moment: 808.25,
      selected: 'sshd:LabSZ:auth:3f',
    }

    it('comes back from its own text', () => {
      expect(parseAddress(printAddress(replay))).toEqual(replay)
    })

    it('reads well where the id allows it', () => {
      const { selected: _, ...rest } = replay
      const address = { ...rest, selected: null, recording: 'sha256:4f1c:2' }
      expect(printAddress(address)).toBe('#/v1/replay/sha256:4f1c:2?t=808.25')
    })

    it.each(['', '-1', '1e3', 'NaN', '0x10', '99999999999', '1.2.3', ' 1'])('opens without a moment for t=%j', (t) => {
      const address = parseAddress(`#/v1/replay/sha256:4f1c?t=${encodeURIComponent(t)}`)
      expect(address).toEqual({ ...defaultAddress(), screen: 'replay', recording: 'sha256:4f1c' })
    })

    it.each(['#/v1/replay', '#/v1/replay/', '#/v1/replay/%?t=3', '#/v1/replay?t=3'])('names no recording in %j', (hash) => {
      expect(parseAddress(hash)).toEqual({ ...defaultAddress(), screen: 'replay' })
    })

    it('is left behind by another screen', () => {
      expect(printAddress({ ...replay, screen: 'timeline', selected: null })).toBe('#/v1/timeline')
    })

    it('cuts an id that is longer than the backend takes', () => {
      expect(parseAddress(`#/v1/replay/${'x'.repeat(9000)}`).recording).toHaveLength(500)
    })
  })
})
