import { describe, expect, it } from 'vitest'
import { detect, ownRules } from '../../../src/backend/detect'
import { connected } from '../sync/server/a-sync'

const idOf = (key: string) => key.split(':').at(-1) ?? ''

// The larger is the size of the sample workspace.
describe.each([
  ['server', 12_000],
  ['documented', 200_000],
] as const)('the own rules over the sample server, %s, %i events', (dialect, events) => {
  it('tell of every planted story, and of nothing that only looks like one', async () => {
    const { store, sample, sync } = await connected({ dialect, events })
    await sync()
    const findings = detect(store, ownRules(), null)
    const told = (ids: string[]) => findings.filter(({ sample: keys }) => keys.some((key) => ids.includes(idOf(key)))).map(({ rule, key }) => `${rule} ${key}`)
    const stories = sample.stories().map(({ ids: { audit, logs, sessions }, ...story }) => ({ ...story, ids: [...audit, ...logs, ...sessions] }))
    const requests = sample.requestStories().map(({ ids: { approvals, sessions }, ...story }) => ({ ...story, ids: [...approvals, ...sessions] }))
    expect(stories).toHaveLength(6)
    const harmless = [...stories, ...requests].filter(({ looksLike }) => looksLike !== undefined)
    expect(harmless.length).toBeGreaterThan(6)
    expect(harmless.flatMap(({ name, ids }) => told(ids).map((finding) => `${name}: ${finding}`))).toEqual([])
    // What was never used is listed on Approvals; no rule tells it.
    const planted = [...stories, ...requests].filter(({ name }) => name !== 'never-used')
    for (const { name, ids, looksLike } of planted) if (looksLike === undefined) expect([name, told(ids).length > 0]).toEqual([name, true])
  }, 120_000)
})
