import { useMemo, useState } from 'react'
import type { Connection } from '../../domain'
import { useAddress } from '../address'
import { useImport } from '../import'
import { Button, Shown, formatCount, formatPlural } from '../shared'
import { connectionQuery } from './connection-query'
import { FileTable } from './FileTable'
import { RemoveDialog } from './RemoveDialog'
import type { CardProps } from './ServerCard'
import { StreamRows } from './StreamRows'
import { streamViews } from './stream-views'

/** One imported set of files, or a server that was removed and whose rows are still held. */
export function FileCard({ connection, ranges, recordings, whole, picked, onPick }: CardProps) {
  const [isRemoving, setIsRemoving] = useState(false)
  const views = useMemo(() => streamViews(connection, ranges, recordings), [connection, ranges, recordings])
  const files = recordings.get('')
  return (
    <section className="card source" aria-label={`Source ${connection.name}`}>
      <header className="source-head">
        <h2>
          {connection.kind}{' '}
          <span className="source-about">
            <Shown text={connection.name} />
            {connection.origin === 'files' && ` · ${formatPlural(connection.files.length, 'file')}`}
            {STATE[connection.state]}
          </span>
        </h2>
        <CardActions connection={connection} onRemove={() => setIsRemoving(true)} />
      </header>
      <div className="source-streams">
        <StreamRows views={views} whole={whole} picked={picked} onPick={onPick} />
        {connection.companions > 0 && (
          <p className="source-rows">
            {formatCount(connection.companions)} of them companions, hidden on the timeline by default
          </p>
        )}
        {files && <p className="source-rows">{formatPlural(files.held, 'recording')} held, shown under Sessions</p>}
        {views.length === 0 && !files && <p className="source-rows">{formatPlural(connection.rows, 'row')} held</p>}
      </div>
      <FileTable files={connection.files} />
      {isRemoving && <RemoveDialog connection={connection} onClose={() => setIsRemoving(false)} />}
    </section>
  )
}

const STATE: Record<Connection['state'], string> = {
  ready: '',
  importing: ' · importing now',
  interrupted: ' · its import was cut, importing again adds the rest',
  removed: ' · removed, its rows are still held',
}

const AGAIN = 'Read its files again, with another year or zone; in a browser they are chosen again'

function CardActions({ connection, onRemove }: { connection: Connection; onRemove: () => void }) {
  const { go } = useAddress()
  const { replace } = useImport()
  const isBusy = connection.state === 'importing'
  return (
    <div className="source-actions">
      <Button onClick={() => go({ screen: 'timeline', query: connectionQuery(connection.name), range: null, selected: null })}>
        Show on timeline
      </Button>
      {connection.origin === 'files' && connection.state !== 'removed' && (
        <Button disabled={isBusy} title={AGAIN} onClick={() => replace(connection)}>
          Import again
        </Button>
      )}
      <Button disabled={isBusy} onClick={onRemove}>
        Remove
      </Button>
    </div>
  )
}
