import { describe, expect, it } from 'vitest'
import { type Address, defaultAddress, parseAddress, printAddress } from '../../../src/renderer/address'

const look = { text: 'cat "a b"', user: 'ana', machine: 'web-01', recorded: true, shape: 'lanes', by: 'machine', find: 'shadow & co' } as const

describe('the address of sessions', () => {
  it.each(['sessions', 'my-sessions'] as const)('of %s comes back from its own text', (screen) => {
    const address: Address = { ...defaultAddress(), screen, range: { from: 0, to: 60_000 }, sessions: look }
    expect(parseAddress(printAddress(address))).toEqual(address)
  })

  it('is short where nothing is narrowed', () => {
    const { text, user, machine } = { text: '', user: null, machine: null }
    const sessions = { ...look, text, user, machine, recorded: false, shape: 'list', by: 'user', find: '' } as const
    expect(printAddress({ ...defaultAddress(), screen: 'sessions', sessions })).toBe('#/v1/sessions')
    expect(parseAddress('#/v1/sessions')).toEqual({ ...defaultAddress(), screen: 'sessions' })
  })

  it('of one session names it', () => {
    const address: Address = { ...defaultAddress(), screen: 'session', session: 'a/b?c#d' }
    expect(parseAddress(printAddress(address))).toEqual(address)
    expect(parseAddress('#/v1/session/')).toEqual({ ...defaultAddress(), screen: 'session' })
  })

  it('is left behind by another screen', () => {
    expect(printAddress({ ...defaultAddress(), session: 'x', sessions: look })).toBe('#/v1/timeline')
  })

  it('takes what is no choice for the first one', () => {
    expect(parseAddress('#/v1/sessions?as=x&by=y&recorded=1&user=')).toEqual({ ...defaultAddress(), screen: 'sessions' })
  })
})
