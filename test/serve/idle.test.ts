import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { idleWatch } from '../../src/serve/idle'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

const limits = { first: 600_000, after: 30_000 }

test('the host waits long for the first page and shortly for another', () => {
  const end = vi.fn()
  const watch = idleWatch(limits, end)
  vi.advanceTimersByTime(599_999)
  watch.pages(1)
  vi.advanceTimersByTime(86_400_000)
  watch.pages(0)
  vi.advanceTimersByTime(29_999)
  expect(end).not.toHaveBeenCalled()
  vi.advanceTimersByTime(1)
  expect(end).toHaveBeenCalledOnce()
})

test('a reload and a second page keep the host', () => {
  const end = vi.fn()
  const watch = idleWatch(limits, end)
  for (const count of [1, 0, 1, 2, 1]) watch.pages(count)
  vi.advanceTimersByTime(86_400_000)
  expect(end).not.toHaveBeenCalled()
})

test('a host that no page ever reaches ends', () => {
  const end = vi.fn()
  idleWatch(limits, end)
  vi.advanceTimersByTime(600_000)
  expect(end).toHaveBeenCalledOnce()
})

test('without limits, and once stopped, it never ends', () => {
  const end = vi.fn()
  const endless = idleWatch(null, end)
  endless.pages(1)
  endless.pages(0)
  idleWatch(limits, end).stop()
  vi.advanceTimersByTime(86_400_000)
  expect(end).not.toHaveBeenCalled()
})
