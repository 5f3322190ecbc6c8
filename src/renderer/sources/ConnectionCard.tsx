import { useState } from 'react'
import type { Connection, CoverageRange, TimeRange } from '../../domain'
import { useAddress } from '../address'
import { useImport } from '../import'
import { Button, Shown, formatCount, formatPlural } from '../shared'
import { CoverageBar } from './CoverageBar'
import { FileTable } from './FileTable'
import { RemoveDialog } from './RemoveDialog'

export type ConnectionCardProps = { connection: Connection; ranges: CoverageRange[]; whole: TimeRange | null }

export function ConnectionCard({ connection, ranges, whole }: ConnectionCardProps) {
  const [isRemoving, setIsRemoving] = useState(false)
  const streams = [...new Set(ranges.map(({ stream }) => stream))]
  return (
    <section className="card source" aria-label={`Source ${connection.name}`}>
      <header className="source-head">
        <h2>
          <Shown text={connection.name} />
        </h2>
        <span className="source-about">
          {connection.kind} · {formatPlural(connection.files.length, 'file')}
          {STATE[connection.state]}
        </span>
        <CardActions connection={connection} onRemove={() => setIsRemoving(true)} />
      </header>
      <div className="source-streams">
        {streams.map((stream) => {
          const own = ranges.filter((range) => range.stream === stream)
          return (
            <div key={stream} className="source-stream">
              <Shown text={stream} className="source-stream-name" />
              {whole && <CoverageBar ranges={own} whole={whole} />}
              <span className="source-count">{formatCount(own.reduce((sum, { held }) => sum + held, 0))}</span>
            </div>
          )
        })}
        {connection.companions > 0 && (
          <p className="source-rows">
            {formatCount(connection.companions)} of them companions, hidden on the timeline by default
          </p>
        )}
        {streams.length === 0 && <p className="source-rows">{formatPlural(connection.rows, 'row')} held</p>}
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
  const show = () =>
    go({ screen: 'timeline', query: `connection:${quoted(connection.name)}`, range: null, selected: null })
  return (
    <div className="source-actions">
      <Button onClick={show}>Show on timeline</Button>
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

/** As a phrase where the bare word would be read as something else. */
function quoted(name: string): string {
  return /^[\p{L}\p{N}][\p{L}\p{N}._-]*$/u.test(name) ? name : `"${name.replace(/["\\]/g, '\\$&')}"`
}
