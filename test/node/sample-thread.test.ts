import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest'
import { SampleThreads } from '../../src/node'
import { buildPrograms } from '../build-programs'

const ASK = { seed: 3, events: 300, origin: Date.UTC(2026, 10, 1) }

let built: Awaited<ReturnType<typeof buildPrograms>>
beforeAll(async () => void (built = await buildPrograms({ 'sample-server': 'src/node/sample-server.ts' })), 60_000)
afterAll(() => built.remove())

async function statusOf(url: string, token: string): Promise<number> {
  const answer = await fetch(`${url}/api/audit?limit=1`, { headers: { authorization: `Bearer ${token}` } })
  await answer.text()
  return answer.status
}

describe.each(['in a thread of its own', 'where its program was not built'])('the sample server %s', (where) => {
  function threads(log = { info() {}, error: vi.fn() }) {
    return { log, samples: new SampleThreads(log, where.startsWith('in') ? built.folder : '/nowhere') }
  }

  it('starts once for the same values, and ends when it is asked to', async () => {
    const { log, samples } = threads()
    const [one, same, other] = await Promise.all([samples.start(ASK), samples.start({ ...ASK }), samples.start({ ...ASK, seed: 4 })])
    expect(same).toEqual(one)
    expect(other.url).not.toBe(one.url)
    expect(await samples.start(ASK)).toEqual(one)
    expect(await statusOf(one.url, one.token)).toBe(200)
    expect(await statusOf(one.url, 'nobody')).toBe(401)
    await samples.close()
    await expect(statusOf(one.url, one.token)).rejects.toThrow()
    expect(log.error).not.toHaveBeenCalled()
  })

  it('starts anew after it was ended', async () => {
    const { samples } = threads()
    await samples.start(ASK)
    await samples.close()
    const { url, token } = await samples.start(ASK)
    expect(await statusOf(url, token)).toBe(200)
    await samples.close()
  })
})

it('a program that breaks is told of, and tried again at the next ask', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'recount-broken-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  writeFileSync(join(folder, 'sample-server.js'), "throw new Error('broken')")
  const log = { info() {}, error: vi.fn() }
  const samples = new SampleThreads(log, folder)
  await expect(samples.start(ASK)).rejects.toThrow('the sample server ended with code 1 before it served')
  await expect(samples.start(ASK)).rejects.toThrow('before it served')
  expect(log.error).toHaveBeenCalledTimes(2)
})
