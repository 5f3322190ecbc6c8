import { memo, type ReactNode } from 'react'
import type { EventDetail } from '../../contract'
import { useAnswer } from '../api'
import { Comments, MarkBar } from '../marks'
import { ErrorState, IconButton, Kbd, Shown, Spinner } from '../shared'
import { useActions } from './ActionsContext'
import { DetailFields } from './DetailFields'
import { Attributes, Changes, Linked, Pivots } from './DetailCards'
import { shortKey } from './detail-facts'
import { ProvenanceCard } from './ProvenanceCard'
import { RawRecord } from './RawRecord'
import { Revisions } from './Revisions'
import { StandingNotes } from './StandingNotes'
import type { Commenting } from './use-timeline-marks'

export type DetailProps = {
  eventKey: string
  onClose: () => void
  onSelect: (key: string) => void
  commenting: Commenting
}

/** Everything held about one event. */
export const Detail = memo(function Detail({ eventKey, onClose, onSelect, commenting }: DetailProps) {
  const answered = useAnswer('event.get', { key: eventKey })
  const detail = answered.value
  return (
    <aside className="tl-detail" aria-label="Event" aria-busy={answered.asking}>
      <DetailHead eventKey={eventKey} severity={detail?.event.severity ?? null} onClose={onClose} />
      {answered.fault && <ErrorState title="This event could not be shown" message={answered.fault.message} />}
      {!detail && !answered.fault && (
        <div className="tl-detail-loading">
          <Spinner label="Reading the event" />
        </div>
      )}
      {detail && !answered.fault && (
        <DetailBody detail={detail} onSelect={onSelect}>
          <Comments subject={{ kind: 'event', key: eventKey }} focus={commenting.isWanted} onFocused={commenting.onBegun} hotkey="c" />
        </DetailBody>
      )}
    </aside>
  )
})

type DetailHeadProps = { eventKey: string; severity: 'info' | 'warning' | 'critical' | null; onClose: () => void }

function DetailHead({ eventKey, severity, onClose }: DetailHeadProps) {
  const actions = useActions()
  return (
    <header className="tl-detail-head">
      {severity && (
        <span className="tl-severity" data-severity={severity}>
          {severity}
        </span>
      )}
      <span className="tl-detail-key">
        <span title={eventKey}>
          <Shown text={shortKey(eventKey)} />
        </span>{' '}
        · <Kbd>Y</Kbd>{' '}
        <button type="button" className="tl-link" onClick={() => actions.copyLink(eventKey)}>
          copy link
        </button>
      </span>
      <IconButton label="Close the detail (Escape)" onClick={onClose}>
        ✕
      </IconButton>
    </header>
  )
}

type DetailBodyProps = { detail: EventDetail; onSelect: (key: string) => void; children: ReactNode }

function DetailBody({ detail, onSelect, children }: DetailBodyProps) {
  return (
    <>
      <h2 className="tl-sentence">
        <Shown text={detail.sentence} />
      </h2>
      <MarkBar subject={{ kind: 'event', key: detail.event.key }} keys="all" />
      {children}
      <StandingNotes detail={detail} />
      <DetailFields detail={detail} />
      <Changes changes={detail.event.changes ?? []} />
      <Revisions detail={detail} />
      <Linked detail={detail} onSelect={onSelect} />
      <Pivots eventKey={detail.event.key} />
      <Attributes attributes={detail.event.attributes} time={detail.event.time} />
      <RawRecord key={detail.event.key} raw={detail.raw} />
      <ProvenanceCard detail={detail} />
    </>
  )
}
