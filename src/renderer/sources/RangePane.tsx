import type { Connection } from '../../domain'
import { useAddress } from '../address'
import { Button, IconButton, Shown, STATUS_WORDS, formatCount, isNewest, streamTitle, useZone } from '../shared'
import { isUnderWay, useSync } from '../sync'
import { connectionQuery } from './connection-query'
import { type BarPiece, isHole } from './coverage-words'
import { RANGE_TITLES, rangeSentence } from './range-words'
import type { StreamView } from './stream-views'

export type RangePaneProps = { connection: Connection; view: StreamView; piece: BarPiece; onClose: () => void }

/** What is known of one list over one range, why, and what can be done about it. */
export function RangePane({ connection, view, piece, onClose }: RangePaneProps) {
  const zone = useZone()
  const { go } = useAddress()
  const isOpen = isNewestPiece(piece, view)
  const stream = connection.origin === 'server' ? view.stream : undefined
  const show = () => {
    const range = { from: piece.from, to: piece.to }
    go({ screen: 'timeline', query: connectionQuery(connection.name, stream), range, selected: null })
  }
  return (
    <section className="pane-part" aria-label="Range">
      <header>
        <h2>
          {isOpen ? 'Newest minutes' : RANGE_TITLES[piece.state]} · <Shown text={streamTitle(view.label)} />
        </h2>
        <IconButton label="Close" onClick={onClose}>
          ✕
        </IconButton>
      </header>
      <p className="pane-words">
        <Shown text={rangeSentence(piece, { origin: connection.origin, isCounted: view.isCounted }, zone)} />
      </p>
      <div className="pane-buttons">
        <Button onClick={show}>Show on timeline</Button>
        {!isOpen && <FillButton connection={connection} view={view} piece={piece} />}
      </div>
      <Facts view={view} piece={piece} url={connection.server?.url ?? ''} />
    </section>
  )
}

function FillButton({ connection, view, piece }: Omit<RangePaneProps, 'onClose'>) {
  const { jobs, start } = useSync()
  const isAsked = connection.origin === 'server' && connection.state !== 'removed'
  const canBeFilled = isHole(piece.state) || piece.state === 'not-asked' || piece.state === 'not-held'
  if (!isAsked || !canBeFilled) return null
  const isBusy = isUnderWay(jobs.get(connection.name))
  // The bar begins at the oldest record held; what lies before it is part of the same hole.
  const range = { from: piece.start === 0 ? null : piece.from, to: piece.to }
  return (
    <Button
      disabled={isBusy}
      title={isBusy ? 'A sync of this server is under way' : 'Asks the server for this range of this list again'}
      onClick={() => start({ connection: connection.name, stream: view.stream, range })}
    >
      {piece.state === 'not-asked' ? 'Ask for this range' : 'Fill this hole'}
    </Button>
  )
}

function isNewestPiece(piece: BarPiece, { ranges }: StreamView): boolean {
  const range = ranges.find(({ from, to }) => from < piece.to && to > piece.from)
  return range !== undefined && isNewest(range, ranges)
}

function Facts({ view: { facts }, piece, url }: { view: StreamView; piece: BarPiece; url: string }) {
  const { format, label } = useZone()
  return (
    <dl className="pane-facts">
      {facts?.asked !== undefined && (
        <>
          <dt>Last request</dt>
          <dd className="mono">
            <Shown text={facts.asked.replace(url, '')} />
          </dd>
        </>
      )}
      {facts?.at !== undefined && (
        <>
          <dt>At</dt>
          <dd className="mono">
            {format(facts.at, 's')} {label}
          </dd>
        </>
      )}
      <dt>Held</dt>
      <dd>{heldWords(piece)}</dd>
      {facts?.serverTotal !== undefined && (
        <>
          <dt>Server counts</dt>
          <dd>{formatCount(facts.serverTotal)} in the whole list</dd>
        </>
      )}
      {facts?.note !== undefined && (
        <>
          <dt>Note</dt>
          <dd>
            <Shown text={facts.note} />
          </dd>
        </>
      )}
      {facts && (
        <>
          <dt>Status</dt>
          <dd>
            {STATUS_WORDS[facts.status]}
            {facts.fault && (
              <span className="pane-fault">
                <Shown text={facts.fault.message} />
              </span>
            )}
          </dd>
        </>
      )}
    </dl>
  )
}

function heldWords({ held, serverTotal, state }: BarPiece): string {
  if (held === null) return 'nothing'
  if (serverTotal !== undefined && serverTotal >= held) return `${formatCount(held)} of ${formatCount(serverTotal)}`
  return isHole(state) ? `${formatCount(held)} of unknown` : formatCount(held)
}
