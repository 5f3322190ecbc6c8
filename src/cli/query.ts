import { storeView } from '../backend/query'
import type { Asked } from './asked'
import type { Command } from './command'
import { withReader } from './open-store'
import { printBy, tallyOf } from './query-by'
import { printCount } from './query-count'
import { printEvents } from './query-events'
import { printEvery, stepOf } from './query-every'
import { rangeOf, spanOf } from './time-span'
import { UsageError } from './usage-error'
import { choiceOf, textOf, wholeOf, type Values } from './words'

export const query: Command = {
  usage: 'TEXT [--from T] [--to T] [--order asc|desc] [--limit N] [--format jsonl|csv|table] | --count | --by FIELD [--limit N] | --every 1h',
  help: [
    'Prints the events that match, newest first, all of them unless --limit says otherwise. TEXT is always the next',
    "argument, even when it begins with -; '' means everything.",
    '  --from T, --to T   from this time on, up to but not including that time: 2026-02-06T02:58:41Z, 2026-02-06',
    '  --order            asc for oldest first',
    '  --format           jsonl (one object a line), csv, or table for reading',
    '  --count            {rows, matching, held, coverage}: records, what they stand for, records held, what is known to be held',
    '  --by FIELD         {value, rows, count} by count, then value; FIELD as in a query: user, ip, action, field.NAME ...',
    '  --every 1h         {from, to, success, failure, unknown} per bucket that is not empty, oldest first; ms s m h d w',
  ],
  options: {
    from: { type: 'string' },
    to: { type: 'string' },
    order: { type: 'string' },
    limit: { type: 'string' },
    format: { type: 'string' },
    count: { type: 'boolean' },
    by: { type: 'string' },
    every: { type: 'string' },
  },
  words: { least: 1, most: 1 },
  textFirst: true,
  async run(line) {
    const { values } = line
    const span = spanOf(values)
    const order = choiceOf(values, 'order', ['asc', 'desc']) ?? 'desc'
    const view = storeView({ query: line.words[0] ?? '', range: rangeOf(span), order })
    const answer = answerOf(values)
    await withReader(line, (store) => answer({ line, store, view, span }))
    return 0
  },
}

type Answer = (asked: Asked) => Promise<void>

const FORMATS = ['jsonl', 'csv', 'table'] as const
const LATER_FORMATS = ['ocsf', 'ecs', 'cef', 'rfc5424', 'timesketch']

/** The form of the answer; what is wrong with the options is told before anything is opened. */
function answerOf(values: Values): Answer {
  const forms = ['count', 'by', 'every'].filter((form) => values[form] !== undefined && values[form] !== false)
  if (forms.length > 1) throw new UsageError(`${forms.map((form) => `--${form}`).join(' and ')} do not go together.`)
  const [form] = forms
  if (form !== undefined) refuseBeside(form, values)
  const limit = wholeOf(values, 'limit', { least: 1, most: Number.MAX_SAFE_INTEGER })
  if (form === 'count') return printCount
  if (form === 'by') {
    const tally = tallyOf(textOf(values, 'by') ?? '')
    return (asked) => printBy(asked, tally, limit)
  }
  if (form === 'every') {
    const step = stepOf(textOf(values, 'every') ?? '')
    return (asked) => printEvery(asked, step)
  }
  const format = formatOf(values)
  return (asked) => printEvents(asked, { format, ...(limit === undefined ? {} : { limit }) })
}

function refuseBeside(form: string, values: Values): void {
  const others = ['order', 'format', ...(form === 'by' ? [] : ['limit'])].filter((name) => values[name] !== undefined)
  if (others.length === 0) return
  throw new UsageError(`${others.map((name) => `--${name}`).join(' and ')} means nothing beside --${form}.`)
}

function formatOf(values: Values): (typeof FORMATS)[number] {
  const named = values['format']
  if (typeof named === 'string' && LATER_FORMATS.includes(named)) {
    throw new UsageError(`--format ${named} comes with a later version.`)
  }
  return choiceOf(values, 'format', FORMATS) ?? 'jsonl'
}
