import { createContext, Script } from 'node:vm'
import type { Milliseconds } from '../../domain'

/** Of a rule that people added: for one event, and for all events of a run as far as samples tell. */
export const BUDGET: Readonly<{ once: Milliseconds; run: Milliseconds }> = { once: 1000, run: 60_000 }

/** One event of so many is timed. */
const SAMPLED = 64

/** Knows which of the rules that people added is at work, so that one that takes too long can be stopped. */
export class RuleWatch {
  /** Null while none is. */
  rule: string | null = null
  readonly #spent = new Map<string, Milliseconds>()
  readonly #box = { run: (): void => {} }
  readonly #context = createContext(this.#box)
  readonly #script = new Script('run()')

  /** Whether what `rule` takes for the event is to be told by `note`. */
  isSampled(at: number): boolean {
    return at % SAMPLED === 0
  }

  note(rule: string, took: Milliseconds): void {
    this.#spent.set(rule, (this.#spent.get(rule) ?? 0) + took * SAMPLED)
  }

  /** A rule that took more than a rule may in one run. */
  slow(): string | null {
    for (const [rule, spent] of this.#spent) if (spent > BUDGET.run) return rule
    return null
  }

  reset(): void {
    this.#spent.clear()
  }

  /**
   * Runs it in this thread; where that takes longer than the slice and what a rule may take for one event, it is cut off
   * wherever it is, also inside a regular expression, and what it was at is not to be used again. Answers whether it ended.
   */
  within(slice: Milliseconds, act: () => void): boolean {
    this.rule = null
    this.#box.run = act
    try {
      this.#script.runInContext(this.#context, { timeout: Math.ceil(slice + BUDGET.once) })
      return true
    } catch (error) {
      // It may be an error of another realm.
      if (typeof error === 'object' && error !== null && 'code' in error && error.code === 'ERR_SCRIPT_EXECUTION_TIMEOUT') return false
      throw error
    }
  }
}
