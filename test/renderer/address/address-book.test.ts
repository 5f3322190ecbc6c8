import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { AddressBook, type Places } from '../../../src/renderer/address/address-book'

function placesWith(hash: string) {
  const steps = [hash]
  let moved = () => {}
  const places: Places = {
    hash: () => steps.at(-1) ?? '',
    push: (next) => void steps.push(next),
    replace: (next) => void steps.splice(-1, 1, next),
    onMoved(listener) {
      moved = listener
      return () => (moved = () => {})
    },
  }
  return { places, steps, back: () => (steps.pop(), moved()) }
}

describe('the address book', () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())

  it('pushes at once, and back undoes it', () => {
    const { places, steps, back } = placesWith('#/v1/timeline')
    const book = new AddressBook(places)
    book.go({ query: 'a' })
    expect(steps).toEqual(['#/v1/timeline', '#/v1/timeline?q=a'])
    back()
    expect(book.get().query).toBe('')
  })

  it('replaces at a pace, with the newest place', () => {
    const { places, steps } = placesWith('#/v1/timeline')
    const replace = vi.spyOn(places, 'replace')
    const book = new AddressBook(places)
    for (let n = 0; n < 300; n++) book.go({ selected: `k${n}` }, 'replace')
    expect(book.get().selected).toBe('k299')
    vi.advanceTimersByTime(1000)
    expect(replace).toHaveBeenCalledTimes(1)
    expect(steps).toEqual(['#/v1/timeline?event=k299'])
  })

  it('writes what waits before a push, so that back finds it', () => {
    const { places, steps, back } = placesWith('#/v1/timeline')
    const book = new AddressBook(places)
    book.go({ selected: 'k' }, 'replace')
    book.go({ query: 'a' })
    expect(steps).toEqual(['#/v1/timeline?event=k', '#/v1/timeline?q=a&event=k'])
    back()
    expect(book.get()).toMatchObject({ query: '', selected: 'k' })
  })

  it('makes no step to where it is', () => {
    const { places, steps } = placesWith('#/v1/timeline')
    const book = new AddressBook(places)
    const heard = vi.fn()
    book.subscribe(heard)
    book.go({ query: '' })
    expect(steps).toHaveLength(1)
    expect(heard).not.toHaveBeenCalled()
  })
})
