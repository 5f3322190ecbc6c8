import { useState } from 'react'
import type { ArrivalChain } from '../../contract'
import { useBackend } from '../api'
import { Button, Shown, formatCount, formatPlural, messageOf, useSaving, useZone } from '../shared'

/** The chain over all that a server answered, checked when asked for. */
export function ArrivalPane({ connection }: { connection: string }) {
  const backend = useBackend()
  const { said, say, save } = useSaving()
  const [chain, setChain] = useState<ArrivalChain | null>(null)
  const check = () => {
    backend.call('arrival.chain', { connection }).then(({ value }) => setChain(value), (error: unknown) => say(messageOf(error)))
  }
  return (
    <section className="pane-part" aria-label={`What arrived from ${connection}`}>
      <h2>
        What arrived · <Shown text={connection} />
      </h2>
      {chain ? <Facts chain={chain} /> : <p className="pane-hint">Each answer of the server was hashed as it came. The hashes form a chain, whose end every sync notes in the custody log.</p>}
      <div className="pane-buttons">
        <Button onClick={check}>Check the chain</Button>
        <Button onClick={() => save(backend.call('arrival.export', { connection }))}>Export it</Button>
        <span className="pane-hint" role="status">
          <Shown text={said} />
        </span>
      </div>
    </section>
  )
}

function Facts({ chain: { bodies, records, head, recorded } }: { chain: ArrivalChain }) {
  const { format, label } = useZone()
  return (
    <>
      <dl className="pane-facts">
        <div>
          <dt>Answers that brought records</dt>
          <dd>{formatCount(bodies)}</dd>
        </div>
        <div>
          <dt>Records in them</dt>
          <dd>{formatCount(records)}</dd>
        </div>
        <div title={head}>
          <dt>Head</dt>
          <dd className="list-mono">{head.slice(0, 16)}…</dd>
        </div>
      </dl>
      <p className="pane-words">
        {recorded === null && 'No sync has noted it in the custody log yet, so there is nothing to hold it against.'}
        {recorded?.isSame === true && `As noted on ${format(recorded.at, 'min')} ${label} in entry ${recorded.seq} of the custody log, then ${formatPlural(recorded.bodies, 'answer')}.`}
        {recorded?.isSame === false && `! Not as noted on ${format(recorded.at, 'min')} ${label} in entry ${recorded.seq} of the custody log: answers were changed, removed or, with another connection, wiped.`}
      </p>
    </>
  )
}
