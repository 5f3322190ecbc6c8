import { describe, expect, test } from 'vitest'
import { SyncJobs } from '../../../../src/backend/sync'
import { DIALECTS } from '../../../../src/sample'
import { connected, difference, falselyComplete, SAMPLE_NOW } from './a-sync'

const SAME = { missing: [], other: [], gone: [] }

describe('a first sync', () => {
  test.each(DIALECTS)('brings every record of a %s server, byte for byte', async (dialect) => {
    const synced = await connected({ dialect })
    const job = await synced.sync()
    expect(job).toMatchObject({ state: 'done', fault: null })
    expect({ ...difference(synced, SAMPLE_NOW), falselyComplete: falselyComplete(synced) }).toEqual({ ...SAME, falselyComplete: [] })
    expect(job.streams.find(({ stream }) => stream === 'audit')?.status).toBe('ok')
  })
})

describe('a sync by the clock', () => {
  test('passes over machines in which the audit shows nothing new, for an hour', async () => {
    const synced = await connected({ machines: 6, events: 600 })
    let now = synced.ports.clock.now()
    const ports = { ...synced.ports, clock: { now: () => now } }
    const jobs = new SyncJobs({ ...synced.context, ports }, () => {})
    const asked = async (scheduled: boolean) => {
      const before = synced.sample.requests().length
      jobs.start({ connection: 'acme', scheduled })
      await jobs.ended('acme')
      return synced.sample.requests().slice(before).filter(({ path }) => /\/machines\/[^/]+\//.test(path)).length
    }
    // Sessions, commands, sign-ins and recordings; these are listed again only where the others had news.
    expect(await asked(false)).toBe(24)
    expect(await asked(true)).toBe(0)
    expect(await asked(false)).toBe(18)
    now += 3_600_000
    expect(await asked(true)).toBe(24)
  })
})
