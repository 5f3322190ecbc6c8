import { describe, expect, it } from 'vitest'
import { type Address, type ApprovalsLook, defaultAddress, defaultApprovals, parseAddress, printAddress } from '../../../src/renderer/address'

const look: ApprovalsLook = {
  tab: 'requests', period: 'all', text: 'mlee & "db-02"', state: 'rejected', unusual: true, neverUsed: true, suppressed: true, pattern: 'ab'.repeat(32),
  request: 'webxterm:https://x/:approvals:7',
}

describe('the address of approvals', () => {
  it('comes back from its own text', () => {
    const address: Address = { ...defaultAddress(), screen: 'approvals', range: { from: 0, to: 60_000 }, approvals: look }
    expect(parseAddress(printAddress(address))).toEqual(address)
  })

  it('is short where nothing is chosen', () => {
    expect(printAddress({ ...defaultAddress(), screen: 'approvals', approvals: defaultApprovals() })).toBe('#/v1/approvals')
    expect(parseAddress('#/v1/approvals')).toEqual({ ...defaultAddress(), screen: 'approvals' })
  })

  it('is left behind by another screen', () => {
    expect(printAddress({ ...defaultAddress(), approvals: look })).toBe('#/v1/timeline')
    expect(parseAddress('#/v1/timeline?tab=requests&period=all')).toEqual(defaultAddress())
  })

  it('takes what is none of the choices for none', () => {
    expect(parseAddress('#/v1/approvals?tab=__proto__&period=year&state=used&unusual=1&unused=&suppressed=true&pattern=&request=')).toEqual({
      ...defaultAddress(),
      screen: 'approvals',
    })
    const { approvals } = parseAddress(`#/v1/approvals?text=${'x'.repeat(900)}&pattern=${'p'.repeat(900)}&request=${'r'.repeat(2000)}`)
    expect([approvals?.text.length, approvals?.pattern?.length, approvals?.request?.length]).toEqual([200, 200, 1000])
  })
})
