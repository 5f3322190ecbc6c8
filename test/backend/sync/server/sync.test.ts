import { describe, expect, test } from 'vitest'
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
