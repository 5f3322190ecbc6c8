import { describe, expect, it, vi } from 'vitest'
import { FAULTS } from '../../src/sample'
import { Shell } from './shell'

type Printed = { url: string; tokens: Record<string, string> }

/** A sample server as the command line runs it, until it is interrupted. */
async function serving(shell: Shell, ...options: string[]) {
  const running = shell.start('sample', ...options)
  await vi.waitFor(() => expect(running.stdout.text + running.stderr.text).toMatch(/\n$/), { timeout: 20_000 })
  const printed = JSON.parse(running.stdout.text || '{}') as Printed
  const end = () => {
    for (const interrupt of shell.interrupts) interrupt()
    return running.ended
  }
  return { ...printed, end }
}

async function page(url: string, token: string, path = '/api/audit?limit=3') {
  const answer = await fetch(url + path, { headers: { authorization: `Bearer ${token}` } })
  return { status: answer.status, body: await answer.text() }
}

describe('recount sample', () => {
  it('prints where it serves and for whom, until it is ended', async () => {
    const shell = new Shell()
    const { url, tokens, end } = await serving(shell, '--events', '300', '--now', '2026-02-06T02:58:41Z')
    expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/)
    expect(Object.keys(tokens)).toEqual(['super_admin', 'company_admin', 'user'])
    const first = await page(url, tokens['super_admin'] ?? '')
    expect(first.status).toBe(200)
    expect((await page(url, 'nobody')).status).toBe(401)
    const said = await end()
    expect(said).toMatchObject({ code: 0, stderr: '', objects: [{ url, tokens }] })
    await expect(page(url, tokens['super_admin'] ?? '')).rejects.toThrow()
  })

  it('gives the same data for the same seed and time, and other data for others', async () => {
    const bodies: string[] = []
    for (const seed of ['7', '7', '8']) {
      const options = ['--events', '300', '--now', '2026-02-06', '--seed', seed]
      const { url, tokens, end } = await serving(new Shell(), ...options)
      // The newest rows tell of requests that were made since.
      const path = '/api/audit?limit=5&from=2026-01-01T00:00:00Z&to=2026-02-05T00:00:00Z'
      bodies.push((await page(url, tokens['super_admin'] ?? '', path)).body)
      await end()
    }
    expect(bodies[0]).toContain('"logs":[{')
    expect(bodies[1]).toBe(bodies[0])
    expect(bodies[2]).not.toBe(bodies[0])
  })

  it('speaks the other dialect and fails as asked', async () => {
    const shell = new Shell()
    const { url, tokens, end } = await serving(shell, '--events', '300', '--dialect', 'server', '--fault', 'slow, redirect')
    expect((await page(url, tokens['super_admin'] ?? '', '/api/audit')).status).toBe(404)
    await end()
  })

  it('lists its faults where one is misspelt', async () => {
    const said = await new Shell().run('sample', '--fault', 'slwo')
    expect(said).toMatchObject({ code: 2, stdout: '' })
    expect(said.stderr).toContain('«slwo»')
    for (const fault of FAULTS) expect(said.stderr).toContain(fault)
  })

  it('says when its port is taken', async () => {
    const { url, end } = await serving(new Shell(), '--events', '50')
    const said = await new Shell().run('sample', '--events', '50', '--port', new URL(url).port)
    expect(said).toMatchObject({ code: 1, stdout: '' })
    expect(said.stderr).toContain('Another program listens on that port.')
    await end()
  })
})
