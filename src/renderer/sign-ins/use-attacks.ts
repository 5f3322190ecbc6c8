import type { Ask, FindingRow, FoundFindings } from '../../contract'
import type { TimeRange } from '../../domain'
import { type Answered, useAnswer } from '../api'
import type { AttackCard } from './attack-cards'

export type Attacks = {
  /** By rule: how many, those suppressed left out. */
  totals: readonly { rule: string; words: string; total: number }[]
  newest: FindingRow | null
  suppressed: number
  /** False while nothing is known. */
  isKnown: boolean
  fault: { message: string } | null
}

/** What was found for a card in a range. A card has two rules at most. */
export function useAttacks({ rules }: AttackCard, range: TimeRange | null): Attacks {
  const [first, second] = rules
  const answers = [useAnswer('detection.findings', askFor(first, range)), useAnswer('detection.findings', askFor(second, range))]
  const found = rules.map(([rule, words], at) => ({ rule, words, answer: answers[at] }))
  const values = found.flatMap(({ answer }) => answer?.value ?? [])
  return {
    totals: found.map(({ rule, words, answer }) => ({ rule, words, total: answer?.value?.total ?? 0 })),
    newest: newestOf(values),
    suppressed: values.reduce((sum, { suppressed }) => sum + suppressed, 0),
    isKnown: values.length === rules.length,
    fault: faultOf(answers),
  }
}

function faultOf(answers: readonly Answered<FoundFindings>[]): { message: string } | null {
  return answers.find(({ fault }) => fault)?.fault ?? null
}

function newestOf(values: readonly FoundFindings[]): FindingRow | null {
  const rows = values.flatMap(({ rows: [row] }) => row ?? [])
  return rows.toSorted((a, b) => b.crossed - a.crossed)[0] ?? null
}

function askFor(rule: AttackCard['rules'][number] | undefined, range: TimeRange | null): Ask<'detection.findings'> | null {
  return rule ? { levels: [], rule: rule[0], text: '', range, suppressed: false, at: 0, count: 1 } : null
}
