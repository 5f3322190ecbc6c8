import { expect, test } from 'vitest'
import { type AccessLook, defaultAccess, defaultAddress, parseAddress, printAddress } from '../../../src/renderer/address'

const looks: Partial<AccessLook>[] = [
  {},
  { text: 'hr 01 & more', order: 'ungranted', descending: false },
  { person: 'ana', machine: 'web-01', production: true, privileged: true, ungranted: true, first: true },
  { order: 'last', descending: false, open: { person: null, machine: 'web,01' } },
  { open: { person: '', machine: 'web-01' } },
  { open: { person: '=cmd|"x"', machine: 'münchen ‮' } },
]

test.each(looks)('%j is kept in the address', (look) => {
  const access = { ...defaultAccess(), ...look }
  const printed = printAddress({ ...defaultAddress(), screen: 'access', access })
  expect(parseAddress(printed).access ?? defaultAccess()).toEqual(access)
  expect(printed.includes('?')).toBe(Object.keys(look).length > 0)
})

test('what cannot be read becomes its default', () => {
  expect(parseAddress('#/v1/access?by=size&up=maybe&only=all,&who=ana&on=').access).toBeUndefined()
  expect(parseAddress(`#/v1/access?on=${'x'.repeat(3000)}&text=${'y'.repeat(300)}`).access).toMatchObject({ open: { machine: 'x'.repeat(2000) }, text: 'y'.repeat(200) })
})

test('another screen knows nothing of it', () => {
  expect(parseAddress('#/v1/detections?only=first').access).toBeUndefined()
})
