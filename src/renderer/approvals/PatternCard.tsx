import { useEffect, useRef } from 'react'
import { PlaceLink } from '../address'
import type { ApprovalPattern } from '../../contract'
import { formatPlural, Shown, useZone, Level } from '../shared'
import { whenWords } from './approval-words'
import { Chain } from './Chain'
import { placeOfPattern } from './places'

/** Something unusual: what was seen, by which figures, and the way to its events. */
export function PatternCard({ pattern, isPresent }: { pattern: ApprovalPattern; /** It is pointed at. */ isPresent: boolean }) {
  const { level, title, words, events, isExact, chain, suppressed } = pattern
  const card = useRef<HTMLLIElement>(null)
  useEffect(() => {
    if (!isPresent) return
    card.current?.scrollIntoView({ block: 'nearest' })
    card.current?.focus()
  }, [isPresent])
  return (
    <li ref={card} className="ap-card" data-level={level} data-present={isPresent || undefined} data-suppressed={suppressed !== null || undefined} tabIndex={-1}>
      <header>
        <Level level={level} />
        <h3>
          <Shown text={title} />
        </h3>
        {events.length > 0 && (
          <PlaceLink
            place={placeOfPattern(pattern)}
            className="ap-evidence"
            title={isExact ? 'Shows exactly these events on the timeline' : 'Shows the requests of its time on the timeline, these among them'}
          >
            {formatPlural(pattern.count, 'event')} <span aria-hidden="true">›</span>
          </PlaceLink>
        )}
      </header>
      <p className="ap-words">
        <Shown text={words} />
      </p>
      <Figures pattern={pattern} />
      {chain && <Chain chain={chain} />}
      {!isExact && <p className="ap-note">These are too many to be shown alone: the link shows all requests of their time.</p>}
      {suppressed !== null && (
        <p className="ap-note">
          Suppressed: <Shown text={suppressed.reason} />
        </p>
      )}
    </li>
  )
}

function Figures({ pattern: { figures, method, baseline, from, to } }: { pattern: ApprovalPattern }) {
  const zone = useZone()
  return (
    <dl className="ap-figures">
      {figures.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>
            <Shown text={value} />
          </dd>
        </div>
      ))}
      <div>
        <dt className="hidden-text">method</dt>
        <dd className="ap-method">
          <Shown text={baseline === null ? method : `${method}; compared with ${baseline}`} />
        </dd>
      </div>
      <div>
        <dt className="hidden-text">when</dt>
        <dd className="ap-method" title={`${zone.format(from)} → ${zone.format(to)} ${zone.label}`}>
          {whenWords({ from, to }, zone)} {zone.label}
        </dd>
      </div>
    </dl>
  )
}
