import type { MouseEvent, ReactNode } from 'react'
import type { EventDetail } from '../../contract'
import { formatInstant } from '../../domain'
import { formatCount, formatDuration, Shown, useZone } from '../shared'
import { useActions } from './ActionsContext'
import { basisWords, companionWords, detailFacts } from './detail-facts'
import { PlaceOfAddress } from './PlaceOfAddress'
import { outcomeWord } from './row-cells'
import type { ShownValue } from './value'

/** The fields of an event; each value opens what can be done with it. */
export function DetailFields({ detail }: { detail: EventDetail }) {
  const { event } = detail
  return (
    <dl className="tl-facts">
      <TimeField detail={detail} />
      {detailFacts(detail).map((fact) => (
        <Field key={fact.label} label={fact.label}>
          {fact.values.map((value, at) => (
            <Value
              key={at}
              value={{ text: value.text, term: value.term, time: event.time }}
              className={`${value.mono ? 'tl-mono' : ''} ${value.quiet ? 'tl-dim' : ''} ${value.link ? 'tl-blue' : ''}`}
            />
          ))}
          {fact.address !== undefined && <PlaceOfAddress address={fact.address} />}
        </Field>
      ))}
      {event.durationMs !== undefined && <Field label="Duration">{formatDuration(event.durationMs)}</Field>}
      <OutcomeField detail={detail} />
      {event.repeat > 1 && <Field label="Weight">stands for {formatCount(event.repeat)} events</Field>}
      {event.companion && <Field label="Companion">{companionWords(detail)}</Field>}
    </dl>
  )
}

function TimeField({ detail: { event } }: { detail: EventDetail }) {
  const zone = useZone()
  const precision = event.timePrecision === 's' ? 's' : 'ms'
  const value = { text: formatInstant(event.time), term: null, time: event.time }
  return (
    <Field label="Time">
      <Value value={value} className="tl-mono">
        {zone.format(event.time, precision)} {zone.label}
      </Value>
      {zone.label !== 'UTC' && <span className="tl-mono tl-dim">{value.text.replace('T', ' ').replace('Z', ' UTC')}</span>}
      {event.zoneAssumed && <span className="tl-dim">zone assumed: the record names none</span>}
    </Field>
  )
}

const OUTCOME_LOOK = { success: 'tl-ok', failure: 'tl-failed', unknown: 'tl-dim' } as const

function OutcomeField({ detail: { event } }: { detail: EventDetail }) {
  return (
    <Field label="Outcome">
      <Value
        value={{ text: event.outcome, term: { field: 'outcome', value: event.outcome }, time: event.time }}
        className={OUTCOME_LOOK[event.outcome]}
      >
        {event.outcome === 'success' ? 'success' : outcomeWord(event.outcome)}
      </Value>
      <span className="tl-dim">{basisWords(event.outcomeBasis)}</span>
    </Field>
  )
}

function Field({ label, children }: { label: string; children: ReactNode }) {
  return (
    <>
      <dt>{label}</dt>
      <dd>{children}</dd>
    </>
  )
}

export type ValueProps = { value: ShownValue; className?: string; children?: ReactNode }

/** A value that opens its menu on either button. */
export function Value({ value, className = '', children }: ValueProps) {
  const actions = useActions()
  const open = (event: MouseEvent<HTMLElement>) => {
    event.preventDefault()
    const box = event.currentTarget.getBoundingClientRect()
    // A press of Enter comes without a place.
    const at = event.clientX > 0 ? { x: event.clientX, y: event.clientY } : { x: box.left, y: box.bottom }
    actions.openMenu(value, at)
  }
  return (
    <button type="button" className={`tl-fact ${className}`} aria-haspopup="menu" onClick={open} onContextMenu={open}>
      {children ?? <Shown text={value.text} />}
    </button>
  )
}
