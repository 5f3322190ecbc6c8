import { useMemo } from 'react'
import type { FoundFindings } from '../../contract'
import type { TimeRange } from '../../domain'
import { useAddress } from '../address'
import { useAnswer } from '../api'
import { ALL_TIME, coverageNote, formatCount, formatPlural, noteWords } from '../shared'
import type { LookUse } from './use-look'

/** What the findings rest on: null while it is not known, empty where nothing is lacking. */
export function useLackingWords(range: TimeRange | null): string | null {
  const ranges = useAnswer('coverage.ranges', { range: ALL_TIME }).value
  return useMemo(() => ranges && (noteWords(coverageNote(ranges, range), 'No list is held') ?? ''), [ranges, range])
}

/** Under the list: what is not in it, and how far it can be relied on. */
export function Foot({ found: { total, suppressed, run }, use: { look, change, filter } }: { found: FoundFindings; use: LookUse }) {
  const { go } = useAddress()
  const words = useLackingWords(filter.range)
  return (
    <footer className="dt-foot">
      {run.asOf !== null && <span>{formatPlural(total, 'finding')}</span>}
      {suppressed > 0 && (
        <span>
          {look.suppressed ? `${formatPlural(suppressed, 'suppressed finding')} among them` : `${formatCount(suppressed)} more suppressed`}{' '}
          <button type="button" className="link" onClick={() => change({ suppressed: !look.suppressed })}>
            {look.suppressed ? 'Hide' : 'Show'}
          </button>
        </span>
      )}
      {words !== null && (
        <span className={words === '' ? undefined : 'dt-lacking'} title={words}>
          {words === '' ? 'Every list is complete here' : words}
        </span>
      )}
      {words !== null && words !== '' && (
        <button type="button" className="link" onClick={() => go({ screen: 'sources' })}>
          Sources & coverage
        </button>
      )}
    </footer>
  )
}
