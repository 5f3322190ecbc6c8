import { request } from 'node:http'
import { describe, expect, it } from 'vitest'
import { DIALECTS } from '../../src/sample'
import { ask, sampleOf } from './harness'

const MUTATING = [
  'POST /api/profile/regenerate-api-key',
  'POST /api/api-keys',
  'POST /api/machines/agent-1/command',
  'POST /api/machines',
  'DELETE /api/machines/agent-1',
  'POST /api/users',
  'PUT /api/users/1',
  'DELETE /api/users/1',
  'PATCH /api/access-requests/1',
  'GET /api/terminal/agent-1/ws',
]

describe.each(DIALECTS)('the %s dialect', (dialect) => {
  it('refuses what would change anything, and remembers that it was asked', async () => {
    const sample = await sampleOf({ dialect })
    for (const call of MUTATING) {
      const [method = '', path = ''] = call.split(' ')
      const { status, text } = await ask(sample, path, { method })
      expect([call, status, text]).toEqual([call, 405, '{"error":"Method not allowed"}'])
    }
    expect(sample.requests().map(({ method, path }) => `${method} ${path}`)).toEqual(MUTATING)
  })

  it('says of what it does not offer that it is not there', async () => {
    const sample = await sampleOf({ dialect })
    const paths = ['access-requests/1', 'machines/agent-1/access-events', 'nothing']
    for (const path of paths) {
      const { status, headers } = await ask(sample, `/api/${path}`)
      expect([path, status, headers.get('content-type')]).toEqual([path, 404, 'application/json; charset=utf-8'])
    }
  })

  it('speaks to this machine only', async () => {
    const sample = await sampleOf({ dialect })
    const status = await new Promise((resolve, reject) => {
      const sent = request(`${sample.url}/health`, { headers: { host: 'rebound.example.test' } }, (response) => {
        response.resume()
        resolve(response.statusCode)
      })
      sent.on('error', reject)
      sent.end()
    })
    expect(status).toBe(421)
    expect(sample.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/)
  })

  it('takes the port it is told, and says when it is taken', async () => {
    const sample = await sampleOf({ dialect })
    const port = Number(new URL(sample.url).port)
    await expect(sampleOf({ dialect, port })).rejects.toThrow(/EADDRINUSE/)
  })
})
