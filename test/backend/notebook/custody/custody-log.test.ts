import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { checkCustodyLines, CustodyLog, recordActs, type Anchor } from '../../../../src/backend/notebook'
import type { CustodyEntry } from '../../../../src/contract'

let workspace = ''
beforeEach(() => (workspace = mkdtempSync(join(tmpdir(), 'recount-custody-'))))
afterEach(() => rmSync(workspace, { recursive: true, force: true }))

const path = () => join(workspace, 'notebook', 'custody.jsonl')
const START = Date.UTC(2026, 10, 20, 9)
let clock = START

function open(more: { isWriter?: boolean; anchor?: Anchor | null } = {}): CustodyLog {
  return new CustodyLog({
    workspace,
    version: '1.0.0',
    now: () => (clock += 1000),
    zone: () => 'Europe/Berlin',
    by: 'ana',
    isWriter: more.isWriter ?? true,
    anchor: more.anchor ?? null,
    onChange: () => undefined,
  })
}

async function write(count: number): Promise<void> {
  const log = open()
  for (let at = 0; at < count; at++) log.record({ action: at % 2 ? 'query' : 'open', object: `thing ${at}`, detail: 'a “detail”\nof two lines' })
  await log.settle()
  log.close()
}

const lines = () => readFileSync(path(), 'utf8').split('\n').slice(0, -1)
const entries = () => lines().map((line) => JSON.parse(line) as CustodyEntry)
const put = (changed: readonly string[]) => writeFileSync(path(), `${changed.join('\n')}\n`)

async function problems(anchor: Anchor | null = null) {
  const log = open({ isWriter: false, anchor })
  const state = await log.state()
  log.close()
  return state.problems
}

describe('the custody log', () => {
  it('chains every act with who, when, zone and version', async () => {
    await write(3)
    const [first, second, third] = entries()
    expect(first).toMatchObject({ seq: 1, zone: 'Europe/Berlin', by: 'ana', version: '1.0.0', action: 'open', object: 'thing 0', prev: '0'.repeat(64) })
    expect(second?.prev).toBe(first?.hash)
    expect(third?.prev).toBe(second?.hash)
    expect(await problems()).toEqual([])
    expect(checkCustodyLines(readFileSync(path()))).toEqual({ entries: 3, head: third?.hash, problems: [], found: 0 })
  })

  it('goes on after a restart, and lists the newest first', async () => {
    await write(3)
    await recordActs({ workspace, version: '2', zone: 'UTC', now: () => clock }, [{ action: 'import', object: 'auth.log', detail: '' }])
    const log = open()
    log.record({ action: 'export', object: 'x.csv', detail: '' })
    const { rows, total, state } = await log.list({ text: '', at: 0, count: 2 })
    expect(rows.map(({ seq, action }) => [seq, action])).toEqual([[5, 'export'], [4, 'import']])
    expect([total, state.entries, state.head, state.broken]).toEqual([5, 5, rows[0]?.hash, null])
    const found = await log.list({ text: 'THING', at: 1, count: 10 })
    expect([found.total, found.rows.map(({ seq }) => seq)]).toEqual([3, [2, 1]])
    log.record({ action: 'open', object: 'thing 9', detail: '' })
    expect((await log.list({ text: 'thing', at: 0, count: 1 })).rows[0]?.seq).toBe(6)
    log.close()
  })

  it('lets a reader see what another process writes, and write nothing', async () => {
    await write(1)
    const reader = open({ isWriter: false })
    expect((await reader.state()).entries).toBe(1)
    const writer = open()
    writer.record({ action: 'open', object: 'more', detail: '' })
    await writer.settle()
    reader.record({ action: 'open', object: 'unwritten', detail: '' })
    const { rows, state } = await reader.list({ text: '', at: 0, count: 10 })
    expect([rows.map(({ object }) => object), state.isReadOnly]).toEqual([['more', 'thing 0'], true])
    reader.close()
    writer.close()
  })
})

