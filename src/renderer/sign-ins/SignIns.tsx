import { useMemo } from 'react'
import type { SignInList, SignInSummary } from '../../contract'
import type { CoverageRange, TimeRange } from '../../domain'
import { useAddress } from '../address'
import { useAnswer } from '../api'
import { ExportMenu } from '../exports'
import { AddButton } from '../notebooks'
import { ALL_TIME, Button, EmptyState, ErrorState, formatCount, ListFoot, rangeWords, Shown, Spinner, useHotkeys, useZone } from '../shared'
import { Attacks } from './Attacks'
import { FailedOverTime } from './FailedOverTime'
import { FirstSeen } from './FirstSeen'
import { lackingWords, Lists } from './Lists'
import { RangeChoice } from './RangeChoice'
import { signInView } from './places'
import { type PinUse, usePin } from './use-pin'
import { ValueCharts } from './ValueCharts'
import { WeekMap } from './WeekMap'
import '../shared/screen.css'
import './sign-ins.css'

/** Who tried to sign in, from where and how it ended. */
export function SignIns() {
  const use = usePin()
  const { range } = use
  const { zone } = useZone()
  const { value, fault, current } = useAnswer('signin.summary', { range, zone })
  const ranges = useAnswer('coverage.ranges', { range: ALL_TIME }).value
  const { go } = useAddress()
  useHotkeys({ Z: use.unpin }, { when: range !== null })
  const lists = value?.lists
  const lacking = useMemo(() => (lists && ranges ? (lackingWords(lists, ranges, range) ?? '') : null), [lists, ranges, range])
  return (
    <div className="screen si">
      <header className="screen-head">
        <h1>Sign-ins</h1>
        <HeadWords summary={value} />
        <RangeChoice use={use} held={value?.held ?? null} />
        {value && !isNone(value.counts) && <AddButton what={{ words: 'Sign-ins', view: signInView(range) }} />}
        <ExportMenu what={{ view: signInView(range) }} noun="sign-ins" disabled={!value || isNone(value.counts)} />
      </header>
      <div className="screen-body si-body" aria-busy={!current}>
        {value && fault && (
          <p className="si-fault" role="alert">
            The sign-ins could not be counted anew; what is shown was counted before. {fault.message}
          </p>
        )}
        {value ? (
          <Body summary={value} use={use} isStale={!current || fault !== null} ranges={ranges} lacking={lacking} />
        ) : fault ? (
          <ErrorState title="The sign-ins could not be counted" message={fault.message} />
        ) : (
          <div className="list-wait">
            <Spinner label="Counting sign-ins" />
          </div>
        )}
      </div>
      {value && value.lists.length > 0 && (
        <ListFoot lacking={lacking} onSources={() => go({ screen: 'sources' })}>
          <span>Lists of sign-ins:</span>
        </ListFoot>
      )}
    </div>
  )
}

function isNone({ failure, success, unknown }: SignInSummary['counts']): boolean {
  return failure + success + unknown === 0
}

function HeadWords({ summary }: { summary: SignInSummary | null }) {
  const zone = useZone()
  if (!summary?.range) return <span />
  const { counts, range } = summary
  const unknown = counts.unknown > 0 ? `, ${formatCount(counts.unknown)} unknown` : ''
  const words = `${formatCount(counts.failure)} failed, ${formatCount(counts.success)} succeeded${unknown} · ${rangeWords(range, zone)}`
  return <span title={words}>{words}</span>
}

type BodyProps = { summary: SignInSummary; use: PinUse; isStale: boolean; ranges: CoverageRange[] | null; lacking: string | null }

function Body({ summary, use, isStale, ranges, lacking }: BodyProps) {
  const { range } = use
  if (summary.held === null && summary.lists.length === 0) return <NothingHeld isEmpty={summary.range === null && range === null} />
  const { failure, success, unknown } = summary.counts
  const lists = <Lists lists={summary.lists} ranges={ranges} range={range} />
  if (failure + success + unknown === 0) {
    return (
      <>
        <NoneInRange held={summary.held} lacking={lacking} use={use} />
        {lists}
      </>
    )
  }
  const shared = { summary, range, isStale }
  return (
    <>
      <NotTold lists={summary.lists} />
      {failure === 0 ? <NoFailures lacking={lacking} /> : <FailedOverTime summary={summary} use={use} isStale={isStale} />}
      <Attacks summary={summary} range={range} />
      {failure > 0 && <ValueCharts {...shared} />}
      <div className="si-pair">
        {failure > 0 && <WeekMap {...shared} />}
        <FirstSeen summary={summary} range={range} />
      </div>
      {lists}
    </>
  )
}

function NothingHeld({ isEmpty }: { isEmpty: boolean }) {
  const { go } = useAddress()
  return (
    <EmptyState title={isEmpty ? 'No event is held yet' : 'No sign-in is held'} action={<Button onClick={() => go({ screen: 'sources' })}>Sources & coverage</Button>}>
      <p>{isEmpty ? 'A server that is synced or a log that is imported fills this screen.' : 'No source that is held tells of sign-ins, so nothing is known of them.'}</p>
    </EmptyState>
  )
}

type NoneProps = { held: TimeRange | null; lacking: string | null; use: PinUse }

function NoneInRange({ held, lacking, use: { range, pin } }: NoneProps) {
  const zone = useZone()
  return (
    <EmptyState title="No sign-in is held of this time" action={range && <Button onClick={() => pin(null)}>Show all that is held</Button>}>
      {held && <p>Those held are of {rangeWords(held, zone)}.</p>}
      <Rest lacking={lacking} />
    </EmptyState>
  )
}

function NoFailures({ lacking }: { lacking: string | null }) {
  return (
    <section className="card si-quiet" aria-label="Failed sign-ins">
      <h2>No failed sign-in is held of this time</h2>
      <Rest lacking={lacking} />
    </section>
  )
}

function Rest({ lacking }: { lacking: string | null }) {
  if (lacking === null) return null
  return <p>{lacking === '' ? 'Every list of sign-ins is complete for this time.' : `${lacking}. What is not held cannot be counted.`}</p>
}

/** Before any chart: what none of them can show. */
function NotTold({ lists }: { lists: readonly SignInList[] }) {
  const lacking = lists.filter(({ report }) => report !== 'reported')
  if (lacking.length === 0) return null
  return (
    <ul className="si-not-told" aria-label="Sources that do not tell of all failed sign-ins">
      {lacking.map(({ connection, label, why }) => (
        <li key={`${connection}\n${label}`}>
          <b>
            <Shown text={connection} />, {label}:
          </b>{' '}
          {why}
        </li>
      ))}
    </ul>
  )
}
