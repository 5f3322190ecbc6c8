import type { CellContent, CellKind } from '../../contract'
import type { Instant, TimeRange } from '../../domain'

/** A cell of a kind as it begins; null for those that are nothing before something is chosen. */
export function newContent(kind: CellKind, range: TimeRange | null, now: Instant): CellContent | null {
  const view = { query: '', range, order: 'asc' as const }
  switch (kind) {
    case 'text':
      return { kind, text: '' }
    case 'query':
      return { kind, title: '', view, frozen: null }
    case 'chart':
      return { kind, title: '', view, by: null, frozen: null }
    case 'events':
      return { kind, title: '', citations: [] }
    case 'finding':
      return { kind, claim: '', severity: 'medium', eventTime: null, discoveredAt: now, citations: [] }
    case 'negative':
      return { kind, claim: '', view, frozen: null }
    case 'clip':
      return null
  }
}
