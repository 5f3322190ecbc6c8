import type { FoundFindings } from '../../contract'
import { useAddress } from '../address'
import { formatCount, formatPlural, ListFoot } from '../shared'
import type { LookUse } from './use-look'

type FootProps = { found: FoundFindings; use: LookUse; lacking: string | null }

/** Under the list: what is not in it. */
export function Foot({ found: { total, suppressed, run }, use: { look, change }, lacking }: FootProps) {
  const { go } = useAddress()
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
