import { type KeyboardEvent, useState } from 'react'
import { CLAIM_SEVERITIES, type ClaimSeverity, type FindingCell as FindingContent } from '../../../contract'
import type { Instant } from '../../../domain'
import { Button, formatPlural, Level, Markdown, parseInZone, useZone } from '../../shared'
import { usePage } from '../page-context'
import { TextEditor } from '../TextEditor'
import type { CellProps } from './cell-props'
import { Cited } from './Cited'
import { withCitations } from './citations'
import { PickEvents } from './PickEvents'
import { leadsNowhere } from './TextCell'

/** A claim and what it rests on. */
export function FindingCell(props: CellProps<'finding'>) {
  const { id, content, isEditing, onEdit } = props
  const { write } = usePage()
  const [isPicking, setPicking] = useState(false)
  const { citations } = content
  const pick = () => setPicking(true)
  return (
    <div className="nb-finding nb-evidence">
      {isEditing ? <Edited {...props} /> : <Read content={content} onEdit={() => onEdit(true)} onCite={pick} />}
      {citations.length > 0 && (
        <Cited
          label="Cited evidence"
          citations={citations}
          onRemove={isEditing ? (key) => write(id, { ...content, citations: citations.filter((one) => one.key !== key) }) : undefined}
        />
      )}
      {isEditing && (
        <p className="nb-finding-foot">
          <button type="button" className="link" onClick={pick}>
            Cite events
          </button>
        </p>
      )}
      {isPicking && (
        <PickEvents
          onClose={() => setPicking(false)}
          onCited={(added) => {
            setPicking(false)
            const next = withCitations(citations, added)
            // A finding happened when the first thing that it cites did, until somebody says otherwise.
            write(id, { ...content, citations: next, eventTime: content.eventTime ?? next[0]?.row.time ?? null })
          }}
        />
      )}
    </div>
  )
}

function Read({ content, onEdit, onCite }: { content: FindingContent; onEdit: () => void; onCite: () => void }) {
  const { format, label } = useZone()
  const { claim, severity, eventTime, discoveredAt, citations } = content
  return (
    <div className="nb-text" onClick={({ target }) => leadsNowhere(target) && onEdit()}>
      <div className="nb-claim">
        <strong>Finding.</strong> {claim.trim() === '' ? <span className="nb-empty">No claim yet. Enter writes.</span> : <Markdown text={claim} />} <Level level={severity} />
      </div>
      <p className="nb-finding-facts">
        {eventTime === null ? 'Event time not known' : <>Happened {format(eventTime, 'ms')}</>} · discovered {format(discoveredAt, 'min')} {label}
        {' · '}
        {citations.length > 0 ? `cites ${formatPlural(citations.length, 'event')}` : <span className="nb-lacking">no evidence is cited</span>}
        {' · '}
        <button type="button" className="link" onClick={onCite}>
          Cite events
        </button>
      </p>
    </div>
  )
}

function Edited({ id, content, onEdit }: CellProps<'finding'>) {
  const { write, flush } = usePage()
  const leave = () => {
    flush()
    onEdit(false)
  }
  const escape = (event: KeyboardEvent) => {
    if (event.key !== 'Escape' || event.defaultPrevented) return
    event.stopPropagation()
    leave()
  }
  return (
    <div className="nb-form" onKeyDown={escape}>
      <TextEditor
        label="Claim"
        hint="What happened, in a sentence"
        text={content.claim}
        onText={(claim) => write(id, { ...content, claim })}
        onLeave={(how) => (how === 'key' ? leave() : flush())}
      />
      <div className="nb-form-range">
        <label>
          <span>Severity</span>
          <select className="filter-input" value={content.severity} onChange={({ target }) => write(id, { ...content, severity: severityOf(target.value) })}>
            {CLAIM_SEVERITIES.map((one) => (
              <option key={one} value={one}>
                {one}
              </option>
            ))}
          </select>
        </label>
        <TimeField name="Event time" at={content.eventTime} onTime={(eventTime) => write(id, { ...content, eventTime })} />
        <TimeField name="Discovered" at={content.discoveredAt} onTime={(at) => at !== null && write(id, { ...content, discoveredAt: at })} />
        <Button onClick={leave}>Done</Button>
      </div>
    </div>
  )
}

function severityOf(text: string): ClaimSeverity {
  return CLAIM_SEVERITIES.find((one) => one === text) ?? 'medium'
}

type TimeFieldProps = { name: string; at: Instant | null; onTime: (at: Instant | null) => void }

/** A time in the zone on screen; what is no time is said, and changes nothing. */
function TimeField({ name, at, onTime }: TimeFieldProps) {
  const zone = useZone()
  const printed = at === null ? '' : zone.format(at, 'ms')
  const [typed, setTyped] = useState(printed)
  const [known, setKnown] = useState(printed)
  if (known !== printed) {
    setKnown(printed)
    setTyped(printed)
  }
  const time = typed.trim() === '' ? null : parseInZone(typed, zone)
  const isWrong = typed.trim() !== '' && time === null
  return (
    <label>
      <span>
        {name} ({zone.label}){isWrong && <span className="nb-failed"> ! no time</span>}
      </span>
      <input
        className="filter-input nb-mono"
        value={typed}
        placeholder="not known"
        aria-invalid={isWrong}
        onChange={({ target }) => setTyped(target.value)}
        onBlur={() => !isWrong && time !== at && onTime(time)}
        onKeyDown={({ key }) => key === 'Enter' && !isWrong && time !== at && onTime(time)}
      />
    </label>
  )
}
