import { type FormEvent, type ReactNode, useId, useState } from 'react'
import type { Ask, Review } from '../../contract'
import { useAddress } from '../address'
import { useBackend } from '../api'
import { Button, Dialog, messageOf, parseInZone, Shown, typedText, useZone, type ZoneClock } from '../shared'

const DAY = 86_400_000
const INTERVALS: readonly { value: string; words: string }[] = [
  { value: '7', words: 'In a week' },
  { value: '1', words: 'Tomorrow' },
  { value: '14', words: 'In 14 days' },
  { value: '30', words: 'In 30 days' },
  { value: '90', words: 'In 90 days' },
  { value: '', words: 'Not again' },
]

/** Signs that a view was looked at; of an earlier review its filters, and the range that follows it. */
export function SignDialog({ of, onClose }: { of: Review | null; onClose: () => void }) {
  const backend = useBackend()
  const zone = useZone()
  const form = useId()
  const [problem, setProblem] = useState<string | null>(null)
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const asked = askOf(event.currentTarget, zone)
    if (typeof asked === 'string') return setProblem(asked)
    backend.call('review.sign', asked).then(onClose, (error: unknown) => setProblem(messageOf(error)))
  }
  return (
    <Dialog
      title={of ? <Shown text={`Sign again: ${of.name}`} /> : 'New review'}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button look="primary" type="submit" form={form}>
            Sign
          </Button>
        </>
      }
    >
      <form id={form} className="cu-form" autoComplete="off" onSubmit={submit}>
        <p>Signing writes in the custody log that you looked at this range with these filters. It cannot be taken back.</p>
        <Fields of={of} />
        {problem !== null && (
          <p className="cu-wrong" role="alert">
            <Shown text={`! ${problem}`} />
          </p>
        )}
      </form>
    </Dialog>
  )
}

/** What the fields say, or what is wrong with them. */
function askOf(form: HTMLFormElement, zone: ZoneClock): Ask<'review.sign'> | string {
  const name = typedText(form, 'name')
  if (name === '') return 'A review needs a name.'
  const from = parseInZone(typedText(form, 'from'), zone)
  const to = parseInZone(typedText(form, 'to'), zone)
  if (from === null || to === null || from >= to) return 'The range needs two times, such as 2026-02-06 14:00, the later one last.'
  const interval = typedText(form, 'days')
  const days = interval === '' ? null : Number(interval)
  return { name, query: typedText(form, 'query'), range: { from, to }, days, note: typedText(form, 'note') }
}

function Fields({ of }: { of: Review | null }) {
  const { address } = useAddress()
  const zone = useZone()
  const [now] = useState(() => Date.now())
  // Of a new one what was looked at last, where that had a time.
  const range = of ? startOf(of, now) : (address.range ?? startOf(null, now))
  return (
    <>
      <Field label="Name">
        <input className="filter-input" name="name" maxLength={200} defaultValue={of?.name ?? ''} readOnly={of !== null} data-autofocus={of === null ? '' : undefined} />
      </Field>
      <Field label="Query">
        <input className="filter-input list-mono" name="query" maxLength={10_000} defaultValue={of?.query ?? address.query} placeholder="all records" spellCheck={false} />
      </Field>
      <div className="cu-range">
        <Field label={`From (${zone.label})`}>
          <input className="filter-input list-mono" name="from" defaultValue={zone.format(range.from, 'min')} />
        </Field>
        <Field label="Up to">
          <input className="filter-input list-mono" name="to" defaultValue={zone.format(range.to, 'min')} />
        </Field>
        <Field label="Due again">
          <select className="filter-input" name="days" defaultValue={of ? String(of.days ?? '') : '7'}>
            {intervalsWith(of?.days ?? null).map(({ value, words }) => (
              <option key={value} value={value}>
                {words}
              </option>
            ))}
          </select>
        </Field>
      </div>
      <Field label="What was found">
        <textarea name="note" rows={3} maxLength={4000} data-autofocus={of ? '' : undefined} />
      </Field>
    </>
  )
}

function Field({ label, children }: { label: string; children: ReactNode }) {
  return (
    <label className="cu-field">
      <span>{label}</span>
      {children}
    </label>
  )
}

/** From where the last one ended, else the last seven days; up to this minute. */
function startOf(of: Review | null, now: number) {
  const to = Math.floor(now / 60_000) * 60_000
  const from = of && of.range.to < to ? of.range.to : to - 7 * DAY
  return { from, to }
}

function intervalsWith(days: number | null): readonly { value: string; words: string }[] {
  const value = String(days ?? '')
  return INTERVALS.some((known) => known.value === value) ? INTERVALS : [{ value, words: `In ${value} days` }, ...INTERVALS]
}
