import { type ReactNode, useMemo, useState } from 'react'
import type { Notebook, NotebookSide } from '../../contract'
import { COVERAGE_WORDS, type CoverageState, type Instant, type TimeRange } from '../../domain'
import { PlaceLink, viewPlace } from '../address'
import type { Answered } from '../api'
import { formatCount, formatPlural, rangeWords, Shown, useZone } from '../shared'
import { shortHash } from './notebook-words'
import { incidentOf, type OutlineEntry, outlineOf } from './outline'
import { WindowDialog } from './WindowDialog'

/** Beside the cells: what they say together, and what they rest on. */
export function Side({ notebook, side: { value, fault } }: { notebook: Notebook; side: Answered<NotebookSide> }) {
  const incident = useMemo(() => incidentOf(notebook.cells), [notebook.cells])
  const outline = useMemo(() => outlineOf(notebook.cells), [notebook.cells])
  return (
    <aside className="nb-side" aria-label="About the notebook">
      <Section title="Incident timeline">
        <Incident {...incident} />
      </Section>
      {outline.length > 1 && (
        <Section title="Outline">
          <Outline entries={outline} />
        </Section>
      )}
      {fault && <p className="nb-failed">{<Shown text={`! ${fault.message}`} />}</p>}
      {value && <About side={value} />}
      <Window notebook={notebook} side={value} />
    </aside>
  )
}

function Section({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section>
      <h2>{title}</h2>
      {children}
    </section>
  )
}

/** Moves the focus to a cell and shows it. */
function goToCell(id: string): void {
  const element = document.querySelector<HTMLElement>(`[data-cell="${CSS.escape(id)}"]`)
  element?.focus({ preventScroll: true })
  element?.scrollIntoView({ block: 'start' })
}

function Incident({ moments, timeless }: ReturnType<typeof incidentOf>) {
  const { format } = useZone()
  if (moments.length === 0) return <p className="nb-dim">Findings stand here by the time of what they claim.</p>
  const isOneDay = new Set(moments.map(({ at }) => format(at, 'date'))).size === 1
  const words = (at: Instant) => (isOneDay ? format(at, 's').slice(11) : format(at, 's'))
  return (
    <>
      {isOneDay && moments[0] && <p className="nb-dim nb-day">{format(moments[0].at, 'date')}</p>}
      <ol className="nb-incident">
        {moments.map(({ cell, at, words: claim, severity }) => (
          <li key={cell} data-severity={severity}>
            <button type="button" onClick={() => goToCell(cell)}>
              <time className="nb-mono" dateTime={new Date(at).toISOString()}>
                {words(at)}
              </time>
              <span>{claim}</span>
            </button>
          </li>
        ))}
      </ol>
      {timeless > 0 && <p className="nb-dim">{formatPlural(timeless, 'finding')} without an event time.</p>}
    </>
  )
}

function Outline({ entries }: { entries: readonly OutlineEntry[] }) {
  return (
    <ul className="nb-outline">
      {entries.map(({ cell, kind, depth, words }, at) => (
        <li key={at} style={{ paddingLeft: (Math.min(depth, 4) - 1) * 12 }}>
          <button type="button" data-kind={kind} onClick={() => goToCell(cell)}>
            {words}
          </button>
        </li>
      ))}
    </ul>
  )
}

function About({ side }: { side: NotebookSide }) {
  const { events, recordings, frozen, people, machines, check, custody } = side
  return (
    <>
      <Section title="Evidence">
        <p className="nb-dim">
          {formatPlural(events, 'event')}, {formatPlural(recordings, 'recording')}, {formatPlural(frozen, 'frozen query', 'frozen queries')}
        </p>
        <p className={custody.isIntact ? 'nb-dim' : 'nb-failed'}>
          {custody.isIntact ? 'Chain intact' : '! Chain broken'} · {formatPlural(custody.entries, 'entry', 'entries')}
          {custody.head !== '' && (
            <>
              {' '}
              · last <span className="nb-mono">{shortHash(custody.head)}</span>
            </>
          )}
        </p>
        {check.cited > 0 && <Check check={check} />}
      </Section>
      <Names title="People" names={people} field="user" />
      <Names title="Machines" names={machines} field="machine" />
    </>
  )
}

function Check({ check: { cited, same, changed, missing } }: { check: NotebookSide['check'] }) {
  if (same === cited) return <p className="nb-complete">{cited === 1 ? 'The one cited record is held as it was' : `All ${formatCount(cited)} cited records are held as they were`}</p>
  const first = [...changed, ...missing][0]
  return (
    <p className="nb-lacking">
      ◐ Of {formatPlural(cited, 'cited record')} {[changed.length > 0 && `${changed.length} changed`, missing.length > 0 && `${missing.length} not held now`].filter(Boolean).join(', ')}. The cited copies are kept.{' '}
      {first && (
        <button type="button" className="link" onClick={() => goToCell(first.cell)}>
          Show the first
        </button>
      )}
    </p>
  )
}

const MOST_NAMES = 12

function Names({ title, names, field }: { title: string; names: readonly string[]; field: 'user' | 'machine' }) {
  if (names.length === 0) return null
  return (
    <Section title={title}>
      <p className="nb-names">
        {names.slice(0, MOST_NAMES).map((name, at) => (
          <span key={name}>
            {at > 0 && ', '}
            <PlaceLink place={viewPlace({ query: `${field}:${quoted(name)}`, range: null, order: 'desc' }, null)}>
              <Shown text={name} />
            </PlaceLink>
          </span>
        ))}
        {names.length > MOST_NAMES && `, ${formatCount(names.length - MOST_NAMES)} more`}
      </p>
    </Section>
  )
}

function quoted(name: string): string {
  return /^[\w.@-]+$/.test(name) ? name : JSON.stringify(name)
}

function Coverage({ state }: { state: CoverageState }) {
  if (state === 'complete') return <p className="nb-complete">Coverage complete</p>
  return <p className="nb-lacking">◐ Coverage {COVERAGE_WORDS[state]}</p>
}

function Window({ notebook, side }: { notebook: Notebook; side: NotebookSide | null }) {
  const zone = useZone()
  const [isOpen, setOpen] = useState(false)
  const shown: TimeRange | null = notebook.range ?? side?.range ?? null
  const coverage = side?.coverage ?? null
  return (
    <Section title="Window">
      {shown ? <p className="nb-mono">{rangeWords(shown, zone)}</p> : <p className="nb-dim">No incident window is set.</p>}
      {shown && !notebook.range && <p className="nb-dim">Of all that is cited; no incident window is set.</p>}
      {coverage !== null && <Coverage state={coverage} />}
      <p>
        <button type="button" className="link" onClick={() => setOpen(true)}>
          {notebook.range ? 'Change the window' : 'Set the window'}
        </button>
        {shown && (
          <>
            {' · '}
            <PlaceLink place={viewPlace({ query: '', range: shown, order: 'asc' }, null)}>on the timeline</PlaceLink>
          </>
        )}
      </p>
      {isOpen && <WindowDialog range={notebook.range} suggested={side?.range ?? null} onClose={() => setOpen(false)} />}
    </Section>
  )
}
