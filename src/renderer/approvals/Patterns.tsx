import { useState } from 'react'
import type { ApprovalPattern, ApprovalSummary } from '../../contract'
import { EmptyState, formatCount, formatPlural, Shown } from '../shared'
import { latencyWords } from './approval-words'
import { basisWords } from './approval-coverage'
import { PatternCard } from './PatternCard'
import type { LookUse } from './use-look'

/** Cards that are drawn before the rest is asked for. */
const FIRST_CARDS = 50

type PatternsProps = { summary: ApprovalSummary; use: LookUse }

/** What is unusual about the requests and decisions, the gravest first. */
export function Patterns({ summary, use: { look, change } }: PatternsProps) {
  const [asked, setAsked] = useState(FIRST_CARDS)
  const shown = shownPatterns(summary.patterns, look.suppressed || isSuppressed(summary.patterns, look.pattern))
  const suppressed = summary.patterns.length - shownPatterns(summary.patterns, false).length
  // The one that is pointed at is drawn, wherever it stands.
  const most = Math.max(asked, shown.findIndex(({ id }) => id === look.pattern) + 1)
  const left = shown.length - most
  return (
    <div className="ap-patterns">
      {shown.length === 0 ? (
        <NoPatterns summary={summary} />
      ) : (
        <ul className="ap-cards" aria-label="Patterns">
          {shown.slice(0, most).map((pattern) => (
            <PatternCard key={pattern.id} pattern={pattern} isPresent={pattern.id === look.pattern} />
          ))}
        </ul>
      )}
      {left > 0 && (
        <button type="button" className="link ap-more" onClick={() => setAsked(most + FIRST_CARDS)}>
          {formatCount(left)} more
        </button>
      )}
      {suppressed > 0 && (
        <p className="ap-aside">
          {formatPlural(suppressed, 'suppressed pattern')}{' '}
          <button type="button" className="link" onClick={() => change({ suppressed: !look.suppressed })}>
            {look.suppressed ? 'Hide' : 'Show'}
          </button>
        </p>
      )}
      <Apart summary={summary} />
      <NotComputed summary={summary} />
    </div>
  )
}

export function shownPatterns(patterns: ApprovalPattern[], suppressed: boolean): ApprovalPattern[] {
  return suppressed ? patterns : patterns.filter((pattern) => pattern.suppressed === null)
}

function isSuppressed(patterns: ApprovalPattern[], pattern: string | null): boolean {
  return patterns.some(({ id, suppressed }) => id === pattern && suppressed !== null)
}

function NoPatterns({ summary }: { summary: ApprovalSummary }) {
  const { text, isLacking } = basisWords(summary)
  return (
    <EmptyState title={`Nothing unusual was found in ${formatPlural(summary.counts.requests, 'request')}`}>
      <p>{isLacking ? `${text}. What is not held cannot be looked at.` : 'Every list of requests is complete for this time.'}</p>
    </EmptyState>
  )
}

/** Robots, and approvers of whom too little is known for statistics. */
function Apart({ summary: { robots, fewDecisions } }: { summary: ApprovalSummary }) {
  const { approvers, least } = fewDecisions
  const parts = [
    ...(robots.decisions > 0 ? [`${formatPlural(robots.decisions, 'decision')} by automation ${robots.decisions === 1 ? 'is' : 'are'} shown apart`] : []),
    ...(approvers > 0 ? [`${formatPlural(approvers, 'approver')} ${approvers === 1 ? 'has' : 'have'} fewer than ${least} decisions: facts only, no statistics`] : []),
  ]
  if (parts.length === 0) return null
  if (robots.who.length === 0) return <p className="ap-aside">{parts.join(' · ')}</p>
  return (
    <details className="ap-aside">
      <summary>{parts.join(' · ')}</summary>
      <ul>
        {robots.who.map(({ approver, n, median, reason }) => (
          <li key={approver}>
            <Shown text={approver} />: {formatPlural(n, 'decision')}
            {median !== null && `, median ${latencyWords(median)}`}. <Shown text={reason} />
          </li>
        ))}
      </ul>
    </details>
  )
}

function NotComputed({ summary: { notComputed } }: { summary: ApprovalSummary }) {
  if (notComputed.length === 0) return null
  return (
    <details className="ap-aside">
      <summary>
        Of {formatPlural(notComputed.length, 'rule')} nothing, or not everything, can be said here
      </summary>
      <ul>
        {notComputed.map(({ rule, title, why }) => (
          <li key={rule}>
            <b>{title}</b> <span className="list-mono ap-dim">{rule}</span>: <Shown text={why} />
          </li>
        ))}
      </ul>
    </details>
  )
}
