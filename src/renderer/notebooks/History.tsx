import { useAnswer } from '../api'
import { formatCount, IconButton, Shown, Spinner, useZone } from '../shared'
import { historyGroups } from './history-groups'

/** Everything that was done to the notebook, newest first; what was undone is there too. */
export function History({ id, onClose }: { id: string; onClose: () => void }) {
  const { value, fault } = useAnswer('notebook.history', { id })
  const { format, label } = useZone()
  return (
    <aside className="nb-side" aria-label="History">
      <header className="nb-side-head">
        <h2>History</h2>
        <IconButton label="Close the history" onClick={onClose}>
          ✕
        </IconButton>
      </header>
      {fault && <p className="nb-failed">{<Shown text={`! ${fault.message}`} />}</p>}
      {!value && !fault && <Spinner label="Reading the history" />}
      {value && (
        <>
          <p className="nb-dim">Times in {label}</p>
          <ol className="nb-history">
            {historyGroups(value).map(({ op, at, by, words, undone, writings }) => (
              <li key={op} data-undone={undone || undefined}>
                <span className="nb-mono nb-dim">{format(at)}</span>
                <span>
                  <Shown text={words} />
                  {undone && <span className="nb-dim"> (undone)</span>}
                  {writings > 1 && <span className="nb-dim"> · {formatCount(writings)} writings</span>}
                </span>
                <span className="nb-dim">
                  <Shown text={by} />
                </span>
              </li>
            ))}
          </ol>
        </>
      )}
    </aside>
  )
}
