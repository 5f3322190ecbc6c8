import type { EventRow } from './event-row'
import type { RowTest } from './fields'
import type { RuleWatch } from './rule-watch'
import type { DetectionRule } from './sigma'

type BoundRule = { rule: DetectionRule; test: RowTest; isAdded: boolean }

const SOURCES = 65_536
const STREAMS = 1_048_576

/** Detection rules bound to one cursor; of an event only those are asked that are about its kind. */
export class BoundRules {
  readonly #rules: BoundRule[]
  /** By the numbers of category, source and stream. */
  readonly #byKind = new Map<number, BoundRule[]>()

  readonly #watch: RuleWatch | null

  /** With a watch it is told which of the rules that people added is at work. */
  constructor(rules: readonly DetectionRule[], watch: RuleWatch | null) {
    this.#rules = rules.map((rule) => ({ rule, test: rule.bind(), isAdded: rule.head.place !== 'own' }))
    this.#watch = watch
  }

  /** The rules that match the event; the same empty list where none does. */
  matches(row: EventRow): readonly DetectionRule[] {
    let found = NONE
    for (const bound of this.#about(row)) {
      const { rule } = bound
      if (!(bound.isAdded && this.#watch ? isWatched(bound, row, this.#watch) : holds(bound, row))) continue
      if (found.length === 0) found = []
      found.push(rule)
    }
    return found
  }

  #about(row: EventRow): BoundRule[] {
    const source = row.code('source')
    const stream = row.code('stream')
    const isKnown = source > 0 && source < SOURCES && stream < STREAMS
    const kind = isKnown ? (row.code('category') * SOURCES + source) * STREAMS + stream : -1
    const known = isKnown ? this.#byKind.get(kind) : undefined
    if (known) return known
    const about = {
      category: row.text('category') ?? '',
      source: (row.text('source') ?? '').toLowerCase(),
      stream: (row.text('stream') ?? '').toLowerCase(),
    }
    const rules = this.#rules.filter(({ rule }) => rule.isAbout(about))
    if (isKnown) this.#byKind.set(kind, rules)
    return rules
  }
}

const NONE: DetectionRule[] = []

function holds({ rule, test }: BoundRule, row: EventRow): boolean {
  return rule.ofProcesses ? matchesProcess(test, row) : test(row)
}

function isWatched(bound: BoundRule, row: EventRow, watch: RuleWatch): boolean {
  const { id } = bound.rule.head
  watch.rule = id
  const began = watch.isSampled(row.at) ? performance.now() : null
  const holding = holds(bound, row)
  if (began !== null) watch.note(id, performance.now() - began)
  watch.rule = null
  return holding
}

function matchesProcess(test: RowTest, row: EventRow): boolean {
  const commands = row.commands()
  for (let command = 0; command < commands; command++) {
    row.toCommand(command)
    if (test(row)) return true
  }
  return false
}
