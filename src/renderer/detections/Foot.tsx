import type { FoundFindings } from '../../contract'
import { useAddress } from '../address'
import { formatCount, formatPlural, ListFoot } from '../shared'
import { type LookUse, useLacking } from './use-look'

/** Under the list: what is not in it. */
export function Foot({ found: { total, suppressed, run }, use: { look, change, filter } }: { found: FoundFindings; use: LookUse }) {
  const { go } = useAddress()
  const lacking = useLacking(filter)
  return (
    <ListFoot lacking={lacking} onSources={() => go({ screen: 'sources' })}>
      {run.asOf !== null && <span>{formatPlural(total, 'finding')}</span>}
      {suppressed > 0 && (
        <span>
          {look.suppressed ? `${formatPlural(suppressed, 'suppressed finding')} among them` : `${formatCount(suppressed)} more suppressed`}{' '}
          <button type="button" className="link" onClick={() => change({ suppressed: !look.suppressed })}>
            {look.suppressed ? 'Hide' : 'Show'}
          </button>
        </span>
      )}
    </ListFoot>
  )
}
