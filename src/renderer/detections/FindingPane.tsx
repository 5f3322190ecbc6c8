import { useState } from 'react'
import type { DetectionRule, FindingDetail, FindingRow } from '../../contract'
import { PlaceLink } from '../address'
import { useAnswer, useBackend } from '../api'
import { MarkPanel } from '../marks'
import { useAddToNotebook } from '../notebooks'
import {
  Button,
  ErrorState,
  Fact,
  formatCount,
  IconButton,
  Kbd,
  Level,
  messageOf,
  Shown,
  Spinner,
  useZone,
} from '../shared'
import { spanWords, viewWords } from './finding-words'
import { LevelChoice } from './LevelChoice'
import { SampleEvents } from './SampleEvents'
import { timelineOf } from './to-timeline'

type PaneProps = { id: string; onClose: () => void; onSuppress: (finding: FindingRow) => void }

/** One finding in full: why, by which rule, and its events. */
export function FindingPane({ id, onClose, onSuppress }: PaneProps) {
  const { value, fault, current, asking } = useAnswer('finding.get', { id })
  const detail = current ? value : null
  return (
    <aside className="list-pane dt-pane" aria-label="Finding" aria-busy={asking}>
      <header>
        {detail && <Level level={detail.finding.level} />}
        <span className="dt-pane-space" />
        <IconButton label="Close the finding (Escape)" onClick={onClose}>
          ✕
        </IconButton>
      </header>
      {fault ? (
        <ErrorState title="The finding could not be shown" message={fault.message} />
      ) : detail ? (
        <Body detail={detail} onSuppress={onSuppress} />
      ) : (
        <Spinner label="Reading the finding" />
      )}
    </aside>
  )
}

function Body({ detail, onSuppress }: { detail: FindingDetail; onSuppress: (finding: FindingRow) => void }) {
  const { finding, rule, sample } = detail
  return (
    <>
      <h2>
        <Shown text={finding.title} />
      </h2>
      {finding.suppressed !== null && <SuppressedNote rule={finding.rule} by={finding.suppressed} />}
      <p className="dt-why">
        <Shown text={finding.why} />
      </p>
      <FindingMarks detail={detail} />
      <Facts finding={finding} />
      <div className="dt-acts">
        {sample.length > 0 && (
          <PlaceLink className="button button-primary" place={timelineOf(detail)}>
            Show on the timeline <Kbd>t</Kbd>
          </PlaceLink>
        )}
        {finding.suppressed === null && (
          <Button onClick={() => onSuppress(finding)} hotkey="x">
            Suppress
          </Button>
        )}
        <p className="list-dim">{viewWords(detail)}</p>
      </div>
      <SampleEvents detail={detail} />
      <RuleCard rule={rule} />
    </>
  )
}

/** Events of a finding that go into a notebook with it; the rest is one query away. */
function FindingMarks({ detail: { finding, sample, view } }: { detail: FindingDetail }) {
  const add = useAddToNotebook()
  const onAdd = () => {
    const events = sample.length > 0 ? { events: { keys: sample.map(({ key }) => key), time: finding.start } } : {}
    add({ words: finding.who === '' ? finding.title : `${finding.title}: ${finding.who}`, view, ...events })
  }
  return (
    <MarkPanel subject={{ kind: 'finding', id: finding.id }} withoutTagKey onAdd={onAdd}>
      <button type="button" className="mk-button" onClick={onAdd}>
        To a notebook <Kbd>b</Kbd>
      </button>
    </MarkPanel>
  )
}

function Facts({ finding }: { finding: FindingRow }) {
  const { format, label } = useZone()
  const { who, isEvent, start, crossed, end, events, peak, mayBeginEarlier } = finding
  const lasted = spanWords(finding)
  return (
    <dl className="facts">
      {who !== '' && (
        <Fact name="Who or what">
          <span className="list-mono">
            <Shown text={who} />
          </span>
        </Fact>
      )}
      <Fact name={isEvent ? 'Time' : 'First event'}>
        <span className="list-mono">{format(start, 'ms')}</span> {label}
        {mayBeginEarlier && (
          <p className="dt-earlier">May begin earlier: it starts so near to the first event held that what came before could belong to it.</p>
        )}
      </Fact>
      {!isEvent && (
        <>
          <Fact name="Found at">
            <span className="list-mono">{format(crossed, 'ms')}</span>
          </Fact>
          <Fact name="Last event">
            <span className="list-mono">{format(end, 'ms')}</span>
            {lasted !== '' && <span className="list-dim"> after {lasted}</span>}
          </Fact>
          <Fact name="Events">{formatCount(events)}</Fact>
          <Fact name="At its peak">{formatCount(peak)}</Fact>
        </>
      )}
    </dl>
  )
}

type NoteProps = { rule: string; by: NonNullable<FindingRow['suppressed']> }

function SuppressedNote({ rule, by: { key, reason } }: NoteProps) {
  const backend = useBackend()
  const [problem, setProblem] = useState<string | null>(null)
  const takeBack = () => {
    backend.call('finding.unsuppress', { rule, key }).catch((error: unknown) => setProblem(messageOf(error)))
  }
  return (
    <div className="dt-note">
      <p>
        {key === null ? 'The whole rule is suppressed' : 'Suppressed'}: <Shown text={reason} />
      </p>
      <Button onClick={takeBack}>Take back</Button>
      {problem !== null && <p role="alert">{problem}</p>}
    </div>
  )
}

function RuleCard({ rule }: { rule: DetectionRule }) {
  return (
    <section className="dt-card">
      <h3>Rule</h3>
      <p>
        <Shown text={rule.description} />
      </p>
      <dl className="facts">
        <Fact name="Id">
          <span className="list-mono">
            <Shown text={rule.id} />
          </span>
        </Fact>
        {rule.parameters.map(([name, value]) => (
          <Fact key={name} name={name}>
            <Shown text={value} />
          </Fact>
        ))}
        <Fact name="Level">
          <LevelChoice key={rule.id} rule={rule} />
        </Fact>
      </dl>
    </section>
  )
}
