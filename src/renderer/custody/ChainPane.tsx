import type { CustodyState } from '../../contract'
import { Fact, formatCount, useZone } from '../shared'

/** The chain as a whole: its end, and what it proves and what not. */
export function ChainPane({ state: { entries, head, checkedAt, found } }: { state: CustodyState }) {
  const { format, label } = useZone()
  return (
    <aside className="list-pane cu-pane" aria-label="Chain">
      <header>
        <h2>The chain</h2>
      </header>
      <dl className="facts">
        <Fact name="State">
          {entries === 0 ? (
            'nothing recorded yet'
          ) : (
            <span className="cu-state" data-broken={found > 0 || undefined}>
              {found === 0 ? 'intact' : 'broken'}
            </span>
          )}
        </Fact>
        <Fact name="Entries">{formatCount(entries)}</Fact>
        <Fact name="Head">
          {entries === 0 ? 'none' : <span className="list-mono cu-hash">{head}</span>}
        </Fact>
        <Fact name="All checked">
          <span className="list-mono">{format(checkedAt)}</span> {label}
        </Fact>
      </dl>
      <section>
        <h3>What it shows</h3>
        <p>
          Each entry holds the hash of the one before. An entry that is changed, removed, put in or moved no longer fits, and is named here. The head
          stands for all of it: where it is noted elsewhere, in a sealed bundle, a report or a message, everything up to it can be proven unchanged.
        </p>
        <h3>What it does not show</h3>
        <p>
          Whoever holds this computer could write a whole new chain. That shows only against a head noted elsewhere. It does not prove who sat at the
          keyboard: the name is that of the system’s account. What was done outside Recount, or in a Recount that only read the workspace, is not in it.
        </p>
      </section>
    </aside>
  )
}
