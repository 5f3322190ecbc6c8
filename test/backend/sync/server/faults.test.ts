import { describe, expect, test } from 'vitest'
import { DIALECTS, FAULTS, type Dialect, type Fault } from '../../../../src/sample'
import { Random } from '../../random'
import { connected, difference, falselyComplete, SAMPLE_NOW, type Synced } from './a-sync'

/** Syncs that a server with faults may need; each fault passes after a bounded number of requests. */
const MOST_SYNCS = 40
const SAME = { missing: [], other: [], gone: [] }

/** Syncs until the workspace equals the server, so often at least; answers the end of each. */
async function syncUntilSame(synced: Synced, least = 1): Promise<Ended[]> {
  const began = performance.now()
  const ended: Ended[] = []
  for (;;) {
    const until = SAMPLE_NOW + performance.now() - began - 10_000
    const { state } = await synced.sync()
    ended.push({ state, faults: faultsOf(synced) })
    const found = difference(synced, until)
    const isSame = found.missing.length + found.other.length + found.gone.length === 0
    if ((!isSame || ended.length < least) && ended.length < MOST_SYNCS) continue
    expect({ ...found, falselyComplete: falselyComplete(synced) }).toEqual({ ...SAME, falselyComplete: [] })
    return ended
  }
}

type Ended = { state: string; faults: string[] }

function faultsOf({ store }: Synced): string[] {
  return store.connections()[0]?.streams.flatMap(({ fault }) => fault?.code ?? []) ?? []
}

function notesOf({ store }: Synced): string[] {
  const ofLists = store.connections()[0]?.streams.map(({ note }) => note) ?? []
  return [...new Set([...store.coverage(null).map(({ note }) => note), ...ofLists])].filter((note) => note !== undefined)
}

function auditOf({ store }: Synced) {
  return store.connections()[0]?.streams.find(({ stream }) => stream === 'audit')
}

type Bitten = Synced & { ended: Ended[]; dialect: Dialect }

/** How each fault is seen to have been at work, and what had to be told of it. */
const SEEN: Record<Fault, (bitten: Bitten) => void> = {
  'shifting-offsets': ({ store }) => {
    const view = { filter: { kind: 'all' as const }, range: null, order: 'asc' as const, companions: true }
    expect(store.tallyAttribute(view, 'recount.own').values.find(({ value }) => value === 'yes')?.rows).toBeGreaterThan(0)
  },
  'equal-timestamps': ({ store }) => {
    const times = store.keysIn({ connection: 'acme', stream: 'audit' }, { from: 0, to: Infinity }).map(({ time }) => time)
    expect(times.length - new Set(times).size).toBeGreaterThan(200)
  },
  'late-rows': ({ store }) => expect(store.drift()[0]?.late).toBeGreaterThan(0),
  'clamped-limit': ({ sample }) => expect(sample.requests().filter(({ path }) => path.includes('limit=25')).length).toBeGreaterThan(20),
  'ignored-window': (bitten) => {
    if (bitten.dialect === 'documented') expect(auditOf(bitten)?.note).toMatch(/ignored the time window/)
    // Its window was never asked for.
    else expect(bitten.sample.requests().filter(({ path }) => path.includes('from='))).toEqual([])
  },
  '401-mid-walk': ({ ended }) => expect(ended.filter(({ state }) => state === 'failed').length).toBeGreaterThan(0),
  '403-machines': ({ store }) => {
    const hidden = store.connections()[0]?.streams.filter(({ status }) => status === 'not-visible').map(({ stream }) => stream) ?? []
    expect(hidden.length).toBeGreaterThan(0)
    const range = { from: SAMPLE_NOW - 86_400_000, to: SAMPLE_NOW - 3_600_000 }
    const states = store.coverage(range).filter(({ stream }) => hidden.includes(stream)).map(({ state }) => state)
    expect(new Set(states)).toEqual(new Set(['not-visible']))
  },
  '429-seconds': ({ waits }) => expect(waits()).toBeGreaterThan(0),
  '429-date': ({ waits }) => expect(waits()).toBeGreaterThan(0),
  '502-text': ({ waits }) => expect(waits()).toBeGreaterThan(0),
  'html-404': ({ waits }) => expect(waits()).toBeGreaterThan(0),
  'truncated-json': ({ waits }) => expect(waits()).toBeGreaterThan(0),
  slow: ({ ended }) => expect(ended.every(({ state }) => state === 'done')).toBe(true),
  'duplicate-ids': (bitten) => {
    expect(notesOf(bitten)).toContain('The server lists 1 record twice.')
    expect(auditOf(bitten)?.status).toBe('partial')
  },
  'moving-totals': (bitten) => expect(auditOf(bitten)?.status).toBe('ok'),
  'record-changes': ({ store }) => expect(store.drift()[0]?.changed).toBeGreaterThan(0),
  'record-vanishes': ({ store }) => expect(store.drift()[0]?.vanished).toBeGreaterThan(0),
  'huge-record': ({ store }) => {
    const view = { filter: { kind: 'all' as const }, range: null, order: 'desc' as const, companions: true }
    const sizes = store.records(view, 0, 200).map(({ raw }) => raw.length)
    expect(Math.max(...sizes)).toBeGreaterThan(4_000_000)
  },
  redirect: ({ ended, sample }) => {
    expect(ended.some(({ state, faults }) => state === 'failed' || faults.includes('redirect-refused'))).toBe(true)
    expect(sample.requests().filter(({ elsewhere }) => elsewhere)).toEqual([])
  },
}

/** What these do to the list while the first sync goes on is seen by the next. */
const NEEDS_TWO: readonly Fault[] = ['shifting-offsets', 'late-rows', 'record-changes', 'record-vanishes']

describe.each(DIALECTS)('a %s server', (dialect) => {
  test.each(FAULTS)('with the fault %s ends equal, record for record, and the ledger tells of it', async (fault) => {
    const synced = await connected({ dialect, faults: [fault], events: 1500, machines: 24 })
    const ended = await syncUntilSame(synced, NEEDS_TWO.includes(fault) ? 2 : 1)
    SEEN[fault]({ ...synced, ended, dialect })
  })
})

const MIXTURES = Number(process.env['MIXTURES'] ?? 200)
/** One takes its time, the other is told by its bytes alone; both stand above. */
const QUICK: readonly Fault[] = FAULTS.filter((fault) => fault !== 'slow' && fault !== 'huge-record')

test(`${MIXTURES} random mixtures of faults end equal, record for record`, { timeout: 1_800_000 }, async () => {
  for (let seed = 1; seed <= MIXTURES; seed++) {
    const random = new Random(seed)
    const faults = QUICK.filter(() => random.chance(0.3))
    const synced = await connected({ dialect: random.pick(DIALECTS), faults, seed, events: 200 + random.int(1000), machines: 6 })
    await syncUntilSame(synced).catch((error: unknown) => {
      throw new Error(`seed ${seed}: ${faults.join(', ')}: ${String(error)}`, { cause: error })
    })
    await synced.sample.close()
  }
})
