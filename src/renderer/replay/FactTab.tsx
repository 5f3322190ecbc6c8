import { useMemo } from 'react'
import { formatBytes, formatCount, formatDuration, Shown } from '../shared'
import { momentWords } from './clock-words'
import { factGroups, type FactGroup } from './fact-rows'
import { useReplay } from './replay-context'

/** Rows of a group that are drawn; a hostile recording may have thousands. */
const MOST_ROWS = 200

/** The file, and what was noticed while it was read. */
export function FactTab() {
  const { opened } = useReplay()
  const groups = useMemo(() => factGroups(opened), [opened])
  return (
    <div className="rp-facts">
      {groups.map((group) => (
        <Group key={group.title} group={group} />
      ))}
      <File />
    </div>
  )
}

function Group({ group: { title, rows, total, isNeutral } }: { group: FactGroup }) {
  const { deck, duration } = useReplay()
  const shown = rows.slice(0, MOST_ROWS)
  return (
    <section>
      <h2>
        {title} <span>{formatCount(total)}</span>
      </h2>
      <ul>
        {shown.map(({ at, kind, text }, index) => (
          <li key={index}>
            <button
              type="button"
              className="rp-fact"
              disabled={at === null}
              onClick={() => at !== null && deck.player.seek(at)}
            >
              {at !== null && <span className="rp-row-time">{momentWords(at, duration)}</span>}
              <span>
                <span className="rp-fact-kind" data-neutral={isNeutral || undefined}>
                  <Shown text={kind} />
                </span>{' '}
                <Shown className="mono" text={text} />
              </span>
            </button>
          </li>
        ))}
      </ul>
      {shown.length < total && <p className="rp-hint">and {formatCount(total - shown.length)} more</p>}
    </section>
  )
}

function File() {
  const { opened, duration } = useReplay()
  const { recording, checked, outputBytes, events, inputs } = opened
  const { format, cols, rows, size, sha256, place, files } = recording
  return (
    <section>
      <h2>Recording</h2>
      <dl className="rp-file">
        <dt>Length</dt>
        <dd>{formatDuration(duration * 1000)}</dd>
        <dt>Output</dt>
        <dd>
          {formatBytes(outputBytes)} in {formatCount(events)} events
          {inputs > 0 && `, ${formatCount(inputs)} of them input`}
        </dd>
        {cols !== null && (
          <>
            <dt>Screen</dt>
            <dd>
              {cols}×{rows}
            </dd>
          </>
        )}
        {format !== null && (
          <>
            <dt>Format</dt>
            <dd>{format}</dd>
          </>
        )}
        {size !== null && (
          <>
            <dt>{files.length > 1 ? `${files.length} files` : 'File'}</dt>
            <dd>{formatBytes(size)}</dd>
          </>
        )}
        <dt>From</dt>
        <dd>
          <Shown text={place} />
        </dd>
        {sha256 !== null && (
          <>
            <dt>SHA-256</dt>
            <dd className="mono">{checked ? sha256 : `checking ${sha256}`}</dd>
          </>
        )}
      </dl>
    </section>
  )
}
