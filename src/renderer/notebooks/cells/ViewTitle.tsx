import type { View } from '../../../contract'
import { rangeWords, Shown, useZone } from '../../shared'
import { usePage } from '../page-context'
import { QueryWords } from './QueryWords'

type ViewTitleProps = { title: string; view: View; onEdit: () => void }

/** Words, query and time of a cell; pressing it edits them. The time is left out where it is the notebook's window. */
export function ViewTitle({ title, view, onEdit }: ViewTitleProps) {
  const zone = useZone()
  const { range: window } = usePage()
  const isWindow = view.range !== null && window !== null && view.range.from === window.from && view.range.to === window.to
  return (
    <button type="button" className="nb-view" title="Edit the query" onClick={onEdit}>
      {title !== '' && (
        <>
          <Shown text={title} /> <span className="nb-dim">·</span>{' '}
        </>
      )}
      <QueryWords query={view.query} />
      {!isWindow && view.range && <span className="nb-dim"> · {rangeWords(view.range, zone)}</span>}
    </button>
  )
}
