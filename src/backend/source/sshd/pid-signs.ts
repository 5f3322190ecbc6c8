/** Bits that processes left, by their number. */
export type PidSigns = {
  /** 0 where the process left none. */
  of(pid: number): number
  mark(pid: number, bits: number): void
  /** Takes over what others know. */
  markAll(others: PidSigns): void
  each(visit: (pid: number, bits: number) => void): void
}

const SMALLEST = 1 << 4
const FULLEST = 0.6
// 2^32 divided by the golden ratio, to spread neighbouring numbers.
const SPREAD = 0x9e3779b1
const BITS = 3

/** Open addressing in 4 bytes a slot, `pid * 4 + bits`: numbers have at most nine digits, and two bits are enough. */
export function createPidSigns(): PidSigns {
  let slots = new Uint32Array(SMALLEST)
  let used = 0

  function slotOf(pid: number): number {
    const mask = slots.length - 1
    const mixed = Math.imul(pid, SPREAD)
    let slot = (mixed ^ (mixed >>> 15)) & mask
    while (slots[slot] !== 0 && (slots[slot] ?? 0) >>> 2 !== pid) slot = (slot + 1) & mask
    return slot
  }

  function grow(): void {
    const old = slots
    slots = new Uint32Array(old.length * 2)
    for (const held of old) if (held !== 0) slots[slotOf(held >>> 2)] = held
  }

  function mark(pid: number, bits: number): void {
    const slot = slotOf(pid)
    const held = slots[slot] ?? 0
    slots[slot] = held === 0 ? ((pid << 2) | bits) >>> 0 : held | bits
    if (held === 0 && ++used > slots.length * FULLEST) grow()
  }

  return {
    of: (pid) => (slots[slotOf(pid)] ?? 0) & BITS,
    mark,
    markAll: (others) => others.each(mark),
    each(visit) {
      for (const held of slots) if (held !== 0) visit(held >>> 2, held & BITS)
    },
  }
}
