import { useState } from 'react'
import type { Citation } from '../../../contract'
import { ExportMenu } from '../../exports'
import { formatPlural } from '../../shared'
import { usePage } from '../page-context'
import { Card } from './Card'
import type { CellProps } from './cell-props'
import { Cited } from './Cited'
import { InlineTitle } from './InlineTitle'
import { PickEvents } from './PickEvents'
import { withCitations } from './citations'

/** Events that were chosen one by one, with the hash of each. */
export function EventsCell({ id, content, isEditing, onEdit }: CellProps<'events'>) {
  const { write } = usePage()
  const { title, citations } = content
  const [isPicking, setPicking] = useState(false)
  const put = (next: Citation[]) => write(id, { ...content, citations: next })
  return (
    <Card
      className="nb-evidence"
      head={<InlineTitle title={title} none="Cited events" isEditing={isEditing} onEdit={onEdit} onTitle={(words) => write(id, { ...content, title: words })} />}
      meta={
        <>
          <span>{formatPlural(citations.length, 'event')}</span>
          <button type="button" className="link" onClick={() => setPicking(true)}>
            add events
          </button>
          <ExportMenu what={{ keys: citations.map(({ key }) => key) }} noun="events" disabled={citations.length === 0} isSmall />
        </>
      }
    >
      {citations.length === 0 ? (
        <p className="nb-note nb-dim">No event is cited yet.</p>
      ) : (
        <Cited label={title || 'Cited events'} citations={citations} onRemove={(key) => put(citations.filter((one) => one.key !== key))} />
      )}
      {isPicking && (
        <PickEvents
          onClose={() => setPicking(false)}
          onCited={(added) => {
            setPicking(false)
            put(withCitations(citations, added))
          }}
        />
      )}
    </Card>
  )
}
