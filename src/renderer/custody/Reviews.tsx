import { useState } from 'react'
import type { Review } from '../../contract'
import { COVERAGE_WORDS } from '../../domain'
import { PlaceLink } from '../address'
import type { Answered } from '../api'
import { Button, EmptyState, ErrorState, formatCount, formatPlural, Shown, Spinner, useNow, useZone } from '../shared'
import { dueWords } from './custody-words'
import { ShownLines } from './ShownLines'
import { SignDialog } from './SignDialog'

type Signing = { of: Review | null } | null

/** Every review by its last sign-off, with those before it, and a way to sign another. */
export function Reviews({ answered: { value, fault } }: { answered: Answered<Review[]> }) {
  const [signing, setSigning] = useState<Signing>(null)
  const now = useNow(60_000)
  const begin = <Button look="primary" onClick={() => setSigning({ of: null })}>New review</Button>
  const last = (value ?? []).filter(({ isLast }) => isLast).toSorted((a, b) => (a.dueAt ?? Infinity) - (b.dueAt ?? Infinity))
  return (
    <div className="screen-body cu-reviews">
      {!value && (fault ? <ErrorState title="The reviews could not be read" message={fault.message} /> : <Spinner label="Reading the reviews" />)}
      {value && last.length === 0 && (
        <EmptyState title="No review is signed yet" action={begin}>
          A review is a recorded sign-off: who looked at which range with which filters, and when it is due again. It stands in the custody log.
        </EmptyState>
      )}
      {last.length > 0 && (
        <>
          <div className="cu-reviews-head">
            <p>A sign-off says that somebody looked; the numbers are those of the workspace at that moment.</p>
            {begin}
          </div>
          <ul aria-label="Reviews">
            {last.map((review) => (
              <Item key={review.name} review={review} now={now} before={(value ?? []).filter(({ name, isLast }) => name === review.name && !isLast)} onSign={() => setSigning({ of: review })} />
            ))}
          </ul>
        </>
      )}
      {signing && <SignDialog of={signing.of} onClose={() => setSigning(null)} />}
    </div>
  )
}

type ItemProps = { review: Review; now: number; before: Review[]; onSign: () => void }

function Item({ review, now, before, onSign }: ItemProps) {
  const isDue = review.dueAt !== null && review.dueAt <= now
  const { name, query, range, days } = review
  return (
    <li className="card cu-review">
      <div className="cu-review-head">
        <h2>
          <Shown text={name} />
        </h2>
        <span className="cu-when" data-due={isDue || undefined}>
          {dueWords(review, now)}
        </span>
        <PlaceLink className="button button-plain" place={{ screen: 'timeline', query, range, selected: null }}>
          Open the view
        </PlaceLink>
        <Button look={isDue ? 'primary' : 'plain'} onClick={onSign}>
          Sign again
        </Button>
      </div>
      <p className="list-mono cu-query">{query === '' ? 'all records' : <Shown text={query} />}</p>
      <Line review={review} />
      {days !== null && <p className="list-dim">Every {formatPlural(days, 'day')}</p>}
      {before.length > 0 && (
        <details>
          <summary>{formatPlural(before.length, 'earlier sign-off')}</summary>
          {before.map((earlier) => (
            <Line key={earlier.seq} review={earlier} />
          ))}
        </details>
      )}
    </li>
  )
}

function Line({ review: { at, by, range, matching, coverage, note, seq } }: { review: Review }) {
  const { format, label } = useZone()
  return (
    <div className="cu-line">
      <p>
        Signed <span className="list-mono">{format(at, 'min')}</span> {label} by <b><Shown text={by} /></b> · range{' '}
        <span className="list-mono">{`${format(range.from, 'min')} → ${format(range.to, 'min')}`}</span> · {formatPlural(matching, 'record')}, coverage{' '}
        {COVERAGE_WORDS[coverage]} · entry {formatCount(seq)}
      </p>
      {note !== '' && (
        <p className="cu-comment">
          <ShownLines text={note} />
        </p>
      )}
    </div>
  )
}
