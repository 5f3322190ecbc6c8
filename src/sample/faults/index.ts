import type { Fault } from '../options'
import type { Answer } from '../http/answer'
import type { Asked, Delivery, FaultParts, Setup } from './parts'
import { FAULT_TABLE } from './table'

/** All faults of a run as one, each doing its part in the order of the table. */
export type Faults = Required<Omit<FaultParts, 'ignoresWindow' | 'notesGets'>> & {
  ignoresWindow: boolean
  notesGets: boolean
}

export function mixFaults(setup: Setup): Faults {
  const names = Object.keys(FAULT_TABLE) as Fault[]
  const parts = names.flatMap((name) => (setup.plan.faults.has(name) ? [FAULT_TABLE[name](setup)] : []))
  return {
    move: (told, order) => parts.forEach(({ move }) => move?.(told, order)),
    twice: (number) => parts.some(({ twice }) => twice?.(number)),
    open: (world) => parts.forEach(({ open }) => open?.(world)),
    before: (world, count) => parts.forEach(({ before }) => before?.(world, count)),
    refuse: (asked) => refusedBy(parts, asked),
    locked: (machine) => parts.some(({ locked }) => locked?.(machine)),
    limit: (asked) => parts.reduce((limit, part) => part.limit?.(limit) ?? limit, asked),
    ignoresWindow: parts.some(({ ignoresWindow }) => ignoresWindow),
    total: (total) => parts.reduce((sum, part) => part.total?.(sum) ?? sum, total),
    changed: (number) => parts.some(({ changed }) => changed?.(number)),
    huge: (number) => parts.some(({ huge }) => huge?.(number)),
    reorder: (run, place) => parts.reduce((at, part) => part.reorder?.(run, at) ?? at, place),
    deliver: (delivery) => parts.reduce<Delivery>((out, part) => part.deliver?.(out) ?? out, delivery),
    notesGets: parts.some(({ notesGets }) => notesGets),
  }
}

function refusedBy(parts: readonly FaultParts[], asked: Asked): Answer | null {
  for (const { refuse } of parts) {
    const answer = refuse?.(asked)
    if (answer) return answer
  }
  return null
}
