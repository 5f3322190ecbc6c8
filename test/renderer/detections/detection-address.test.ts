import { describe, expect, it } from 'vitest'
import { type Address, defaultAddress, parseAddress, printAddress } from '../../../src/renderer/address'

const look = { rule: 'auth.spray', levels: ['high', 'critical'], text: '203.0.113.9 & "more"', suppressed: true, finding: 'ab'.repeat(32) } as const

describe('the address of detections', () => {
  it('comes back from its own text', () => {
    const address: Address = { ...defaultAddress(), screen: 'detections', range: { from: 0, to: 60_000 }, detections: look }
    expect(parseAddress(printAddress(address))).toEqual(address)
  })

  it('is short where nothing is narrowed', () => {
    const detections = { rule: null, levels: [], text: '', suppressed: false, finding: null }
    expect(printAddress({ ...defaultAddress(), screen: 'detections', detections })).toBe('#/v1/detections')
    expect(parseAddress('#/v1/detections')).toEqual({ ...defaultAddress(), screen: 'detections' })
  })

  it('is left behind by another screen', () => {
    expect(printAddress({ ...defaultAddress(), detections: look })).toBe('#/v1/timeline')
    expect(parseAddress('#/v1/timeline?rule=x&level=high')).toEqual(defaultAddress())
  })

  it('takes what is none of the choices for none', () => {
    expect(parseAddress('#/v1/detections?level=grave,,__proto__&suppressed=1&finding=..%2F..&rule=')).toEqual({ ...defaultAddress(), screen: 'detections' })
    const { detections } = parseAddress(`#/v1/detections?level=low,grave,critical&rule=${'x'.repeat(900)}`)
    expect([detections?.levels, detections?.rule?.length]).toEqual([['low', 'critical'], 500])
  })
})
