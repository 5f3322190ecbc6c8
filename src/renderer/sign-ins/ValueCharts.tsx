import type { SignInField, SignInSummary, SignInTally, SignInValue } from '../../contract'
import { shownText, type TimeRange } from '../../domain'
import { ChartFrame, ValueBars } from '../charts'
import { formatCount, formatPlural, Shown } from '../shared'
import { signInPlace, valueTerm } from './places'

type Words = { title: string; one: string; many: string; none: string; /** Where none of the failed ones has any. */ lacking: string }

const WORDS: Record<SignInField, Words> = {
  user: { title: 'By user', one: 'user', many: 'users', none: 'no user named', lacking: 'No failed sign-in of this time names a user.' },
  ip: { title: 'By address', one: 'address', many: 'addresses', none: 'no address named', lacking: 'No failed sign-in of this time names an address.' },
  method: { title: 'By method', one: 'method', many: 'methods', none: 'no method named', lacking: 'No failed sign-in of this time names a method.' },
  machine: { title: 'By machine', one: 'machine', many: 'machines', none: 'no machine named', lacking: 'No failed sign-in of this time names a machine.' },
}
const SHOWN = 8
/** A name in a log can be of any length. */
const LONGEST = 200

type ValueChartsProps = { summary: SignInSummary; range: TimeRange | null; isStale: boolean }

export function ValueCharts({ summary, range, isStale }: ValueChartsProps) {
  return (
    <div className="si-values">
      {summary.tallies.map((tally) => (
        <ValueChart key={tally.field} tally={tally} range={range} isStale={isStale} />
      ))}
    </div>
  )
}

type ValueChartProps = { tally: SignInTally; range: TimeRange | null; isStale: boolean }

function ValueChart({ tally: { field, failing, values }, range, isStale }: ValueChartProps) {
  const words = WORDS[field]
  const failed = values.filter(({ failure }) => failure > 0)
  const none = failed.filter(({ value }) => value === null)
  const shown = [...failed.filter(({ value }) => value !== null).slice(0, SHOWN - none.length), ...none]
  const others = failing - shown.filter(({ value }) => value !== null).length
  const bars = shown.map((value) => {
    const written = valueTerm(field, value)
    return {
      value: value.value,
      count: value.failure,
      words: valueWords(value, words, field),
      place: written === null ? null : signInPlace(range, 'failure', [written]),
    }
  })
  return (
    <ChartFrame
      title={`${words.title}: failed`}
      isStale={isStale}
      chart={
        failing > 0 ? (
          <ValueBars label={`Failed sign-ins ${words.title.toLowerCase()}`} bars={bars} none={words.none} />
        ) : (
          <p className="si-none">{words.lacking}</p>
        )
      }
      table={tableOf(values, words, field)}
      note={failing > 0 && others > 0 && <p className="si-note">{`${formatPlural(others, `other ${words.one}`, `other ${words.many}`)} with failed sign-ins`}</p>}
    />
  )
}

function valueWords({ value, failure, success, users, addresses }: SignInValue, { none }: Words, field: SignInField): string {
  const parts = [
    `${formatCount(failure)} failed`,
    ...(success > 0 ? [`${formatCount(success)} succeeded`] : []),
    ...(field !== 'user' && users > 0 ? [`${formatPlural(users, 'user')} tried`] : []),
    ...(field !== 'ip' && addresses > 0 ? [`from ${formatPlural(addresses, 'address', 'addresses')}`] : []),
  ]
  return `${value === null ? none : shownText(value.slice(0, LONGEST))}: ${parts.join(', ')}`
}

function tableOf(values: readonly SignInValue[], { one, none }: Words, field: SignInField) {
  const distinct = [...(field !== 'user' ? ['Users tried'] : []), ...(field !== 'ip' ? ['From addresses'] : [])]
  const rows = values.map(({ value, failure, success, unknown, users, addresses }) => [
    value === null ? none : <Shown key="value" text={value} />,
    formatCount(failure),
    formatCount(success),
    formatCount(unknown),
    ...(field !== 'user' ? [formatCount(users)] : []),
    ...(field !== 'ip' ? [formatCount(addresses)] : []),
  ])
  return { columns: [one.charAt(0).toUpperCase() + one.slice(1), 'Failed', 'Succeeded', 'Unknown', ...distinct], rows }
}
