import type { FoundInRecordings, RecordingHit, RecordingRow } from '../../contract'
import { PlaceLink } from '../address'
import { Button, ErrorState, formatCount, formatPlural, IconButton, ProgressBar, Shown, useZone } from '../shared'
import { offsetWords } from './session-words'
import { type Found, useFound } from './use-found'

/** Words found in what terminals showed, by recording. */
export function FoundPane({ words, mine, onClose }: { words: string; mine: boolean; onClose: () => void }) {
  const found = useFound(words, mine)
  return (
    <aside className="ss-found" aria-label="Found in recordings">
      <header>
        <h2>
          <Shown text={`“${words}”`} /> in recordings
        </h2>
        <IconButton label="Close" onClick={onClose}>
          ×
        </IconButton>
      </header>
      <div className="ss-found-body" aria-busy={!found.isDone}>
        {!found.isDone && <Searching found={found} onStop={onClose} />}
        <Hits found={found} />
        {found.fault !== null && <ErrorState title="The search could not go on" message={found.fault} />}
      </div>
    </aside>
  )
}

function Searching({ found: { searched, unsearched, left }, onStop }: { found: Found; onStop: () => void }) {
  const done = searched + unsearched.length
  return (
    <div className="ss-found-busy">
      <ProgressBar value={done === 0 ? 0 : done / (done + left)} label="Searching the recordings" />
      <span>{done === 0 ? 'Searching the recordings' : `${formatCount(done)} of ${formatPlural(done + left, 'recording')} searched`}</span>
      <Button onClick={onStop}>Stop</Button>
    </div>
  )
}

function Hits({ found: { recordings, searched, unsearched, notHere, isDone, fault } }: { found: Found }) {
  const total = recordings.reduce((sum, one) => sum + one.total, 0)
  return (
    <>
      {isDone && fault === null && (
        <p role="status" className="ss-found-sum">
          {sumWords({ total, found: recordings.length, searched })}
        </p>
      )}
      {recordings.map((one) => (
        <Group key={one.recording.id} {...one} />
      ))}
      {unsearched.length > 0 && (
        <details className="ss-found-rest">
          <summary>{formatPlural(unsearched.length, 'recording')} could not be searched</summary>
          <ul>
            {unsearched.map(({ recording, reason }) => (
              <li key={recording.id}>
                <Shown text={titleOf(recording)} />: <Shown text={reason} />
              </li>
            ))}
          </ul>
        </details>
      )}
      {isDone && <NotHere missing={notHere} />}
    </>
  )
}

function sumWords({ total, found, searched }: { total: number; found: number; searched: number }): string {
  if (searched === 0) return 'No recording could be searched'
  const all = `${formatPlural(searched, 'recording')} searched`
  return total === 0 ? `Nothing in ${all}` : `${formatPlural(total, 'hit')} in ${found} of ${all}`
}

function Group({ recording, total, hits }: FoundInRecordings['recordings'][number]) {
  const { format, label } = useZone()
  const { start } = recording
  return (
    <section className="ss-found-group">
      <h3>
        <Shown text={titleOf(recording)} />
        <span>{formatCount(total)}</span>
      </h3>
      {start !== null && (
        <p className="list-dim">
          {format(start)} {label}
        </p>
      )}
      <ul>
        {hits.map((hit) => {
          const place = { screen: 'replay', recording: recording.id, moment: momentOf(hit), selected: null } as const
          return (
            <li key={`${hit.at}-${hit.from}-${hit.line}`}>
              <PlaceLink place={place}>
                <span className="list-mono">{start === null ? offsetWords(hit.at) : format(start + hit.at * 1000).slice(11)}</span>
                <Line hit={hit} />
              </PlaceLink>
            </li>
          )
        })}
      </ul>
      {total > hits.length && <p className="list-dim">{formatCount(total - hits.length)} more are shown in the replay</p>}
    </section>
  )
}

/** To the millisecond, as the address keeps it. */
function momentOf({ at }: RecordingHit): number {
  return Math.round(at * 1000) / 1000
}

/** Characters of a line before the hit: a line may be as long as a program liked. */
const BEFORE = 12
const AFTER = 120

function Line({ hit: { line, from, to } }: { hit: RecordingHit }) {
  const start = Math.max(0, from - BEFORE)
  return (
    <span className="list-mono ss-found-line">
      {start > 0 && '…'}
      <Shown text={line.slice(start, from)} />
      <mark>
        <Shown text={line.slice(from, to)} />
      </mark>
      <Shown text={line.slice(to, to + AFTER)} />
    </span>
  )
}

function titleOf({ user, machine, title, command, session, files, id }: RecordingRow): string {
  if (user !== null && machine !== null) return `${user} on ${machine}`
  return title ?? command ?? user ?? machine ?? session ?? files[0]?.name ?? id
}

function NotHere({ missing }: { missing: number }) {
  if (missing === 0) return null
  return (
    <p className="list-dim">
      {formatPlural(missing, 'recording')} {missing === 1 ? 'is' : 'are'} listed by a server and not fetched: nothing is
      known of what {missing === 1 ? 'it shows' : 'they show'}.
    </p>
  )
}
