import type { CoverageState } from '../../domain'

const WORDS: Record<CoverageState, string> = {
  complete: 'complete',
  partial: 'partial: more exists than is held',
  unknown: 'unknown: nothing shows what exists there',
  'not-visible': 'not visible to this account',
  'not-offered': 'not offered by the server',
  'beyond-retention': 'older than the server keeps',
  'not-held': 'no longer held here',
  'not-asked': 'not asked for yet',
}

export function coverageWords(state: CoverageState): string {
  return WORDS[state]
}
