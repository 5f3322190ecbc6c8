import { expect, test } from 'vitest'
import { type CustodyLook, defaultAddress, defaultCustody, parseAddress, printAddress } from '../../../src/renderer/address'

test.each<Partial<CustodyLook>>([{}, { tab: 'reviews' }, { text: 'seal é&=#' }, { tab: 'reviews', text: 'root' }])('the address keeps what the custody log shows: %j', (look) => {
  const custody = { ...defaultCustody(), ...look }
  const printed = printAddress({ ...defaultAddress(), screen: 'custody', custody })
  expect(parseAddress(printed).custody ?? defaultCustody()).toEqual(custody)
})

test('what is no part of the custody log is all its entries', () => {
  expect(parseAddress('#/v1/custody?tab=x').custody).toBeUndefined()
  expect(parseAddress(`#/v1/custody?text=${'y'.repeat(300)}`).custody?.text).toHaveLength(200)
  expect(parseAddress('#/v1/timeline?tab=reviews').custody).toBeUndefined()
})
