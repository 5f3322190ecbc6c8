import { NOW } from '../store/a-store'
import { DAY, MINUTE, did, failed, hum, later, login, times, usual, type Case } from './told-events'

export const SIGN_IN_CASES: Record<string, Case> = {
  'auth.new_source': {
    must: [[...usual('ana'), login('success', ['Ana', '203.0.113.5'], { time: later(31) })]],
    not: [
      [...usual('ana'), login('success', ['ana', '198.51.100.200'], { time: later(31) })],
      [...usual('ana').slice(0, 9), login('success', ['ana', '203.0.113.5'], { time: later(31) })],
      [...times(15, 60, () => login('success', ['ana', '198.51.100.7'])), login('success', ['ana', '203.0.113.5'], { time: later(2) })],
      [...usual('ana'), login('success', ['ana', '203.0.113.5'], { time: later(31), actor: { name: 'ana', kind: 'service' } })],
      [login('success', ['ana', '203.0.113.9'], { time: later(-10) }), ...usual('ana'), login('success', ['ana', '203.0.113.5'], { time: later(31) })],
    ],
  },
  'token.created_after_new_source': {
    must: [[...usual('ana'), login('success', ['ana', '203.0.113.5'], { time: later(31) }), did('api_key_create', { time: later(31, 59) })]],
    not: [
      [...usual('ana'), login('success', ['ana', '203.0.113.5'], { time: later(31) }), did('api_key_create', { time: later(31, 61) })],
      [...usual('ana'), login('success', ['ana', '198.51.100.7'], { time: later(31) }), did('api_key_create', { time: later(31, 5) })],
      [...usual('ana'), login('success', ['ana', '203.0.113.5'], { time: later(31) }), did('api_key_create', { time: later(31, 5), actor: { name: 'bea' } })],
    ],
  },
  'auth.impossible_travel': {
    must: [
      [login('success', ['ana', '203.0.113.5']), login('success', ['Ana', '198.51.100.1'], { time: NOW + 10 * MINUTE })],
      [login('success', ['ana', '2001:db8::1']), login('success', ['ana', '2001:db9::1'], { time: NOW + MINUTE })],
    ],
    not: [
      [login('success', ['ana', '203.0.113.5']), login('success', ['ana', '203.0.9.1'], { time: NOW + MINUTE })],
      [login('success', ['ana', '203.0.113.5']), login('success', ['ana', '198.51.100.1'], { time: NOW + 11 * MINUTE })],
      [login('success', ['ana', '203.0.113.5']), login('success', ['bea', '198.51.100.1'], { time: NOW + MINUTE })],
      [login('success', ['ana', '203.0.113.5']), login('failure', ['ana', '198.51.100.1'], { time: NOW + MINUTE })],
      [login('success', ['ana', '203.0.113.5']), login('success', ['ana', '2001:db8::1'], { time: NOW + MINUTE })],
      // From both a day before, an hour apart.
      [-DAY, -DAY + 60 * MINUTE, 0, MINUTE].map((at, i) => login('success', ['ana', i % 2 === 0 ? '203.0.113.5' : '198.51.100.1'], { time: NOW + at })),
    ],
  },
  'auth.rate_anomaly': {
    must: [[...hum(), ...failed(40, 1, (i) => login('failure', [`v${i}`, `192.0.2.${i}`])).map((event) => ({ ...event, time: (event.time ?? NOW) + 10 * DAY }))]],
    not: [
      hum(),
      [...hum(), ...failed(17, 1, (i) => login('failure', [`v${i}`, `192.0.2.${i}`])).map((event) => ({ ...event, time: (event.time ?? NOW) + 10 * DAY }))],
      [...hum().slice(0, 200), ...failed(40, 1, (i) => login('failure', [`v${i}`, `192.0.2.${i}`])).map((event) => ({ ...event, time: (event.time ?? NOW) + 5 * DAY }))],
    ],
  },
  'auth.bruteforce.source': {
    must: [failed(10, 1, (i) => login('failure', [`u${i}`, '203.0.113.5'])).map((event, i) => ({ ...event, time: NOW + i * 0.9 * MINUTE }))],
    not: [
      failed(9, 0.5, (i) => login('failure', [`u${i}`, '203.0.113.5'])),
      failed(20, 0.1, () => login('failure', ['ana', '::1'])),
      failed(20, 0.1, () => login('failure', ['ana', '10.1.2.3'])),
      failed(20, 0.1, () => login('success', ['ana', '203.0.113.5'])),
      // An office of twelve people, each of whom mistypes once and then signs in, as all did the day before.
      [...times(12, 1, (i) => login('success', [`u${i}`, '203.0.113.5'], { time: NOW - DAY })), ...times(24, 0.2, (i) => login(i % 2 === 0 ? 'failure' : 'success', [`u${i >> 1}`, '203.0.113.5']))],
    ],
  },
  'auth.bruteforce.user': {
    must: [failed(10, 0.5, (i) => login('failure', ['Ana', `10.0.0.${i}`]))],
    not: [failed(10, 2, () => login('failure', ['ana', '10.0.0.1']))],
  },
  'auth.horizontal': {
    must: [failed(3, 10, (i) => login('failure', ['root', '203.0.113.5'], { machine: { name: `web-${i}` } }))],
    not: [failed(9, 10, (i) => login('failure', ['root', '203.0.113.5'], { machine: { name: `web-${i % 2}` } }))],
  },
  'auth.user_enumeration': {
    must: [failed(5, 1, (i) => login('failure', [`u${i}`, '203.0.113.5'], { attributes: { invalidUser: 'true' } }))],
    not: [failed(5, 1, (i) => login('failure', [`u${i}`, '203.0.113.5']))],
  },
  'auth.mfa_bombing': {
    must: [failed(5, 1, () => login('failure', ['ana', '203.0.113.5'], { mfa: 'otp' }))],
    not: [failed(5, 1, () => login('failure', ['ana', '203.0.113.5'])), failed(5, 3, () => login('failure', ['ana', '203.0.113.5'], { mfa: 'otp' }))],
  },
  'auth.success_after_failures': {
    must: [
      [login('success', ['ana', '203.0.113.5'], { time: NOW - DAY }), ...failed(10, 1, () => login('failure', ['ana', '203.0.113.5'])), login('success', ['ana', '203.0.113.5'], { time: NOW + 20 * MINUTE })],
      [...failed(5, 1, () => login('failure', ['ana', '203.0.113.5'])), login('success', ['ana', '203.0.113.5'], { time: NOW + 59 * MINUTE })],
      [...failed(10, 1, (i) => login('failure', ['ana', `203.0.113.${i}`])), login('success', ['ana', '192.0.2.1'], { time: NOW + 20 * MINUTE })],
      [...failed(5, 1, (i) => login('failure', [`u${i}`, '203.0.113.5'])), login('success', ['ana', '203.0.113.5'], { time: NOW + 20 * MINUTE })],
    ],
    not: [
      [...failed(4, 1, () => login('failure', ['ana', '203.0.113.5'])), login('success', ['ana', '203.0.113.5'], { time: NOW + 20 * MINUTE })],
      [...failed(5, 0, () => login('failure', ['ana', '203.0.113.5'])), login('success', ['ana', '203.0.113.5'], { time: NOW + 60 * MINUTE })],
      [...failed(9, 1, (i) => login('failure', ['ana', `203.0.113.${i}`])), login('success', ['ana', '192.0.2.1'], { time: NOW + 20 * MINUTE })],
      // At a source where the user also signed in the day before.
      [login('success', ['ana', '203.0.113.5'], { time: NOW - DAY }), ...failed(9, 1, () => login('failure', ['ana', '203.0.113.5'])), login('success', ['ana', '203.0.113.5'], { time: NOW + 20 * MINUTE })],
    ],
  },
  'auth.spray': {
    must: [failed(10, 1, (i) => login('failure', [`u${i % 5}`, '203.0.113.5']))],
    not: [
      failed(10, 0.5, (i) => login('failure', [`u${i % 5}`, '203.0.113.5'])),
      failed(8, 1, (i) => login('failure', [`u${i % 4}`, '203.0.113.5'])),
      failed(5, 2, (i) => login('failure', [`u${i}`, '203.0.113.5'])),
    ],
  },
  'auth.stuffing': {
    must: [failed(25, 0.5, (i) => login('failure', [`u${i % 20}`, '203.0.113.5']))],
    not: [failed(24, 0.5, (i) => login('failure', [`u${i}`, '203.0.113.5'])), failed(25, 1, (i) => login('failure', [`u${i}`, '203.0.113.5']))],
  },
  'auth.dictionary': {
    must: [failed(10, 1, (i) => login('failure', [`u${i}`, '203.0.113.5']))],
    not: [failed(9, 1, (i) => login('failure', [`u${i}`, '203.0.113.5'])), failed(10, 4, (i) => login('failure', [`u${i}`, '203.0.113.5']))],
  },
  'auth.distributed': {
    must: [failed(10, 5, (i) => login('failure', ['ana', `203.0.113.${i % 5}`]))],
    not: [failed(9, 5, (i) => login('failure', ['ana', `203.0.113.${i}`])), failed(10, 5, (i) => login('failure', ['ana', `203.0.113.${i % 4}`]))],
  },
  'auth.spray.distributed': {
    must: [failed(25, 0.5, (i) => login('failure', [`u${i % 8}`, `203.0.113.${i % 5}`]))],
    not: [failed(25, 0.5, (i) => login('failure', [`u${i % 7}`, `203.0.113.${i % 5}`])), failed(25, 1, (i) => login('failure', [`u${i % 8}`, `203.0.113.${i % 5}`]))],
  },
}
