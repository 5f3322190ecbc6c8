import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { PAGE_ROWS } from '../../../src/renderer/timeline/page-cache'
import { ROW_HEIGHT, slotOf } from '../../../src/renderer/timeline/scroll-mapping'
import { TableModel } from '../../../src/renderer/timeline/table-model'
import { fakeRows, VIEW } from './fake-rows'

const VIEWPORT = 270

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

async function opened(total: number, selected: string | null = null) {
  const backend = fakeRows(total)
  const model = new TableModel(backend)
  model.setViewport(VIEWPORT)
  model.open(VIEW, selected)
  await settle()
  return { backend, model }
}

async function settle() {
  await vi.advanceTimersByTimeAsync(1000)
}

const keys = (model: TableModel) => model.get().rows.map((row) => row?.key)

test('a view opens at its top', async () => {
  const { model } = await opened(1000)
  expect(model.get().total).toBe(1000)
  expect(keys(model).slice(0, 2)).toEqual(['k999', 'k998'])
  expect(model.get().opening).toBe(false)
})

test('a view opens at the selected event', async () => {
  const { model } = await opened(10_000_000, 'k4321')
  const { cursor, first, rows } = model.get()
  expect(cursor).toEqual({ row: 9_999_999 - 4321, key: 'k4321' })
  expect(rows[9_999_999 - 4321 - first]?.key).toBe('k4321')
})

test.each([0, 9, 49, 50, 99, 100, 101, 149, 199, 500, 999])('one answer holds all rows around the event in row %i', async (row) => {
  const backend = fakeRows(1000)
  const model = new TableModel(backend)
  model.setViewport(VIEWPORT)
  const shown: number[] = []
  model.subscribe(() => model.get().view && shown.push(keys(model).filter((key) => key === undefined).length))
  model.open(VIEW, `k${999 - row}`)
  await settle()
  expect(model.get().cursor?.row).toBe(row)
  expect(shown.length).toBeGreaterThan(0)
  expect(shown.every((lacking) => lacking === 0)).toBe(true)
})

test('End shows the last of ten million rows and Home the first', async () => {
  const { model } = await opened(10_000_000)
  model.moveTo(Infinity)
  await settle()
  expect(keys(model).at(-1)).toBe('k0')
  expect(model.get().cursor).toEqual({ row: 9_999_999, key: 'k0' })
  model.moveTo(0)
  await settle()
  expect(keys(model)[0]).toBe('k9999999')
})

test('a scroll by one row moves one row at ten million', async () => {
  const { model } = await opened(10_000_000)
  model.scrollTo(5_000_000 * ROW_HEIGHT)
  model.scrollBy(ROW_HEIGHT)
  await settle()
  expect(model.get().first).toBe(5_000_001)
  expect(keys(model)[0]).toBe('k4999998')
})

test('what flies past is never asked for', async () => {
  const { backend, model } = await opened(1_000_000)
  backend.asked.length = 0
  for (let at = 0; at < 200; at++) model.scrollTo(at * 100_000)
  await settle()
  expect(keys(model).every((key) => key !== undefined)).toBe(true)
  expect(backend.asked.length).toBeLessThan(12)
})

test('rows that arrive leave the first row in view and the cursor where they stand', async () => {
  const { backend, model } = await opened(1000)
  model.scrollTo(300 * ROW_HEIGHT + 5)
  await settle()
  const before = keys(model)
  backend.add(77)
  model.refresh()
  await settle()
  expect(keys(model)).toEqual(before)
  expect(model.get().top).toBe(377 * ROW_HEIGHT + 5)

  model.moveBy(1)
  await settle()
  const cursor = model.get().cursor
  const offset = (cursor?.row ?? 0) * ROW_HEIGHT - model.get().top
  backend.add(5000)
  model.refresh()
  await settle()
  expect(model.get().cursor).toEqual({ row: (cursor?.row ?? 0) + 5000, key: cursor?.key })
  expect((model.get().cursor?.row ?? 0) * ROW_HEIGHT - model.get().top).toBe(offset)
})

test('the chosen row stays in its place while rows arrive between any two answers', async () => {
  const { backend, model } = await opened(100_000)
  model.moveTo(500, 'centre')
  await settle()
  const { cursor, top } = model.get()
  const offset = 500 * ROW_HEIGHT - top
  backend.arriving(5000)
  for (let round = 0; round < 20; round++) {
    model.refresh()
    await settle()
    const look = model.get()
    expect(look.cursor?.key).toBe(cursor?.key)
    expect((look.cursor?.row ?? 0) * ROW_HEIGHT - look.top).toBe(offset)
    expect(look.rows[(look.cursor?.row ?? 0) - look.first]?.key).toBe(cursor?.key)
  }
})

test.each([
  ['at the top', 0],
  ['further down', 300],
])('a cursor moved while new rows are on their way stays on its event and in view, %s', async (_place, first) => {
  const { backend, model } = await opened(100_000)
  model.scrollTo(first * ROW_HEIGHT)
  await settle()
  let total = 100_000
  for (const rows of [3, 5000]) {
    total += rows
    backend.add(rows)
    model.refresh()
    // The refresh has been asked for and not been answered.
    await vi.advanceTimersByTimeAsync(300)
    model.moveBy(9)
    const wanted = model.get().cursor?.key
    expect(wanted).toBeDefined()
    await settle()
    const { cursor, first: shown, rows: inView, top } = model.get()
    expect(cursor?.key).toBe(wanted)
    expect(inView[(cursor?.row ?? 0) - shown]?.key).toBe(wanted)
    expect((cursor?.row ?? 0) * ROW_HEIGHT - top).toBeLessThan(VIEWPORT)
    expect(model.get().total).toBe(total)
  }
})

