import type { SampleOptions } from '../sample'
import type { Command } from './command'
import { print, type Io } from './io'
import { instantOf } from './time-span'
import { UsageError } from './usage-error'
import { choiceOf, textOf, wholeOf, type Values } from './words'

export const sample: Command = {
  usage: '[--port N] [--seed N] [--events N] [--now T] [--dialect KIND] [--fault NAME,...]',
  help: [
    'Serves made-up audit data on this machine alone, the way a WebXTerm server does, and prints {url, tokens}; tokens',
    'has one for each role: super_admin, company_admin, user. The same seed and time give the same data. Ends with Ctrl C.',
    '  --port N        port to listen on; any that is free otherwise',
    '  --seed N        1 unless said otherwise',
    '  --events N      records; 200000 unless said otherwise',
    '  --now T         time of its clock at the start: 2026-02-06T02:58:41Z; the time of this machine otherwise',
    '  --dialect KIND  documented or server: how the documentation says it speaks, or how some servers do',
    '  --fault NAMES   what goes wrong, for tests; several with commas. A name that is none lists them all.',
  ],
  options: {
    port: { type: 'string' },
    seed: { type: 'string' },
    events: { type: 'string' },
    now: { type: 'string' },
    dialect: { type: 'string' },
    fault: { type: 'string' },
  },
  words: { least: 0, most: 0 },
  async run({ io, values }) {
    // Loaded only here: no other command needs its data.
    const { DIALECTS, FAULTS, startSample } = await import('../sample')
    const dialect = choiceOf(values, 'dialect', DIALECTS)
    const faults = faultsOf(values, FAULTS)
    const now = instantOf(values, 'now') ?? io.now()
    const ended = interrupt(io)
    const served = await startSample({ ...numbersOf(values), now, faults, ...(dialect ? { dialect } : {}) })
    try {
      await print(io, { url: served.url, tokens: served.tokens })
      await ended.comes
      return 0
    } finally {
      ended.undo()
      await served.close()
    }
  },
}

/** Far more than fits into memory elsewhere; a slip of the hand is told from a wish. */
const MOST_EVENTS = 10_000_000

function numbersOf(values: Values): SampleOptions {
  const port = wholeOf(values, 'port', { least: 0, most: 65_535 })
  const seed = wholeOf(values, 'seed', { least: 0, most: Number.MAX_SAFE_INTEGER })
  const events = wholeOf(values, 'events', { least: 0, most: MOST_EVENTS })
  return {
    ...(port === undefined ? {} : { port }),
    ...(seed === undefined ? {} : { seed }),
    ...(events === undefined ? {} : { events }),
  }
}

function faultsOf<F extends string>(values: Values, known: readonly F[]): F[] {
  const names = (textOf(values, 'fault') ?? '').split(',').map((name) => name.trim()).filter((name) => name !== '')
  const isKnown = (name: string): name is F => (known as readonly string[]).includes(name)
  const unknown = names.filter((name) => !isKnown(name))
  if (unknown.length === 0) return names.filter(isKnown)
  const wrong = unknown.map((name) => `«${name}»`).join(', ')
  throw new UsageError(`--fault takes names from ${known.join(', ')}, separated by commas, not ${wrong}.`)
}

function interrupt(io: Io): { comes: Promise<void>; undo: () => void } {
  let undo = () => {}
  const comes = new Promise<void>((resolve) => (undo = io.onInterrupt(resolve)))
  return { comes, undo }
}
