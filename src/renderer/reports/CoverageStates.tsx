import type { ReportStream } from '../../contract'
import { COVERAGE_WORDS, WORST_FIRST, type CoverageState as State } from '../../domain'
import { formatPlural } from '../shared'

/** A state of the ledger in colour and in words. */
export function CoverageState({ state }: { state: State }) {
  return (
    <strong className="rt-state" data-state={state}>
      {COVERAGE_WORDS[state]}
    </strong>
  )
}

/** How many lists are in each state, the worst first. */
export function StreamStates({ streams }: { streams: readonly ReportStream[] }) {
  if (streams.length === 0) return <>no list is known</>
  return (
    <span className="rt-states">
      {WORST_FIRST.map((state) => {
        const count = streams.filter((stream) => stream.state === state).length
        return count === 0 ? null : (
          <span key={state}>
            <CoverageState state={state} /> {formatPlural(count, 'list')}
          </span>
        )
      })}
    </span>
  )
}
