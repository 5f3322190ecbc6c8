import { useState } from 'react'
import type { AccessDetail } from '../../contract'
import type { TimeRange } from '../../domain'
import { PlaceLink } from '../address'
import { useAnswer } from '../api'
import { ExportMenu } from '../exports'
import { AddButton } from '../notebooks'
import { Button, ErrorState, Fact, formatCount, formatPlural, IconButton, Kbd, Shown, Spinner, useZone } from '../shared'
import { approverWords, sinceWords, UNKNOWN_PERSON } from './access-words'
import { Entry } from './Entry'
import { Marks } from './Marks'
import { pairPlace, pairView } from './to-timeline'

/** Accesses of the first look; the server of the page gives at most a thousand at once. */
const FIRST = 50
const MOST = 1000

type PaneProps = { open: { person: string | null; machine: string }; range: TimeRange | null; onClose: () => void }

/** One person on one machine: every access, and on whose word. */
export function AccessPane({ open, range, onClose }: PaneProps) {
  const [shown, setShown] = useState({ pair: '', count: FIRST })
  const pair = JSON.stringify(open)
  const count = shown.pair === pair ? shown.count : FIRST
  const { value, fault, asking, current } = useAnswer('access.detail', { ...open, range, at: 0, count })
  const isIt = value !== null && value.row.machine === open.machine && value.row.person === open.person
  const detail = current || isIt ? value : null
  return (
    <aside className="list-pane ac-pane" aria-label="Accesses" aria-busy={asking}>
      <header>
        <h2>
          <Shown text={open.person ?? UNKNOWN_PERSON} /> on <Shown text={open.machine} />
        </h2>
        <IconButton label="Close the accesses (Escape)" onClick={onClose}>
          ✕
        </IconButton>
      </header>
      {fault ? (
        <ErrorState title="The accesses could not be shown" message={fault.message} />
      ) : detail ? (
        <Body detail={detail} range={range} onMore={() => setShown({ pair, count: Math.min(MOST, count * 4) })} />
      ) : (
        <Spinner label="Reading the accesses" />
      )}
    </aside>
  )
}

function Body({ detail, range, onMore }: { detail: AccessDetail; range: TimeRange | null; onMore: () => void }) {
  const { row, entries, total } = detail
  const left = total - entries.length
  return (
    <>
      <div className="ac-marks">
        <Marks row={row} />
      </div>
      <Facts detail={detail} />
      <p className="ac-act">
        <PlaceLink className="button button-primary" place={pairPlace(detail)}>
          Show on the timeline <Kbd>t</Kbd>
        </PlaceLink>
        <AddButton what={{ words: `${row.person ?? UNKNOWN_PERSON} on ${row.machine}`, view: pairView(detail) }} />
      </p>
      <section aria-label="Accesses, newest first">
        <div className="ac-entries-head">
          <h3>{formatPlural(total, 'access', 'accesses')}, newest first</h3>
          <ExportMenu what={{ table: 'access.detail', ask: { person: row.person, machine: row.machine, range } }} noun="accesses" disabled={total === 0} isSmall />
        </div>
        <ol className="ac-entries">
          {entries.map((entry, at) => (
            <Entry key={`${entry.from} ${at}`} entry={entry} detail={detail} />
          ))}
        </ol>
        {left > 0 && entries.length < MOST && <Button onClick={onMore}>Show more</Button>}
        {left > 0 && <p className="list-dim">{formatCount(left)} earlier ones are not shown here.</p>}
      </section>
    </>
  )
}

function Facts({ detail: { row } }: { detail: AccessDetail }) {
  const { format, label } = useZone()
  const at = (time: number) => `${format(time, 'min')} ${label}`
  const { approvers, person, granted, ungranted, accesses } = row
  const unknown = accesses - granted - ungranted
  return (
    <dl className="facts">
      <Fact name="First held">
        <span className="list-mono">{at(row.firstHeld)}</span>
        <p className="list-dim ac-note">First in what is held; {sinceWords(row, at)}.</p>
      </Fact>
      <Fact name="Commands">
        {formatCount(row.commands)}
        {row.sudo > 0 && `, ${formatCount(row.sudo)} with sudo`}
        {row.files > 0 && `, ${formatPlural(row.files, 'file transfer')}`}
      </Fact>
      <Fact name="Granted">
        {approvers.length === 0 && 'by nobody known'}
        {approvers.map(({ name, accesses: count }) => (
          <div key={name ?? ''}>
            <Shown text={approverWords(name, person)} /> <span className="list-dim">{formatPlural(count, 'access', 'accesses')}</span>
          </div>
        ))}
        {ungranted > 0 && <p className="ac-note">{formatPlural(ungranted, 'access', 'accesses')} without a known grant.</p>}
        {unknown > 0 && <p className="list-dim ac-note">{formatPlural(unknown, 'access', 'accesses')} of which no request for the machine is held.</p>}
      </Fact>
    </dl>
  )
}
