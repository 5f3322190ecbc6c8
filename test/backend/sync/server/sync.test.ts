import { describe, expect, test } from 'vitest'
import { connected, given, held } from './a-sync'

describe('a first sync', () => {
  test.each(['documented', 'server'] as const)('brings every record of a %s server, byte for byte', async (dialect) => {
    const { sample, store, sync, token } = await connected({ dialect })
    const job = await sync()
    expect(job.fault).toBeNull()
    const server = given(sample.lists(token))
    const here = held(store)
    expect([...here.keys()].filter((name) => !server.has(name))).toEqual([])
    console.log(dialect, here.size, server.size, job.requests, job.streams.slice(0, 3))
  })
})
