import type { ReactNode } from 'react'
import type { ApprovalSummary } from '../../contract'
import { useAddress } from '../address'
import { ListFoot } from '../shared'
import { basisWords, visibleWords } from './approval-coverage'

/** What the screen rests on, and for whose eyes the servers gave it. */
export function Foot({ summary, children }: { summary: ApprovalSummary; children?: ReactNode }) {
  const { go } = useAddress()
  const { text, isLacking } = basisWords(summary)
  const visible = visibleWords(summary)
  return (
    <ListFoot lacking={isLacking ? text : null} onSources={() => go({ screen: 'sources' })}>
      {children}
      {!isLacking && <span>{text}</span>}
      {visible !== '' && <span className="ap-visible">visible to: {visible}</span>}
    </ListFoot>
  )
}
