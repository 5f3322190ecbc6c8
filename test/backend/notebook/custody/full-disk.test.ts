import { readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { checkCustodyLines, CustodyLog } from '../../../../src/backend/notebook'
import { fill, smallDisks } from '../../a-small-disk'

const { mount, missing } = smallDisks()
if (missing !== null) console.warn(`skipped: full disk of the custody log: ${missing}`)

describe.skipIf(missing !== null)('the custody log on a full disk', () => {
  it('still writes the act that is done, refuses the next, keeps looks in memory, and goes on when there is room', async () => {
    const workspace = mount(512)
    const log = new CustodyLog({ workspace, version: '1', now: () => 0, zone: () => 'UTC', by: 'ana', isWriter: true, anchor: null, onChange: () => undefined })
    log.admit()
    log.record({ action: 'mark', object: 'first', detail: '' })
    await log.settle()
    log.admit()
    const filler = fill(workspace)
    const large = 'x'.repeat(8000)
    log.record({ action: 'remove', object: 'done already', detail: large })
    await log.settle()
    const path = join(workspace, 'notebook', 'custody.jsonl')
    expect(readFileSync(path, 'utf8')).toContain('done already')
    fill(workspace)
    expect(() => log.admit()).toThrow(expect.objectContaining({ code: 'disk-full' }))
    for (let at = 0; at < 20; at++) log.record({ action: 'open', object: `look ${at}`, detail: large })
    const state = await log.state()
    expect([state.waiting > 0, state.fault]).toEqual([true, expect.stringContaining('disk is full')])
    await expect(log.settle()).rejects.toMatchObject({ code: 'disk-full' })
    expect(checkCustodyLines(readFileSync(path)).found).toBe(0)
    rmSync(filler)
    log.admit()
    expect(await log.state()).toMatchObject({ waiting: 0, fault: null, found: 0, entries: 22 })
    log.close()
    expect(checkCustodyLines(readFileSync(path))).toMatchObject({ entries: 22, found: 0 })
  })
})
