// Which pairs of neighbouring characters a text has. Most texts a rule looks for fall out at their first pairs, so that a
// record is read once however many texts are looked for in it.

const SLOTS = 65_536

function slotOf(first: number, second: number): number {
  return ((first * 257) ^ second) & (SLOTS - 1)
}

export function bigramsOf(text: string): Uint16Array {
  const slots = new Uint16Array(Math.max(0, text.length - 1))
  for (let at = 0; at < slots.length; at++) slots[at] = slotOf(text.charCodeAt(at), text.charCodeAt(at + 1))
  return slots
}

/** The pairs of one text after another; never says that a pair is absent that is there. */
export class BigramSet {
  readonly #marks = new Uint32Array(SLOTS)
  #mark = 0

  mark(text: string): void {
    if (++this.#mark === 0xffffffff) {
      this.#marks.fill(0)
      this.#mark = 1
    }
    let first = text.charCodeAt(0)
    for (let at = 1; at < text.length; at++) {
      const second = text.charCodeAt(at)
      this.#marks[slotOf(first, second)] = this.#mark
      first = second
    }
  }

  hasAll(bigrams: Uint16Array): boolean {
    for (const bigram of bigrams) if (this.#marks[bigram] !== this.#mark) return false
    return true
  }
}