describe('tampering', () => {
  const FIELDS: readonly (keyof CustodyEntry)[] = ['seq', 'at', 'zone', 'by', 'version', 'action', 'object', 'detail', 'prev', 'hash']

  it.each(FIELDS)('with the field %s of an entry is found and named', async (field) => {
    await write(5)
    const changed = entries().map((entry) => {
      if (entry.seq !== 3) return entry
      if (typeof entry[field] === 'number') return { ...entry, [field]: entry[field] + 7 }
      const value = field === 'action' ? 'export' : field === 'prev' || field === 'hash' ? 'f'.repeat(64) : 'other'
      return { ...entry, [field]: value }
    })
    put(changed.map((entry) => JSON.stringify(Object.fromEntries(Object.entries(entry).sort(([a], [b]) => (a < b ? -1 : 1))))))
    const [first] = await problems()
    expect(first?.seq).toBe(field === 'seq' ? 10 : 3)
    const isNamed = ['seq', 'zone', 'by', 'version', 'action', 'prev'].includes(field)
    expect(first?.reason).toContain(isNamed ? `\`${field}\` was changed` : 'does not match its hash')
  })

  const DONE: readonly { what: string; change: (lines: string[]) => (string | undefined)[]; seq: number; reason: string }[] = [
    { what: 'removed', change: ([a, , c, d]) => [a, c, d], seq: 3, reason: 'entry 2 should stand' },
    { what: 'removed at the beginning', change: ([, b, c, d]) => [b, c, d], seq: 2, reason: 'entry 1 should stand' },
    { what: 'swapped', change: ([a, b, c, d]) => [a, c, b, d], seq: 3, reason: 'entry 2 should stand' },
    { what: 'put in twice', change: ([a, b, c, d]) => [a, b, b, c, d], seq: 2, reason: 'out of order' },
    { what: 'spaced out', change: ([a, b, c, d]) => [a, b, c?.replace('{', '{ '), d], seq: 3, reason: 'the one way' },
    { what: 'made unreadable', change: ([a, b, , d]) => [a, b, '{', d], seq: 3, reason: 'not readable' },
  ]

  it.each(DONE)('by an entry that is $what is found', async ({ change, seq, reason }) => {
    await write(4)
    put(change(lines()).filter((line) => line !== undefined))
    const [first] = await problems()
    expect(first?.seq).toBe(seq)
    expect(first?.reason).toContain(reason)
  })

  it('by an entry rewritten with a hash of its own is found at the next one', async () => {
    await write(4)
    const own = lines()
    rmSync(path())
    await write(2)
    put([own[0] ?? '', lines()[1] ?? '', ...own.slice(2)])
    expect((await problems()).map(({ seq }) => seq)).toEqual([2, 3])
  })

  it('by entries cut from the end is found by the last entry known', async () => {
    await write(4)
    const last = entries().at(-1)
    put(lines().slice(0, 2))
    expect(await problems({ seq: last?.seq ?? 0, hash: last?.hash ?? '' })).toEqual([{ seq: 4, reason: expect.stringContaining('Entry 4') }])
  })

  it('of any single byte is found', async () => {
    await write(3)
    const whole = readFileSync(path())
    for (let at = 0; at < whole.length; at++) {
      const changed = Uint8Array.from(whole)
      changed[at] = (whole[at] ?? 0) ^ 1
      expect(checkCustodyLines(changed).found, `byte ${at}`).toBeGreaterThan(0)
    }
  })

  it('is stated in a new segment, once, and what was found broken cannot change again', async () => {
    await write(4)
    put(lines().map((line, at) => (at === 1 ? line.replace('thing 1', 'thing X') : line)))
    const log = open()
    expect((await log.state()).broken?.seq).toBe(2)
    log.record({ action: 'open', object: 'after', detail: '' })
    log.close()
    expect(entries().map(({ action }) => action)).toEqual(['open', 'query', 'open', 'query', 'break', 'open'])
    expect(entries()[4]?.detail).toContain('at entry 2')
    await write(1)
    expect(entries().filter(({ action }) => action === 'break')).toHaveLength(1)
    put(lines().map((line, at) => (at === 1 ? line.replace('thing X', 'thing Y') : line)))
    expect((await problems()).map(({ seq }) => seq)).toEqual([2, 5])
  })

  it('while the program runs is found by a check', async () => {
    await write(3)
    const log = open()
    expect((await log.state()).broken).toBeNull()
    put(lines().slice(0, 1))
    const state = await log.check()
    expect(state.broken?.reason).toContain('cut short')
    log.record({ action: 'open', object: 'after', detail: '' })
    log.close()
    expect(entries().map(({ seq, action }) => [seq, action])).toEqual([[1, 'open'], [4, 'break'], [5, 'open']])
  })
})

describe('a torn end', () => {
  it('is cut, kept beside and told of', async () => {
    await write(2)
    const torn = '{"action":"open","at":17'
    writeFileSync(path(), readFileSync(path(), 'utf8') + torn)
    await write(1)
    expect(entries().map(({ seq, action }) => [seq, action])).toEqual([[1, 'open'], [2, 'query'], [3, 'mend'], [4, 'open']])
    const beside = readdirSync(join(workspace, 'notebook')).find((name) => name.startsWith('custody.jsonl.cut-'))
    expect(readFileSync(join(workspace, 'notebook', beside ?? ''), 'utf8')).toBe(torn)
    expect(entries()[2]?.detail).toContain(beside)
    expect(await problems()).toEqual([])
  })

  it('that lacks nothing but its line feed is kept', async () => {
    await write(2)
    writeFileSync(path(), readFileSync(path(), 'utf8').trimEnd())
    await write(1)
    expect(entries().map(({ seq }) => seq)).toEqual([1, 2, 3])
  })

  it('does not disturb a reader', async () => {
    await write(2)
    writeFileSync(path(), `${readFileSync(path(), 'utf8')}{"act`)
    expect(await problems()).toEqual([])
  })

  it('whose last line is no entry begins a new segment', async () => {
    await write(2)
    put([...lines(), 'nonsense'])
    await write(1)
    expect(lines().slice(3).map((line) => (JSON.parse(line) as CustodyEntry).action)).toEqual(["break", "open"])
  })
})
