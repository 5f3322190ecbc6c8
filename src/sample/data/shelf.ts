import type { Facts } from './facts'

/** Numbers of facts, oldest first: one list of the server. */
export type Shelf = { items: Uint32Array<ArrayBuffer>; size: number }

/** Places of a shelf, half-open. */
export type Span = { low: number; high: number }

export function emptyShelf(): Shelf {
  return { items: new Uint32Array(16), size: 0 }
}

/** The first place whose time is not before the given one. */
export function placeOf(facts: Facts, shelf: Shelf, time: number): number {
  let low = 0
  let high = shelf.size
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((facts.time[shelf.items[middle] as number] as number) < time) low = middle + 1
    else high = middle
  }
  return low
}

/** Puts a fact behind all others of its time or before. */
export function putOn(facts: Facts, shelf: Shelf, number: number): void {
  if (shelf.size === shelf.items.length) {
    const wider = new Uint32Array(shelf.size * 2)
    wider.set(shelf.items)
    shelf.items = wider
  }
  const time = facts.time[number] as number
  const newest = shelf.size > 0 ? (facts.time[shelf.items[shelf.size - 1] as number] as number) : -Infinity
  const place = newest <= time ? shelf.size : placeOf(facts, shelf, time + 1)
  if (place < shelf.size) shelf.items.copyWithin(place + 1, place, shelf.size)
  shelf.items[place] = number
  shelf.size++
}

/** Takes a fact off as often as it stands there. */
export function takeOff(facts: Facts, shelf: Shelf, number: number): void {
  const time = facts.time[number] as number
  let place = placeOf(facts, shelf, time)
  while (place < shelf.size && facts.time[shelf.items[place] as number] === time) {
    if (shelf.items[place] !== number) {
      place++
      continue
    }
    shelf.items.copyWithin(place, place + 1, shelf.size)
    shelf.size--
  }
}
