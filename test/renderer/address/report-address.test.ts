import { expect, test } from 'vitest'
import { defaultAddress, defaultReports, parseAddress, printAddress, type ReportsLook } from '../../../src/renderer/address'

test.each<Partial<ReportsLook>>([{}, { kind: 'approvals' }, { tab: 'controls' }, { text: 'user:ana "a b"', only: ['production', 'ungranted'] }, { kind: 'retention', tab: 'controls', text: 'é&=#' }])('the address keeps which report is looked at: %j', (look) => {
  const reports = { ...defaultReports(), ...look }
  const printed = printAddress({ ...defaultAddress(), screen: 'reports', reports })
  expect(parseAddress(printed).reports ?? defaultReports()).toEqual(reports)
})

test('what is no report is the first one', () => {
  expect(parseAddress('#/v1/reports?kind=all&tab=x&only=first,').reports).toBeUndefined()
  expect(parseAddress(`#/v1/reports?text=${'y'.repeat(3000)}`).reports?.text).toHaveLength(2000)
  expect(parseAddress('#/v1/timeline?kind=approvals').reports).toBeUndefined()
})
