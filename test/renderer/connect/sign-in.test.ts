import { describe, expect, it } from 'vitest'
import { BackendFault, type FaultCode } from '../../../src/contract'
import type { StreamStatus } from '../../../src/domain'
import { problemOf } from '../../../src/renderer/connect/fault-field'
import { probedGroups } from '../../../src/renderer/connect/probed-groups'
import { missing, signInAsk } from '../../../src/renderer/connect/sign-in-form'

const form = { way: 'password', url: 'webxterm.example.test', user: 'mira@example.test', caFile: '', proxy: '' } as const
const fault = (code: FaultCode) => new BackendFault({ code, message: 'why' })

describe('a refusal', () => {
  it('stands at the field that can mend it', () => {
    expect(problemOf(fault('insecure-address'), 'address', 'password')).toEqual({ field: 'url', message: 'why' })
    expect(problemOf(fault('unreachable'), 'address', 'token').field).toBe('url')
    expect(problemOf(fault('unauthorized'), 'address', 'password').field).toBe('password')
    expect(problemOf(fault('unauthorized'), 'address', 'token').field).toBe('token')
    expect(problemOf(fault('forbidden'), 'address', 'password').field).toBe('user')
    expect(problemOf(fault('bad-answer'), 'address', 'password').message).toMatch(/^why It may not be a WebXTerm server/)
    expect(problemOf(fault('wrong-code'), 'code', 'password').field).toBe('code')
    expect(problemOf(fault('name-taken'), 'done', 'password').field).toBe('name')
  })

  it('stands for itself where no field can mend it', () => {
    expect(problemOf(fault('ticket-expired'), 'code', 'password').field).toBeNull()
    expect(problemOf(fault('wrong-account'), 'done', 'token').field).toBeNull()
    expect(problemOf(new TypeError('x'), 'address', 'password')).toEqual({
      field: null,
      message: 'Something went wrong on this page.',
    })
  })
})

describe('the first step', () => {
  it('asks nobody before all is there', () => {
    expect(missing({ ...form, url: '' }, 'x')?.field).toBe('url')
    expect(missing({ ...form, user: '' }, 'x')?.field).toBe('user')
    expect(missing(form, '')?.field).toBe('password')
    expect(missing({ ...form, way: 'token', user: '' }, ' ')?.field).toBe('token')
    expect(missing(form, ' ')).toBeNull()
  })

  it('takes an address without a scheme for a secure one, and leaves out what is empty', () => {
    expect(signInAsk(form, 'secret')).toEqual({
      method: 'server.signIn',
      ask: { kind: 'webxterm', url: 'https://webxterm.example.test', user: 'mira@example.test', password: 'secret' },
    })
    expect(signInAsk({ ...form, way: 'token', url: 'http://127.0.0.1:8', proxy: 'http://p:1' }, ' t ')).toEqual({
      method: 'server.useToken',
      ask: { kind: 'webxterm', url: 'http://127.0.0.1:8', proxy: 'http://p:1', token: 't' },
    })
  })
})

describe('what an account can see', () => {
  const stream = (label: string, status: StreamStatus = 'ok') => ({ stream: label, label, status })

  it('names few machines and counts many, apart by how they can be read', () => {
    const many = Array.from({ length: 5 }, (_, at) => stream(`logs · web-${at}`, at === 2 ? 'not-visible' : 'ok'))
    const groups = probedGroups([stream('audit'), stream('sessions · web-1'), ...many])
    expect(groups).toEqual([
      { list: 'audit', status: 'ok', owners: [], isMany: false },
      { list: 'sessions', status: 'ok', owners: ['web-1'], isMany: false },
      { list: 'logs', status: 'ok', owners: ['web-0', 'web-1', 'web-3', 'web-4'], isMany: true },
      { list: 'logs', status: 'not-visible', owners: ['web-2'], isMany: true },
    ])
  })
})
