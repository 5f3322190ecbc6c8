import { expect, test } from 'vitest'
import { detect, ownRules } from '../../../src/backend/detect'
import { travelDetector, type Whereabouts } from '../../../src/backend/detect/analytics'
import { NOW } from '../store/a-store'
import { storeOf, type Told } from './a-detection'

const MINUTE = 60_000
const HOUR = 60 * MINUTE

const PLACES: Record<string, Whereabouts> = {
  '192.0.2.1': { country: 'NO', latitude: 59.91, longitude: 10.75 },
  '192.0.2.2': { country: 'NO', latitude: 59.94, longitude: 10.72 },
  '198.51.100.1': { country: 'PE', latitude: -12.05, longitude: -77.04 },
  '203.0.113.1': { country: 'SE', latitude: 59.33, longitude: 18.07 },
  '203.0.113.9': { country: 'DE', latitude: null, longitude: null },
  '203.0.113.10': { country: 'FR', latitude: null, longitude: null },
  '203.0.113.11': { country: null, latitude: null, longitude: null },
}

function signIn(ip: string, after: number, more: Told = {}): Told {
  return { category: 'authentication', action: 'login', actionRaw: 'Accepted', outcome: 'success', severity: 'info', actor: { name: 'ana', kind: 'user' }, ip, time: NOW + after, ...more }
}

async function found(...events: Told[]) {
  const rules = { ...ownRules(), detectors: [travelDetector((address) => PLACES[address] ?? null)] }
  const findings = detect(await storeOf(events), rules, null)
  return findings.filter(({ rule }) => rule === 'auth.impossible_travel')
}

const [OSLO, LIMA, STOCKHOLM] = ['192.0.2.1', '198.51.100.1', '203.0.113.1']

test('two places too far apart are told with the way between them', async () => {
  const [finding, ...others] = await found(signIn(OSLO, 0), signIn(LIMA, 2 * HOUR, { actor: { name: 'Ana' } }))
  expect(others).toEqual([])
  // 11,056 km by the haversine of the two places.
  expect(finding?.why).toMatch(/^from 192\.0\.2\.1 \(NO\) and 120 minutes later from 198\.51\.100\.1 \(PE\): 11,0\d\d km, 5,5\d\d km\/h$/)
  expect(finding).toMatchObject({ key: 'ana', level: 'medium', events: 2, start: NOW, end: NOW + 2 * HOUR })
})

test.each<[string, Told[]]>([
  ['a flight', [signIn(OSLO, 0), signIn(LIMA, 13 * HOUR)]],
  ['a way of less than 500 km', [signIn(OSLO, 0), signIn(STOCKHOLM, MINUTE)]],
  ['another user', [signIn(OSLO, 0), signIn(LIMA, HOUR, { actor: { name: 'ben' } })]],
  ['a failure', [signIn(OSLO, 0), signIn(LIMA, HOUR, { outcome: 'failure' })]],
  ['a service', [signIn(OSLO, 0, { actor: { name: 'ci', kind: 'service' } }), signIn(LIMA, HOUR, { actor: { name: 'ci', kind: 'service' } })]],
  ['an address of no known place', [signIn(OSLO, 0), signIn('10.0.0.1', MINUTE), signIn('192.0.2.2', 2 * MINUTE)]],
  ['one town at one instant', [signIn(OSLO, 0), signIn('192.0.2.2', 0)]],
  ['two countries an hour later', [signIn('203.0.113.9', 0), signIn('203.0.113.10', HOUR + 1)]],
  ['no country', [signIn('203.0.113.9', 0), signIn('203.0.113.11', MINUTE)]],
])('%s is none', async (_name, events) => {
  expect(await found(...events)).toEqual([])
})

test('at one instant less is enough', async () => {
  expect((await found(signIn(OSLO, 0), signIn(STOCKHOLM, 0))).map(({ why }) => why)).toEqual([expect.stringMatching(/: 41\d km apart at one instant$/)])
})

test('where countries alone are known, two within an hour are told', async () => {
  expect((await found(signIn('203.0.113.9', 0), signIn('203.0.113.10', HOUR))).map(({ why }) => why)).toEqual([
    'from 203.0.113.9 (DE) and 60 minutes later from 203.0.113.10 (FR)',
  ])
  expect(await found(signIn(OSLO, 0), signIn('203.0.113.10', HOUR))).toHaveLength(1)
})

test('an address of no known place does not come between two that are known', async () => {
  expect(await found(signIn(OSLO, 0), signIn('10.0.0.1', MINUTE), signIn(LIMA, HOUR))).toHaveLength(1)
})

test('there and back is told twice', async () => {
  expect(await found(signIn(OSLO, 0), signIn(LIMA, HOUR), signIn(OSLO, 2 * HOUR))).toHaveLength(2)
})
