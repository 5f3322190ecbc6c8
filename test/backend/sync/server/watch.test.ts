import { expect, test } from 'vitest'
import { SyncJobs } from '../../../../src/backend/sync'
import { DIALECTS, FAULTS, type Fault } from '../../../../src/sample'
import { Random } from '../../random'
import { reopened } from '../../store/a-store'
import { connected, SAMPLE_NOW } from './a-sync'
import { watching } from './a-watch'

const FIRST = Number(process.env['FIRST_WATCHED'] ?? 1)
const CASES = Number(process.env['WATCHED'] ?? 12)
const SYNCS = 6
const HOUR = 3_600_000
/** What these do takes long and nothing of it is seen in the ledger. */
const QUICK: readonly Fault[] = FAULTS.filter((fault) => fault !== 'slow' && fault !== 'huge-record')

type Ask = Parameters<SyncJobs['start']>[0]

function anyAsk(random: Random, streams: string[]): Ask {
  if (random.chance(0.15)) return { live: true }
  if (random.chance(0.15) && streams.length > 0) return { stream: random.pick(streams) }
  if (random.chance(0.3)) return { scheduled: true }
  if (random.chance(0.5)) return {}
  const from = SAMPLE_NOW - 1 - random.int(2000 * HOUR)
  return { range: { from: random.chance(0.8) ? from : null, to: random.chance(0.5) ? null : from + 1 + random.int(200 * HOUR) } }
}

/** Syncs of any kind, some cancelled on the way, with a restart between some. */
async function wrongsOf(seed: number): Promise<{ about: string; wrongs: string[] }> {
  const random = new Random(seed)
  const faults = QUICK.filter(() => random.chance(0.3))
  const dialect = random.pick(DIALECTS)
  const { context, sample, token, workspace } = await connected({ dialect, faults, seed, events: 300 + random.int(1500), machines: 6 })
  const watch = watching({ sample, token })
  watch.attach(context.store)
  for (let times = 0; times < SYNCS; times++) {
    const stopAt = random.chance(0.4) ? sample.requests().length + random.int(30) : Infinity
    const jobs: SyncJobs = new SyncJobs(context, () => {
      if (sample.requests().length > stopAt) void jobs.close()
    })
    watch.begin()
    jobs.start({ connection: 'acme', ...anyAsk(random, context.store.connections()[0]?.streams.map(({ stream }) => stream) ?? []) })
    await jobs.ended('acme')
    if (!random.chance(0.4)) continue
    context.store = await reopened(context.store, workspace)
    watch.attach(context.store)
  }
  await sample.close()
  expect(watch.looks).toBeGreaterThan(0)
  return { about: `seed ${seed}, ${dialect}: ${faults.join(', ')}`, wrongs: watch.wrongs.slice(0, 5) }
}

test(`after every write of ${CASES} random mixtures nothing is called complete that is not, nor gone that is there`, { timeout: 3_600_000 }, async () => {
  for (let seed = FIRST; seed < FIRST + CASES; seed++) {
    const { about, wrongs } = await wrongsOf(seed)
    expect(wrongs, about).toEqual([])
  }
})
