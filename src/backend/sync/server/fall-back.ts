import type { ListRun } from './list-run'
import { ASTRAY } from './notes'

/** A list cannot be read in the way it was tried; a plainer way may do. */
export class FallBack extends Error {
  readonly note: string

  constructor(note: string) {
    super(note)
    this.note = note
  }
}

/** Requests that any list is worth, and how many for each page of records that it turned out to have. */
const AT_LEAST = 400
const FOR_A_PAGE = 8

/**
 * Keeps a walk from going on for ever where a server's counts and pages make no sense: it may ask as often as the records
 * that it really got are worth, then it falls back.
 */
export class Allowance {
  readonly #run: ListRun
  readonly #held: number
  #spent = 0

  constructor(run: ListRun) {
    this.#run = run
    this.#held = run.held({ from: 0, to: Infinity })
  }

  spend(limit: number): void {
    const pages = Math.ceil((this.#held + this.#run.result.added) / limit)
    if (++this.#spent > AT_LEAST + FOR_A_PAGE * pages) throw new FallBack(ASTRAY)
  }
}
