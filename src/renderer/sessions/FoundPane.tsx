import type { Methods, RecordingHit, RecordingRow } from '../../contract'
import { useAddress } from '../address'
import { useAnswer } from '../api'
import { ErrorState, formatCount, formatPlural, IconButton, Shown, Spinner, useZone } from '../shared'
import { offsetWords } from './session-words'

/** Words found in what terminals showed, by recording. */
export function FoundPane({ words, mine, onClose }: { words: string; mine: boolean; onClose: () => void }) {
  const found = useAnswer('recording.find', { text: words, mine })
  const recordings = useAnswer('recording.list', {}).value
  const value = found.current ? found.value : null
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
      <div className="ss-found-body" aria-busy={!value}>
        {value ? (
          <Hits found={value} />
        ) : found.fault ? (
          <ErrorState title="The recordings could not be searched" message={found.fault.message} />
        ) : (
          <Spinner label={searchingWords(recordings)} />
        )}
      </div>
    </aside>
  )
}

function searchingWords(recordings: RecordingRow[] | null): string {
  const held = recordings?.filter(({ isHeld }) => isHeld).length
  return held === undefined ? 'Searching the recordings' : `Searching ${formatPlural(held, 'recording')}`
}

function Hits({ found }: { found: Methods['recording.find'] }) {
  const { recordings, searched, unsearched } = found
  const total = recordings.reduce((sum, one) => sum + one.total, 0)
  const unread = unsearched.filter(({ recording }) => recording.isHeld)
  return (
    <>
      <p role="status" className="ss-found-sum">
        {sumWords({ total, found: recordings.length, searched })}
      </p>
      {recordings.map((one) => (
        <Group key={one.recording.id} {...one} />
      ))}
      {unread.length > 0 && (
        <details className="ss-found-rest">
          <summary>{formatPlural(unread.length, 'recording')} could not be searched</summary>
          <ul>
            {unread.map(({ recording, reason }) => (
              <li key={recording.id}>
                <Shown text={titleOf(recording)} />: <Shown text={reason} />
              </li>
            ))}
          </ul>
        </details>
      )}
      <NotHere missing={unsearched.length - unread.length} />
    </>
  )
}

function sumWords({ total, found, searched }: { total: number; found: number; searched: number }): string {
  if (searched === 0) return 'No recording could be searched'
  const all = `${formatPlural(searched, 'recording')} searched`
  return total === 0 ? `Nothing in ${all}` : `${formatPlural(total, 'hit')} in ${found} of ${all}`
}

function Group({ recording, total, hits }: Methods['recording.find']['recordings'][number]) {
  const { format, label } = useZone()
  const { go, href } = useAddress()
  const { start } = recording
  return (
    <section className="ss-found-group">
      <h3>
        <Shown text={titleOf(recording)} />
        <span>{formatCount(total)}</span>
      </h3>
      {start !== null && (
        <p className="ss-dim">
          {format(start)} {label}
        </p>
      )}
      <ul>
        {hits.map((hit) => {
          const place = { screen: 'replay', recording: recording.id, moment: momentOf(hit), selected: null } as const
          return (
            <li key={`${hit.at}-${hit.from}-${hit.line}`}>
              <a
                href={href(place)}
                onClick={(event) => {
                  if (event.ctrlKey || event.metaKey || event.shiftKey) return
                  event.preventDefault()
                  go(place)
                }}
              >
                <span className="ss-mono">{start === null ? offsetWords(hit.at) : format(start + hit.at * 1000).slice(11)}</span>
                <Line hit={hit} />
              </a>
            </li>
          )
        })}
      </ul>
      {total > hits.length && <p className="ss-dim">{formatCount(total - hits.length)} more are shown in the replay</p>}
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
    <span className="ss-mono ss-found-line">
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
    <p className="ss-dim">
      {formatPlural(missing, 'recording')} {missing === 1 ? 'is' : 'are'} listed by a server and not fetched: nothing is
      known of what {missing === 1 ? 'it shows' : 'they show'}.
    </p>
  )
}
