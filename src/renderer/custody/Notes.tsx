import type { CustodyState } from '../../contract'
import { formatCount, formatPlural, Shown } from '../shared'

/** Problems that are listed before the rest is counted. */
const LISTED = 5

/** What who relies on the log must know first. */
export function Notes({ state: { found, problems, waiting, fault, isReadOnly } }: { state: CustodyState }) {
  return (
    <>
      {found > 0 && (
        <section className="cu-note" data-grave="" role="alert" aria-label="The chain is broken">
          <p>
            The chain is broken in {formatPlural(found, 'place')}. What stands there is not what was written; everything after the last break is again
            a chain of its own.
          </p>
          <ul>
            {problems.slice(0, LISTED).map(({ seq, reason }, at) => (
              <li key={at}>
                <b>Entry {seq}</b> <Shown text={reason} />
              </li>
            ))}
          </ul>
          {found > LISTED && <p>And {formatCount(found - LISTED)} more.</p>}
        </section>
      )}
      {fault !== null && (
        <section className="cu-note" data-grave="" role="alert" aria-label="Not written">
          <p>
            <Shown text={fault} /> {waiting > 0 && `${formatPlural(waiting, 'act')} of looking wait in memory to be written.`}
          </p>
        </section>
      )}
      {isReadOnly && (
        <section className="cu-note" aria-label="Read only">
          <p>Another program writes this workspace. What is done in this window changes nothing and is not recorded.</p>
        </section>
      )}
    </>
  )
}
