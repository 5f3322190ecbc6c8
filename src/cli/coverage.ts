import type { ReadableStore } from '../backend/store'
import { BackendFault } from '../contract'
import { formatInstant, type CoverageRange, type Instant } from '../domain'
import type { Command, ExitCode } from './command'
import { print } from './io'
import { withReader } from './open-store'
import { ledgerRange, spanOf, type Span } from './time-span'

export const coverage: Command = {
  usage: '[NAME] [--from T] [--to T]',
  help: [
    'Prints what is known to be held, per stream and range:',
    '{connection, stream, from, to, state, held, serverTotal, note}; what does not apply is left out.',
    'NAME is a connection. With --from alone the range reaches until now.',
  ],
  options: { from: { type: 'string' }, to: { type: 'string' } },
  words: { least: 0, most: 1 },
  run: (line) => {
    const span = spanOf(line.values)
    const [name] = line.words
    return withReader(line, async (store): Promise<ExitCode> => {
      if (name !== undefined && !store.connections().some((connection) => connection.name === name)) {
        throw new BackendFault({ code: 'not-found', message: `There is no connection named ${name}.` })
      }
      for (const range of coverageOver(store, span, line.io.now())) {
        if (name === undefined || range.connection === name) await print(line.io, printed(range))
      }
      return 0
    })
  },
}

/** The ledger over what `--from` and `--to` say. */
export function coverageOver(store: ReadableStore, span: Span, now: Instant): CoverageRange[] {
  const ledger = store.coverage(null)
  const range = ledgerRange(span, ledger, now)
  return range === null ? ledger : store.coverage(range)
}

function printed({ connection, stream, from, to, state, held, serverTotal, note }: CoverageRange): object {
  return {
    connection,
    stream,
    from: formatInstant(from),
    to: formatInstant(to),
    state,
    held,
    ...(serverTotal === undefined ? {} : { serverTotal }),
    ...(note === undefined ? {} : { note }),
  }
}
