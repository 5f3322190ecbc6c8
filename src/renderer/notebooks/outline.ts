import type { Cell } from '../../contract'
import type { Instant } from '../../domain'
import { markdownBlocks, spanText } from '../shared'

export type OutlineEntry = { cell: string; kind: 'heading' | 'finding'; depth: number; words: string }

const MOST_WORDS = 120

/** Headings of the text cells, and the findings, in the order of the page. */
export function outlineOf(cells: readonly Cell[]): OutlineEntry[] {
  let depth = 1
  return cells.flatMap(({ id, content }): OutlineEntry[] => {
    if (content.kind === 'finding') return [{ cell: id, kind: 'finding', depth: depth + 1, words: claimWords(content.claim) }]
    if (content.kind !== 'text') return []
    return markdownBlocks(content.text).flatMap((block) => {
      if (block.kind !== 'heading') return []
      depth = block.depth
      return [{ cell: id, kind: 'heading' as const, depth, words: spanText(block.spans).slice(0, MOST_WORDS) }]
    })
  })
}

export type IncidentMoment = { cell: string; at: Instant; words: string; severity: 'low' | 'medium' | 'high' | 'critical' }

/** Findings by the time of what they claim, and those whose time nobody knows. */
export function incidentOf(cells: readonly Cell[]): { moments: IncidentMoment[]; timeless: number } {
  const findings = cells.flatMap(({ id, content }) => (content.kind === 'finding' ? [{ cell: id, finding: content }] : []))
  const moments = findings.flatMap(({ cell, finding: { claim, severity, eventTime } }) =>
    eventTime === null ? [] : [{ cell, at: eventTime, words: claimWords(claim), severity }],
  )
  return { moments: moments.toSorted((a, b) => a.at - b.at), timeless: findings.length - moments.length }
}

/** The first line of a claim, without its form. */
export function claimWords(claim: string): string {
  const first = markdownBlocks(claim).find((block) => 'spans' in block)
  const words = first && 'spans' in first ? spanText(first.spans).trim() : ''
  if (words === '') return 'Finding without a claim'
  return words.length > MOST_WORDS ? `${words.slice(0, MOST_WORDS - 1)}…` : words
}
