import { overallState } from '../backend/query'
import { formatInstant } from '../domain'
import { coverageOver } from './coverage'
import { print } from './io'
import type { Asked } from './asked'

export async function printCount({ line, store, view, span }: Asked): Promise<void> {
  const { rows, weighted } = store.count(view)
  const ranges = coverageOver(store, span, line.io.now())
  const holes = ranges
    .filter(({ state }) => state !== 'complete')
    .map(({ connection, stream, from, to, state }) => ({
      connection,
      stream,
      from: formatInstant(from),
      to: formatInstant(to),
      state,
    }))
  const coverage = { state: overallState(ranges), holes }
  await print(line.io, { rows, matching: weighted, held: store.state().held, coverage })
}
