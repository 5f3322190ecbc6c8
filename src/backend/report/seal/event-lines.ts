import type { Citation, Frozen, Notebook } from '../../../contract'
import { leafHash } from '../../evidence'
import type { BundleContent } from './content'

/** What of the evidence a notebook rests on. */
export type EvidencePlan = {
  /** Files that frozen cells are the whole of, in the order of the cells. */
  whole: string[]
  /** Files of which single rows are cited, by hash, with the hex leaves of those. */
  single: Map<string, Set<string>>
  frozen: { cell: string; frozen: Frozen }[]
  citations: { cell: string; citation: Citation }[]
}

export function evidencePlan({ cells }: Notebook): EvidencePlan {
  const frozen = cells.flatMap(({ id, content }) => ('frozen' in content && content.frozen ? [{ cell: id, frozen: content.frozen }] : []))
  const citations = cells.flatMap(({ id, content }) => ('citations' in content ? content.citations.map((citation) => ({ cell: id, citation })) : []))
  const single = new Map<string, Set<string>>()
  for (const { citation } of citations) {
    const leaves = single.get(citation.evidence) ?? new Set()
    single.set(citation.evidence, leaves.add(citation.leaf))
  }
  return { whole: [...new Set(frozen.map(({ frozen: held }) => held.evidence))], single, frozen, citations }
}

export type EventLine = {
  line: string
  leaf: Buffer
  /** The file of evidence, and the number of the line in it. */
  of: string
  at: number
}

/**
 * The lines of `events.jsonl`: each file that was frozen as a whole, in its order, then every row that is cited and stands
 * in none of them.
 */
export async function* eventLines(content: BundleContent, plan: EvidencePlan): AsyncGenerator<EventLine> {
  const wanted = new Set([...plan.single.values()].flatMap((leaves) => [...leaves]))
  for (const of of plan.whole) {
    let at = 0
    for await (const line of content.evidence(of)) {
      const leaf = leafHash(line)
      if (wanted.size > 0) wanted.delete(leaf.toString('hex'))
      yield { line, leaf, of, at: at++ }
    }
  }
  for (const of of plan.single.keys()) {
    if (wanted.size === 0) return
    let at = 0
    for await (const line of content.evidence(of)) {
      const leaf = leafHash(line)
      if (wanted.delete(leaf.toString('hex'))) yield { line, leaf, of, at }
      at++
    }
  }
}

/** The same lines once more, by the numbers that they had in their files; null is all of a file. */
export async function* sameLines(content: BundleContent, files: ReadonlyMap<string, ReadonlySet<number> | null>): AsyncGenerator<string> {
  for (const [sha256, chosen] of files) {
    let at = 0
    for await (const line of content.evidence(sha256)) if (chosen === null || chosen.has(at++)) yield line
  }
}

/** The event of a canonical row, as far as the bundle needs it; null where a line is none. */
export type RowFacts = Record<string, unknown> & { key: string }

export function rowFacts(line: string): RowFacts | null {
  try {
    const value: unknown = JSON.parse(line)
    return isRow(value) ? value : null
  } catch {
    return null
  }
}

function isRow(value: unknown): value is RowFacts {
  return typeof value === 'object' && value !== null && 'key' in value && typeof value.key === 'string'
}
