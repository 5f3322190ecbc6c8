import type { CoverageRange, TimeRange } from '../../domain'
import { useAnswer } from '../api'
import { isUnderWay, useServers, useSync } from '../sync'
import type { Connection } from '../../domain'
import { ArrivalPane } from './ArrivalPane'
import { barPieces, pieceAt } from './coverage-words'
import { DriftPane } from './DriftPane'
import { RangePane } from './RangePane'
import { streamViews } from './stream-views'
import type { Picked } from './StreamRows'
import { SyncPane } from './SyncPane'

export type PaneProps = {
  connections: Connection[]
  ranges: CoverageRange[]
  whole: TimeRange | null
  picked: Picked | null
  onClose: () => void
}

/** Beside the cards: the range that was picked, syncs under way, and what later syncs found other than before. */
export function Pane({ connections, ranges, whole, picked, onClose }: PaneProps) {
  const servers = useServers()
  const { jobs } = useSync()
  const drifted = (useAnswer('drift.count', {}).value ?? []).filter(({ connection, changed, late, vanished }) => {
    return servers.some(({ name }) => name === connection) && changed + late + vanished > 0
  })
  const underWay = [...jobs.values()].filter((job) => isUnderWay(job) && !job.live)
  const found = picked && whole ? findPicked(picked, connections, { ranges, whole }) : null
  return (
    <aside className="sources-pane" aria-label="Details">
      {found ? (
        <RangePane {...found} onClose={onClose} />
      ) : (
        <p className="pane-hint">
          A click on a bar, or Enter on a part of it, shows here what is proven of that time and why.
        </p>
      )}
      {underWay.map((job) => (
        <SyncPane key={job.connection} job={job} />
      ))}
      {drifted.map((drift) => (
        <DriftPane key={drift.connection} drift={drift} job={jobs.get(drift.connection)} />
      ))}
      {drifted.length === 0 && servers.length > 0 && (
        <p className="pane-hint">No record has changed, arrived late or vanished since it was first read.</p>
      )}
      {servers.map(({ name }) => (
        <ArrivalPane key={name} connection={name} />
      ))}
    </aside>
  )
}

type Ledger = { ranges: CoverageRange[]; whole: TimeRange }

/** What stands now at the moment that was picked: a hole that has been filled since is a hole no more. */
function findPicked(picked: Picked, connections: Connection[], { ranges, whole }: Ledger) {
  const connection = connections.find(({ name }) => name === picked.connection)
  if (!connection) return null
  const own = ranges.filter((range) => range.connection === connection.name)
  const view = streamViews(connection, own).find(({ stream }) => stream === picked.stream)
  const piece = view && pieceAt(barPieces(view.ranges, whole, view.silent), picked.at)
  return view && piece ? { connection, view, piece } : null
}
