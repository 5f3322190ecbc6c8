import type { Drift, SyncJob } from '../../contract'
import { useAddress } from '../address'
import { useBackend } from '../api'
import { Button, Shown, formatCount, formatPlural, useSaving } from '../shared'
import { driftQuery } from './connection-query'

const LINES = [
  { flag: 'changed', words: 'Changed', about: 'The server gave them with other words than before; the earlier ones are kept' },
  { flag: 'late', words: 'Arrived late', about: 'They came into a time that had already been read to its end' },
  { flag: 'vanished', words: 'Vanished', about: 'The server no longer gives them; what was read is kept' },
] as const

export type DriftPaneProps = { drift: Drift; job: SyncJob | undefined }

/** What later looks at a server found other than the first. */
export function DriftPane({ drift, job }: DriftPaneProps) {
  const { go } = useAddress()
  const name = drift.connection
  return (
    <section className="pane-part" aria-label={`Drift of ${name}`}>
      <h2>
        Since first read · <Shown text={name} />
      </h2>
      <dl className="pane-facts">
        {LINES.map(({ flag, words, about }) => {
          const count = drift[flag]
          return (
            <div key={flag} title={about}>
              <dt>{words}</dt>
              <dd>
                {count === 0 ? '0' : formatPlural(count, 'record')}
                {count > 0 && (
                  <button
                    type="button"
                    className="link"
                    aria-label={`Show the records: ${words.toLowerCase()}`}
                    onClick={() => go({ screen: 'timeline', query: driftQuery(name, flag), range: null, selected: null })}
                  >
                    show
                  </button>
                )}
              </dd>
            </div>
          )
        })}
      </dl>
      <p className="pane-hint">Companions are counted here too; the timeline hides them until asked.</p>
      <DriftReport connection={name} />
      {job?.state === 'done' && <p className="pane-hint">{lastWords(job)}</p>}
    </section>
  )
}

/** Saves key, times and both hashes of every such record. */
function DriftReport({ connection }: { connection: string }) {
  const backend = useBackend()
  const { said, save } = useSaving()
  return (
    <div className="pane-buttons">
      <Button onClick={() => save(backend.call('drift.export', { connection, format: 'csv' }))}>Drift report, CSV</Button>
      <Button onClick={() => save(backend.call('drift.export', { connection, format: 'jsonl' }))}>JSON Lines</Button>
      <span className="pane-hint" role="status">
        <Shown text={said} />
      </span>
    </div>
  )
}

function lastWords({ streams, requests }: SyncJob): string {
  const sum = (of: (result: SyncJob['streams'][number]) => number) => streams.reduce((all, one) => all + of(one), 0)
  const parts = [
    `${formatCount(sum(({ added }) => added))} added`,
    `${formatCount(sum(({ changed }) => changed))} changed`,
    `${formatCount(sum(({ late }) => late))} late`,
    `${formatCount(sum(({ vanished }) => vanished))} vanished`,
  ]
  return `By the last sync: ${parts.join(', ')}, with ${formatPlural(requests, 'request')}.`
}
