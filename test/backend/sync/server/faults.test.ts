import { describe, expect, test } from 'vitest'
import { DIALECTS, FAULTS, type Fault } from '../../../../src/sample'
import { Random } from '../../random'
import { connected, difference, falselyComplete, SAMPLE_NOW, type Synced } from './a-sync'

/** Syncs that a server with faults may need; each fault passes after a bounded number of requests. */
const MOST_SYNCS = 40
const SAME = { missing: [], other: [], gone: [] }

/** Syncs until the workspace equals the server; answers how often. */
async function syncUntilSame(synced: Synced): Promise<number> {
  const began = performance.now()
  for (let times = 1; ; times++) {
    const until = SAMPLE_NOW + performance.now() - began - 10_000
    await synced.sync()
    const found = difference(synced, until)
    const isSame = found.missing.length + found.other.length + found.gone.length === 0
    if (isSame || times === MOST_SYNCS) {
      expect({ ...found, falselyComplete: falselyComplete(synced) }).toEqual({ ...SAME, falselyComplete: [] })
      return times
    }
  }
}

describe.each(DIALECTS)('a %s server', (dialect) => {
  test.each(FAULTS)('with the fault %s ends equal, record for record', async (fault) => {
    const synced = await connected({ dialect, faults: [fault], events: 1500 })
    const times = await syncUntilSame(synced)
    console.log(dialect, fault, times, synced.sample.requests().length, JSON.stringify(synced.store.drift()))
  })
})

const MIXTURES = Number(process.env['MIXTURES'] ?? 200)
const QUICK: readonly Fault[] = FAULTS.filter((fault) => fault !== 'slow' && fault !== 'huge-record')

test(`${MIXTURES} random mixtures of faults end equal, record for record`, { timeout: 1_800_000 }, async () => {
  for (let seed = 1; seed <= MIXTURES; seed++) {
    const random = new Random(seed)
    const faults = QUICK.filter(() => random.chance(0.3))
    const synced = await connected({ dialect: random.pick(DIALECTS), faults, seed, events: 200 + random.int(1000) })
    await syncUntilSame(synced).catch((error: unknown) => {
      throw new Error(`seed ${seed}: ${faults.join(', ')}: ${String(error)}`, { cause: error })
    })
    await synced.sample.close()
  }
})
