import { useMemo, useState } from 'react'
import type { SyncJob } from '../../contract'
import type { Connection, CoverageRange, TimeRange } from '../../domain'
import { useConnect } from '../connect'
import { Button, Shown, accountWords, roleWords, useNow } from '../shared'
import { isUnderWay, useSync } from '../sync'
import { EditDialog } from './EditDialog'
import { RemoveDialog } from './RemoveDialog'
import { ServerMenu } from './ServerMenu'
import { type CardLine, budgetWords, cardLine, tokenState } from './server-state'
import { type Picked, StreamRows } from './StreamRows'
import { type RecordingCount, streamViews } from './stream-views'
import { SyncButton } from './SyncButton'
import type { BarPiece } from './coverage-words'

export type CardProps = {
  connection: Connection
  ranges: CoverageRange[]
  /** By list. */
  recordings: ReadonlyMap<string, RecordingCount>
  whole: TimeRange | null
  picked: Picked | null
  onPick: (stream: string, piece: BarPiece) => void
}

/** One connected server: who it is read as, how it stands, and what is known of each of its lists. */
export function ServerCard({ connection, ranges, recordings, whole, picked, onPick }: CardProps) {
  const { jobs, refusals } = useSync()
  const job = jobs.get(connection.name)
  const [dialog, setDialog] = useState<'edit' | 'remove' | null>(null)
  const views = useMemo(() => streamViews(connection, ranges, recordings), [connection, ranges, recordings])
  const line = cardLine(connection, { job, refusal: refusals.get(connection.name) ?? null })
  return (
    <section className="card source" aria-label={`Source ${connection.name}`}>
      <ServerHead connection={connection} job={job} onDialog={setDialog} />
      {line && <StateLine line={line} />}
      <div className="source-streams">
        <StreamRows views={views} whole={whole} picked={picked} onPick={onPick} isMoving={isUnderWay(job)} />
        {views.length === 0 && (
          <p className="source-rows">{isUnderWay(job) ? 'Nothing has arrived yet' : 'Nothing has been asked for yet'}</p>
        )}
      </div>
      {dialog === 'edit' && <EditDialog connection={connection} onClose={() => setDialog(null)} />}
      {dialog === 'remove' && <RemoveDialog connection={connection} onClose={() => setDialog(null)} />}
    </section>
  )
}

type HeadProps = { connection: Connection; job: SyncJob | undefined; onDialog: (dialog: 'edit' | 'remove') => void }

function ServerHead({ connection, job, onDialog }: HeadProps) {
  const { server, name, kind } = connection
  const account = server?.account ?? {}
  return (
    <header className="source-head">
      <h2 title={`${server?.url ?? ''} as ${accountWords(account)}`}>
        {kind}{' '}
        <span className="source-about">
          <Shown text={name} />
          {account.role !== undefined && (
            <>
              {' · '}
              <Shown text={roleWords(account.role)} />
            </>
          )}
          {server?.paused && ' · paused'}
        </span>
      </h2>
      <div className="source-actions">
        <TokenEnd connection={connection} job={job} />
        {job && <Budget job={job} />}
        <SyncButton connection={connection} job={job} />
        <ServerMenu connection={connection} onDialog={onDialog} />
      </div>
    </header>
  )
}

function TokenEnd({ connection, job }: { connection: Connection; job: SyncJob | undefined }) {
  const { signInAgain } = useConnect()
  const token = tokenState(connection, job, useNow(10_000))
  if (token.state === 'silent') return null
  if (token.state === 'ended') {
    return (
      <>
        <span className="source-soon">{token.words}</span>
        <Button onClick={() => signInAgain(connection)}>Sign in again</Button>
      </>
    )
  }
  return <span className={token.state === 'soon' ? 'source-soon' : 'source-quiet'}>{token.words}</span>
}

function Budget({ job }: { job: SyncJob }) {
  const words = budgetWords(job)
  return words === null ? null : <span className="source-quiet">{words}</span>
}

function StateLine({ line }: { line: CardLine }) {
  return (
    <p className="source-line" data-look={line.look} role={line.look === 'problem' ? 'alert' : undefined}>
      {line.look === 'problem' && <span aria-hidden="true">! </span>}
      <Shown text={line.words} />
    </p>
  )
}
