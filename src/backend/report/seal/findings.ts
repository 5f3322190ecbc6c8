import type { BundleFinding, BundleProblem } from '../../../contract'
import { shownText } from '../../../domain'

/** Told one by one; a bundle that is another altogether has no end of differences. */
const MOST = 1000
const LONGEST = 200

type Difference = { file: string; problem: BundleProblem; words: string; expected?: string | null; found?: string | null }

/** What is not as it was sealed. */
export class Findings {
  readonly #list: BundleFinding[] = []
  #more = 0

  add({ file, problem, words, expected = null, found = null }: Difference): void {
    if (this.#list.length >= MOST) this.#more++
    else this.#list.push({ file: cut(file), problem, expected: expected && cut(expected), found: found && cut(found), words: cut(words) })
  }

  get isEmpty(): boolean {
    return this.#list.length === 0
  }

  list(): BundleFinding[] {
    if (this.#more === 0) return this.#list
    return [...this.#list, { file: '', problem: 'changed', expected: null, found: null, words: `${this.#more} more differences are not listed.` }]
  }
}

/** Texts of the bundle are hostile where it was changed. */
function cut(text: string): string {
  const plain = shownText(text)
  return plain.length > LONGEST ? `${plain.slice(0, LONGEST)}…` : plain
}
