import type { TimeRange } from '../../domain'
import type { ReadableStore } from '../store'
import { inTimeOrder, type Finding } from './finding'
import type { Level } from './sigma'

/** Rules that look at what is held as a whole, and not at one event after another. */
export type Survey = {
  rules: readonly { id: string; title: string; level: Level; description: string; parameters: readonly (readonly [name: string, value: string])[] }[]
  /** A little at a time; good until anything in the store changes. */
  steps(store: ReadableStore, range: TimeRange | null): Generator<unknown, Surveyed>
}

/** `inactive`: rules of which nothing can be told, with the reason. */
export type Surveyed = { findings: readonly Finding[]; inactive: ReadonlyMap<string, string> }

type Over = { surveys: readonly Survey[]; store: ReadableStore; range: TimeRange | null }
type Found = { findings: Finding[]; inactive: ReadonlyMap<string, string> }

/** What rules found, then what surveys find. */
export function* withSurveys(first: Generator<number, Found>, { surveys, store, range }: Over): Generator<number, Found> {
  const found = yield* first
  if (surveys.length === 0) return found
  const done = store.length({ filter: { kind: 'all' }, range, order: 'asc', companions: false })
  const all = [...found.findings]
  const inactive = new Map(found.inactive)
  for (const survey of surveys) {
    const steps = survey.steps(store, range)
    for (;;) {
      yield done
      const step = steps.next()
      if (!step.done) continue
      all.push(...step.value.findings)
      for (const [rule, why] of step.value.inactive) inactive.set(rule, why)
      break
    }
  }
  return { findings: inTimeOrder(all), inactive }
}
