import { test } from 'vitest'
import { DIALECTS, FAULTS, type Fault } from '../../../../src/sample'
import { Random } from '../../random'
import { connected, difference, falselyComplete, SAMPLE_NOW } from './a-sync'
const QUICK: readonly Fault[] = FAULTS.filter((fault) => fault !== 'slow' && fault !== 'huge-record')
test('x', { timeout: 300000 }, async () => {
    const seed = Number(process.env['SEED'])
    const random = new Random(seed)
    const faults = QUICK.filter(() => random.chance(0.3))
    const dialect = random.pick(DIALECTS)
    const synced = await connected({ dialect, faults, seed, events: 200 + random.int(1000), machines: 6 })
    for (let i = 0; i < 12; i++) {
      const b = synced.sample.requests().length
      const job = await synced.sync()
      const d = difference(synced, SAMPLE_NOW)
      const a = job.streams[0]
      console.log(dialect, faults.join(), i, job.state, synced.sample.requests().length - b, JSON.stringify(a), JSON.stringify(d).slice(0, 300), falselyComplete(synced), synced.store.connections()[0]?.streams[0]?.recheckedTo)
      if (i > 9) console.log(synced.store.coverage(null).filter((r) => r.stream === 'audit').slice(-20).map((r) => JSON.stringify(r)).join('\n'))
    }
})
