import { useId, useState } from 'react'
import { PlaceLink } from '../address'
import type { FirstSeenSource, FirstSeenSources, SignInSummary } from '../../contract'
import type { TimeRange } from '../../domain'
import { ExportMenu } from '../exports'
import { formatCount, formatPlural, formatRough, Shown, useZone } from '../shared'
import { fieldTerm, signInPlace } from './places'

const STEP = 8

/** Sign-ins that worked from where the user was not seen before. */
export function FirstSeen({ summary: { firstSeen }, range }: { summary: SignInSummary; range: TimeRange | null }) {
  const id = useId()
  const { known, early, begun, least, days } = firstSeen
  return (
    <section className="card si-first" aria-labelledby={id}>
      <h2 id={id}>
        First-seen sources <span>{formatCount(known.total)}</span>
      </h2>
      <p className="si-note">
        Sign-ins that worked from a network (/24, or /48 of IPv6) that the user had not signed in from within {days} days before, as far as is held.
      </p>
      {known.total === 0 ? (
        <p className="si-none">None of a user with at least {least.logins} sign-ins over {least.days} days held before it.</p>
      ) : (
        <Rows sources={known} range={range} early={false} />
      )}
      {early.total > 0 && (
        <details className="si-early">
          <summary>{formatCount(early.total)} more with too little held before to say much</summary>
          <Rows sources={early} range={range} early />
        </details>
      )}
      {begun > 0 && (
        <p className="si-note">
          Of {formatPlural(begun, 'user')} the first sign-in held is of this time: where they signed in from before it is not known.
        </p>
      )}
    </section>
  )
}

function Rows({ sources: { rows, total }, range, early }: { sources: FirstSeenSources; range: TimeRange | null; early: boolean }) {
  const [most, setMost] = useState(STEP)
  const shown = rows.slice(0, most)
  const left = rows.length - shown.length
  return (
    <>
      <ul className="si-rows">
        {shown.map((row) => (
          <Row key={row.key} row={row} range={range} />
        ))}
      </ul>
      {left > 0 && (
        <button type="button" className="link si-more" onClick={() => setMost(most * 4)}>
          Show {formatCount(Math.min(left, most * 3))} more of {formatCount(total)}
        </button>
      )}
      {left === 0 && rows.length < total && <p className="si-note">The newest {formatCount(rows.length)} of {formatCount(total)} are listed.</p>}
      <p className="si-note">
        <ExportMenu what={{ table: 'signin.firstSeen', ask: { range, early } }} noun="first-seen sources" disabled={total === 0} isSmall />
      </p>
    </>
  )
}

function Row({ row, range }: { row: FirstSeenSource; range: TimeRange | null }) {
  const { format } = useZone()
  const place = { ...signInPlace(range, 'all', [fieldTerm('user', row.user)]), selected: row.key }
  return (
    <li>
      <PlaceLink place={place}>
        <span className="mono si-when">{format(row.time, 'min')}</span>
        <span className="mono si-who">
          <Shown text={row.user} />
        </span>
        <span className="mono si-from">
          <Shown text={row.address} />
        </span>
        <span className="si-before">
          {row.machine !== null && (
            <>
              on <Shown text={row.machine} />,{' '}
            </>
          )}
          after {formatPlural(row.earlier, 'sign-in')} over {formatRough(row.time - row.since)}
        </span>
      </PlaceLink>
    </li>
  )
}