test('a cursor whose row could not be read stays in its place while rows arrive', async () => {
  const { backend, model } = await opened(100_000)
  model.use({ call: () => Promise.reject(new Error('no answer')) })
  model.scrollTo((PAGE_ROWS - 5) * ROW_HEIGHT)
  const before = keys(model)
  model.moveTo(PAGE_ROWS + 3)
  backend.add(5000)
  model.use(backend)
  model.refresh()
  await settle()
  const { cursor, first } = model.get()
  expect(keys(model)[0]).toBe(before[0])
  expect((cursor?.row ?? 0) - first).toBe(8)
})

test('a line goes on showing what it shows when rows come in above, however many', async () => {
  const { backend, model } = await opened(1000)
  model.scrollTo(300 * ROW_HEIGHT)
  await settle()
  const lines = () => {
    const look = model.get()
    return new Map(look.rows.map((row, at) => [slotOf(look.first + at, look), row?.key]))
  }
  const before = lines()
  expect(before.size).toBe(model.get().rows.length)
  for (const count of [1, 5, 4321]) {
    backend.add(count)
    model.refresh()
    await settle()
    expect(lines()).toEqual(before)
  }
})

test('at the very top new rows show', async () => {
  const { backend, model } = await opened(1000)
  backend.add(3)
  model.refresh()
  await settle()
  expect(keys(model)[0]).toBe('k1002')
  expect(model.get().total).toBe(1003)
})

test('rows that came in above are counted until they are looked at', async () => {
  const { backend, model } = await opened(1000)
  model.moveTo(0)
  for (const [count, newer] of [[3, 3], [34, 37]] as const) {
    backend.add(count)
    model.refresh()
    await settle()
    expect(model.get().newer).toBe(newer)
    expect(model.get().cursor?.key).toBe('k999')
  }
  model.scrollTo(0)
  expect(model.get().newer).toBe(0)
  expect(keys(model)[0]).toBe('k1036')
})

test('rows that come while a view opens show when it is open', async () => {
  const { backend, model } = await opened(1000)
  model.open({ ...VIEW, query: 'user:ann' }, null)
  backend.add(3)
  model.hear(['mark'])
  await settle()
  expect(model.get().total).toBe(1003)
})

test('an event that is not in the view is not selected', async () => {
  const { model } = await opened(10)
  const found = model.select('k50')
  await settle()
  expect(await found).toBe(false)
  expect(model.get().cursor).toBeNull()
})

test('the next failure is gone to, and its absence is said', async () => {
  const { model } = await opened(25)
  model.moveTo(0)
  const found = model.nextFailure('forward')
  await settle()
  expect(await found).toBe(true)
  expect(model.get().cursor?.row).toBe(10)
  const back = model.nextFailure('back').then(() => model.nextFailure('back'))
  await settle()
  expect(await back).toBe(false)
})

test('a view that cannot be read keeps the old rows and says so', async () => {
  const { backend, model } = await opened(10)
  model.use({ call: () => Promise.reject(new Error('no answer')) })
  model.open({ ...VIEW, query: 'x' }, null)
  await settle()
  expect(model.get().fault).toEqual(new Error('no answer'))
  expect(keys(model)[0]).toBe('k9')
  model.use(backend)
  model.open(VIEW, null)
  await settle()
  expect(model.get().fault).toBeNull()
})

test('only a change of what decides the rows has them read again', async () => {
  const { backend, model } = await opened(1000)
  const before = backend.asked.length
  model.hear(['mark', 'coverage'])
  await settle()
  expect(backend.asked).toHaveLength(before)
  model.hear(['event'])
  await settle()
  const after = backend.asked.length
  expect(after).toBeGreaterThan(before)
  backend.tables.push('mark')
  model.open({ ...VIEW, query: 'is:marked' }, null)
  await settle()
  const reopened = backend.asked.length
  model.hear(['mark'])
  await settle()
  expect(backend.asked.length).toBeGreaterThan(reopened)
})

test('goes from mark to mark, and says where there is no further one', async () => {
  const { backend, model } = await opened(25)
  const move = async (direction: 'forward' | 'back') => {
    const moved = model.nextMark(direction)
    await settle()
    return moved
  }
  model.moveTo(3)
  expect(await move('forward')).toBe(true)
  expect(model.get().cursor?.row).toBe(13)
  expect(await move('forward')).toBe(true)
  expect(await move('forward')).toBe(false)
  expect(model.get().cursor?.row).toBe(23)
  expect(await move('back')).toBe(true)
  expect(backend.asked.filter((asked) => asked.startsWith('timeline.nextMark'))).toHaveLength(4)
})

test('a view that is expected is asked for once, also when it is opened then', async () => {
  const { backend, model } = await opened(100_000)
  const asked: unknown[] = []
  const counting = { call: (...ask: Parameters<typeof backend.call>) => (asked.push(ask[0]), backend.call(...ask)) }
  model.use(counting as typeof backend)
  model.expect(VIEW, null)
  expect(asked).toEqual([])
  const next = { ...VIEW, range: { from: 0, to: 1 } }
  model.expect(next, null)
  model.open(next, null)
  expect(asked).toEqual(['timeline.rows'])
  await settle()
  expect(model.get()).toMatchObject({ view: next, opening: false })
  // Another wire, which knows nothing of what was asked.
  model.expect(VIEW, null)
  model.use(backend)
  model.open(VIEW, null)
  await settle()
  expect(model.get()).toMatchObject({ view: VIEW, opening: false })
})
