import { useId, useState } from 'react'
import type { DetectionRules, FindingRow, SignInSummary } from '../../contract'
import type { TimeRange } from '../../domain'
import { defaultDetections, PlaceLink, useAddress, viewPlace } from '../address'
import { useAnswer, useBackend } from '../api'
import { Button, ErrorState, formatCount, formatPlural, Level, messageOf, Shown, useRunProgress, useZone } from '../shared'
import { ATTACK_CARDS, noneWords, notLookedFor, type AttackCard } from './attack-cards'
import { useAttacks } from './use-attacks'

type AttacksProps = { summary: SignInSummary; range: TimeRange | null }

/** What the rules of sign-ins found in the time that is looked at. */
export function Attacks({ summary, range }: AttacksProps) {
  const id = useId()
  const { value, fault } = useAnswer('detection.rules', {})
  const found = useFoundAt(value)
  if (fault && !value) return <ErrorState title="The rules could not be listed" message={fault.message} />
  return (
    <section aria-labelledby={id} className="si-attacks">
      <header>
        <h2 id={id}>What rules found</h2>
        <span>{found.words}</span>
      </header>
      <ul className="si-cards">
        {ATTACK_CARDS.map((card) => (
          <Card key={card.title} card={card} summary={summary} range={range} rules={value} at={found.at} />
        ))}
      </ul>
    </section>
  )
}

/** When the findings were found, and what is to be known beside. */
function useFoundAt(value: DetectionRules | null): { at: string | null; words: string } {
  const { format, label } = useZone()
  const run = useRunProgress(value?.run ?? null)
  if (!run) return { at: null, words: '' }
  const { asOf, state, isStale, done, total } = run
  const at = asOf === null ? null : `${format(asOf, 'min')} ${label}`
  if (state === 'running') return { at, words: `${formatCount(done)} of ${formatPlural(total, 'event')} looked at${at === null ? '' : `; what is shown was found at ${at}`}` }
  return { at, words: at === null ? '' : `in ${formatPlural(total, 'event')}, at ${at}${isStale ? '; what is held has changed since' : ''}` }
}

type CardProps = { card: AttackCard; summary: SignInSummary; range: TimeRange | null; rules: DetectionRules | null; at: string | null }

function Card({ card, summary, range, rules, at }: CardProps) {
  const { totals, newest, suppressed, isKnown, fault } = useAttacks(card, range)
  const total = totals.reduce((sum, one) => sum + one.total, 0)
  const known = isKnown && rules !== null
  const off = rules ? notLookedFor(card, rules.rules) : []
  const isOff = off.length === card.rules.length
  const none = known && !isOff ? noneWords({ run: rules.run, suppressed, blind: card.blind(summary), at }) : ''
  return (
    <li className="card si-card" data-level={newest?.level}>
      <h3>
        {card.title} <span className="si-total">{known && at !== null && !(isOff && total === 0) ? formatCount(total) : ''}</span>
      </h3>
      {fault && !known ? (
        <p className="si-dim" role="alert">
          {fault.message}
        </p>
      ) : newest ? (
        <Newest row={newest} />
      ) : (
        <>
          <p className="si-what">{card.what}</p>
          {none !== '' && <p className="si-dim">{none}</p>}
        </>
      )}
      {off.map(({ words, why }) => (
        <p key={words} className="si-off">
          {words}: <Shown text={why} />
        </p>
      ))}
      <Links totals={totals} newest={newest} suppressed={suppressed} />
    </li>
  )
}

function Newest({ row: { who, why, start, crossed, level } }: { row: FindingRow }) {
  const { format, label } = useZone()
  return (
    <>
      <p className="si-newest">
        <Level level={level} />
        <span className="mono" title={`Newest: found at ${format(crossed)} ${label}`}>
          {format(start, 'min')}
        </span>
      </p>
      <p className="si-key mono">
        <Shown text={who === '' ? 'all sign-ins together' : who} />
      </p>
      <p className="si-why">
        <Shown text={why} />
      </p>
    </>
  )
}

type LinksProps = { totals: readonly { rule: string; words: string; total: number }[]; newest: FindingRow | null; suppressed: number }

function Links({ totals, newest, suppressed }: LinksProps) {
  const { address } = useAddress()
  const { open, problem } = useEvents()
  const shown = totals.filter(({ total }) => total > 0)
  const isOne = totals.reduce((sum, { total }) => sum + total, 0) === 1
  if (!newest && suppressed === 0) return null
  return (
    <footer className="si-links">
      {newest && <Button onClick={() => open(newest.id)}>{isOne ? 'Its events' : 'Events of the newest'}</Button>}
      {shown.map(({ rule, words, total }) => (
        <PlaceLink key={rule} place={{ screen: 'detections', range: address.range, detections: { ...defaultDetections(), rule } }} label={`Detections: ${words}, ${formatCount(total)}`}>
          {totals.length > 1 ? `${formatCount(total)} ${words}` : total > 1 ? `All ${formatCount(total)}` : 'The finding'}
        </PlaceLink>
      ))}
      {suppressed > 0 && totals[0] && (
        <PlaceLink place={{ screen: 'detections', range: address.range, detections: { ...defaultDetections(), rule: totals[0].rule, suppressed: true } }}>
          {formatCount(suppressed)} suppressed
        </PlaceLink>
      )}
      {problem !== null && <p role="alert">{problem}</p>}
    </footer>
  )
}

/** Goes to the timeline at the events of a finding. */
function useEvents(): { open: (id: string) => void; problem: string | null } {
  const backend = useBackend()
  const { go } = useAddress()
  const [problem, setProblem] = useState<string | null>(null)
  const open = (id: string) => {
    backend.call('finding.get', { id }).then(
      ({ value: { view, sample } }) => go(viewPlace(view, sample[0]?.key ?? null)),
      (error: unknown) => setProblem(messageOf(error)),
    )
  }
  return { open, problem }
}
