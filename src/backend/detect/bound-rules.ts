import type { EventRow } from './event-row'
import type { RowTest } from './fields'
import type { DetectionRule } from './sigma'

type BoundRule = { rule: DetectionRule; test: RowTest }

const SOURCES = 65_536
const STREAMS = 1_048_576

/** Detection rules bound to one cursor; of an event only those are asked that are about its kind. */
export class BoundRules {
  readonly #rules: BoundRule[]
  /** By the numbers of category, source and stream. */
  readonly #byKind = new Map<number, BoundRule[]>()

  constructor(rules: readonly DetectionRule[]) {
    this.#rules = rules.map((rule) => ({ rule, test: rule.bind() }))
  }

  /** The rules that match the event; the same empty list where none does. */
  matches(row: EventRow): readonly DetectionRule[] {
    let found = NONE
    for (const { rule, test } of this.#about(row)) {
      if (!(rule.ofProcesses ? matchesProcess(test, row) : test(row))) continue
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

function matchesProcess(test: RowTest, row: EventRow): boolean {
  const commands = row.commands()
  for (let command = 0; command < commands; command++) {
    row.toCommand(command)
    if (test(row)) return true
  }
  return false
}
