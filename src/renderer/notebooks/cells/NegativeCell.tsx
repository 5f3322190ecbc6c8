import { useState } from 'react'
import type { View } from '../../../contract'
import { PlaceLink, viewPlace } from '../../address'
import { useAnswer } from '../../api'
import { Markdown, rangeWords, Shown, useZone } from '../../shared'
import { negativeVerdict, shortHash } from '../notebook-words'
import { usePage } from '../page-context'
import { TextEditor } from '../TextEditor'
import type { CellProps } from './cell-props'
import { useFreeze } from './FreezeParts'
import { QueryWords } from './QueryWords'
import { leadsNowhere } from './TextCell'
import { ViewForm } from './ViewForm'

/** Searched and not there, with how far the search could see. */
export function NegativeCell({ id, content, isEditing, onEdit }: CellProps<'negative'>) {
  const { write, flush } = usePage()
  const { claim, view, frozen } = content
  const [isClaim, setClaim] = useState(false)
  const { freeze, isFreezing, problem } = useFreeze(view, (next) => write(id, { ...content, frozen: next }))
  return (
    <div className="nb-negative">
      {isClaim ? (
        <TextEditor
          label="Claim"
          hint="What was looked for, in a sentence"
          text={claim}
          onText={(text) => write(id, { ...content, claim: text })}
          onLeave={() => {
            flush()
            setClaim(false)
          }}
        />
      ) : (
        <div className="nb-text nb-claim" onClick={({ target }) => leadsNowhere(target) && setClaim(true)}>
          <strong>Negative finding.</strong>{' '}
          {claim.trim() === '' ? (
            <button type="button" className="link" onClick={() => setClaim(true)}>
              Say what was looked for
            </button>
          ) : (
            <Markdown text={claim} />
          )}
        </div>
      )}
      {isEditing ? (
        <ViewForm
          view={view}
          onCancel={() => onEdit(false)}
          onApply={(_form, next) => {
            write(id, { ...content, view: next, frozen: null })
            onEdit(false)
            // What was not there is worth what could be seen at that moment.
            freeze(next)
          }}
        />
      ) : (
        <>
          <Searched view={view} onEdit={() => onEdit(true)} />
          {frozen ? (
            <FrozenVerdict frozen={frozen} onLive={() => write(id, { ...content, frozen: null })} />
          ) : (
            <LiveVerdict view={view} isFreezing={isFreezing} onFreeze={() => freeze(view)} />
          )}
          {problem !== null && (
            <p className="nb-failed" role="alert">
              <Shown text={`! ${problem}`} />
            </p>
          )}
        </>
      )}
    </div>
  )
}

function Searched({ view, onEdit }: { view: View; onEdit: () => void }) {
  const zone = useZone()
  return (
    <p className="nb-searched">
      <button type="button" className="nb-view" title="Edit the query" onClick={onEdit}>
        Searched <QueryWords query={view.query} />
        <span className="nb-dim"> · {view.range ? rangeWords(view.range, zone) : 'all time'}</span>
      </button>
      <PlaceLink place={viewPlace(view, null)}>on the timeline</PlaceLink>
    </p>
  )
}

type Counted = { rows: number; coverage: Parameters<typeof negativeVerdict>[0]['coverage'] }

function Verdict({ rows, coverage }: Counted) {
  const { tone, words } = negativeVerdict({ rows, coverage })
  return (
    <strong className="nb-verdict" data-tone={tone}>
      {words}
    </strong>
  )
}

function FrozenVerdict({ frozen, onLive }: { frozen: Counted & { at: number; root: string }; onLive: () => void }) {
  const { format, label } = useZone()
  return (
    <p>
      <Verdict rows={frozen.rows} coverage={frozen.coverage} />{' '}
      <span className="nb-dim">
        As of {format(frozen.at, 'min')} {label}, <span className="nb-mono">sha256 {shortHash(frozen.root)}</span>.
      </span>{' '}
      <button type="button" className="link" onClick={onLive}>
        Look again
      </button>
    </p>
  )
}

function LiveVerdict({ view, isFreezing, onFreeze }: { view: View; isFreezing: boolean; onFreeze: () => void }) {
  const { value, current, fault } = useAnswer('timeline.count', { view })
  if (fault) {
    return (
      <p className="nb-failed" role="alert">
        <Shown text={`! ${fault.message}`} />
      </p>
    )
  }
  if (!value || !current) return <p className="nb-dim">Searching</p>
  return (
    <p>
      <Verdict rows={value.rows} coverage={value.coverage} /> <span className="nb-dim">As held now.</span>{' '}
      <button type="button" className="link" disabled={isFreezing} onClick={onFreeze}>
        {isFreezing ? 'Freezing' : 'Freeze this moment'}
      </button>
    </p>
  )
}
