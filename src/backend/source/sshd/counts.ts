export type Counts = {
  /** Counts one more of the thing named by two 32-bit numbers and answers how many there are now. */
  add(high: number, low: number): number
}

const SMALLEST = 1 << 10
const FULLEST = 0.65
// 2^32 divided by the golden ratio, to spread neighbouring numbers.
const SPREAD = 0x9e3779b1
/** A slot: high, low, count. They stand side by side, because what costs is each far place in memory. */
const WORDS = 3

/** Counts millions of different things in 12 bytes a slot, where a Map of strings would take ten times that. */
export function createCounts(): Counts {
  let size = SMALLEST
  let used = 0
  let slots = new Uint32Array(size * WORDS)

  /** Place of the slot of a thing, or of the free one where it would stand. */
  function placeOf(high: number, low: number): number {
    const mixed = Math.imul(high ^ Math.imul(low, SPREAD), SPREAD)
    let slot = (mixed ^ (mixed >>> 15)) & (size - 1)
    for (;;) {
      const at = slot * WORDS
      if (slots[at + 2] === 0 || (slots[at] === high && slots[at + 1] === low)) return at
      slot = (slot + 1) & (size - 1)
    }
  }

  function grow(): void {
    const old = slots
    size *= 2
    slots = new Uint32Array(size * WORDS)
    for (let at = 0; at < old.length; at += WORDS) {
      if (old[at + 2] === 0) continue
      const to = placeOf(old[at] ?? 0, old[at + 1] ?? 0)
      slots[to] = old[at] ?? 0
      slots[to + 1] = old[at + 1] ?? 0
      slots[to + 2] = old[at + 2] ?? 0
    }
  }

  function add(high: number, low: number): number {
    high >>>= 0
    low >>>= 0
    const at = placeOf(high, low)
    const count = (slots[at + 2] ?? 0) + 1
    slots[at] = high
    slots[at + 1] = low
    slots[at + 2] = count
    if (count === 1 && ++used > size * FULLEST) grow()
    return count
  }

  return { add }
}
