import { expect, test } from 'vitest'
import { FAILURE_LASTS, type Facts, type Plan, planStart, readArgs } from '../../build/start-plan.mjs'

const now = 1_800_000_000_000
const electron = { path: '/e', named: false }
const named = { path: '/e', named: true }
const failure = { at: now - 1000, reason: 'no answer', mirror: 'm' }

function facts(words: string[], changed: Partial<Facts>): Facts {
  const args = readArgs(words)
  return { args, electron: null, hasDisplay: true, stale: false, failure: null, mirror: 'm', now, ...changed }
}

const table: [what: string, words: string[], changed: Partial<Facts>, plan: Partial<Plan>][] = [
  ['Electron at hand: the desktop', [], { electron }, { build: false, fetch: false, where: 'desktop', why: null }],
  ['nothing built: builds, and fetches meanwhile', [], { stale: true }, { build: true, fetch: true }],
  ['built, no Electron: fetches', [], {}, { build: false, fetch: true, where: 'desktop-if-fetched' }],
  ['a failure today: the browser at once', [], { failure }, { fetch: false, where: 'browser' }],
  ['a failure yesterday: tries again', [], { failure: { ...failure, at: now - FAILURE_LASTS } }, { fetch: true }],
  ['a failure from the future: tries again', [], { failure: { ...failure, at: now + 1 } }, { fetch: true }],
  ['a failure of another mirror: tries again', [], { failure: { ...failure, mirror: 'other' } }, { fetch: true }],
  ['asked to fetch: tries again', ['--fetch'], { failure }, { fetch: true }],
  ['the browser chosen', ['--browser'], { electron, stale: true }, { build: true, fetch: false, where: 'browser' }],
  ['no display: the browser, no fetch', [], { hasDisplay: false }, { fetch: false, where: 'browser' }],
  ['no display for an Electron found', [], { hasDisplay: false, electron }, { where: 'browser' }],
  ['a named Electron needs no display', [], { hasDisplay: false, electron: named }, { where: 'desktop' }],
  ['development builds for itself', ['--dev'], { electron, stale: true }, { build: false, where: 'desktop' }],
]

test.each(table)('%s', (...[, words, changed, plan]) => {
  expect(planStart(facts(words, changed))).toMatchObject(plan)
})

test('a browser that was not chosen is explained', () => {
  expect(planStart(facts([], { failure })).why).toContain('no answer')
  expect(planStart(facts([], { hasDisplay: false })).why).toContain('display')
})

test.each([
  [['--port', '9', '--browser'], { browser: true, rest: ['--port', '9'] }],
  [['--dev', '--x'], { dev: true, rest: ['--x'] }],
  [['--workspace', '/w', 'a'], { workspace: '/w', rest: ['a'] }],
  [['--workspace=/w'], { workspace: '/w', rest: [] }],
  [['--workspace'], { workspace: null, rest: ['--workspace'] }],
])('%j is read as %o', (words, args) => {
  expect(readArgs(words)).toMatchObject(args)
})
