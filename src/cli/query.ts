import { storeView } from '../backend/query'
import type { CustodyAct } from '../contract'
import { formatInstant } from '../domain'
import type { Asked } from './asked'
import type { Command, Line } from './command'
import { exportOptionsOf } from './export-options'
import { withReader } from './open-store'
import { printBy, tallyOf } from './query-by'
import { printCount } from './query-count'
import { printEvents } from './query-events'
import { printEvery, stepOf } from './query-every'
import { recordedRead } from './record'
import { rangeOf, spanOf, type Span } from './time-span'
import { UsageError } from './usage-error'
import { choiceOf, textOf, wholeOf, type Values } from './words'

export const query: Command = {
  usage: 'TEXT [--from T] [--to T] [--order asc|desc] [--limit N] [--format F] [--redact MASKS] [--out PATH | --manifest PATH] | --count | --by FIELD [--limit N] | --every 1h',
  help: [
    'Prints the events that match, newest first, all of them unless --limit says otherwise. TEXT is always the next',
    "argument, even when it begins with -; '' means everything.",
    '  --from T, --to T   from this time on, up to but not including that time: 2026-02-06T02:58:41Z, 2026-02-06',
    '  --order            asc for oldest first',
    '  --format           jsonl (one object a line), csv, table for reading, or what others read: ocsf (OCSF 1.8), ecs (ECS 9),',
    '                     cef, rfc5424 (syslog), timesketch',
    '  --raw-csv          cells as they are; without it none is taken for a formula by a spreadsheet',
    '  --redact MASKS     puts pseudonyms in the place of values: user, target, machine, ip, client, session, tenant, command,',
    '                     text, secrets; persons, addresses or all for several. The salt of what proves them stays here',
    '  --out PATH         writes a file, and PATH.manifest.json: filter, counts, range, coverage, SHA-256',
    '  --out DIR --since-last [--overlap 1h]   a file of what arrived since the last whole run in DIR, less an overlap',
    '  --out s3:NAME      the same to a destination that `connect s3` made, under a name of its own, its manifest last; also',
    '                     with --since-last',
    '  --manifest PATH    the manifest beside standard output',
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
    'raw-csv': { type: 'boolean' },
    redact: { type: 'string' },
    out: { type: 'string' },
    'since-last': { type: 'boolean' },
    overlap: { type: 'string' },
    manifest: { type: 'string' },
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
    await withReader(line, async (store) => {
      await recordedRead(line, store, [actOf(line, span)])
      await answer({ line, store, view, span })
    })
    return 0
  },
}

/** Records that are written out are an export, whatever reads them; counts are a look. */
function actOf({ values, words: [query = ''] }: Line, { from, to }: Span): CustodyAct {
  const isCounted = ['count', 'by', 'every'].some((form) => values[form] !== undefined)
  const times = [...(from === null ? [] : [`from ${formatInstant(from)}`]), ...(to === null ? [] : [`to ${formatInstant(to)}`])].join(' ') || 'all times'
  const options = ['format', 'limit', 'redact', 'out', 'by', 'every'].flatMap((name) => (values[name] === undefined ? [] : [`${name} ${textOf(values, name)}`]))
  const object = `${query.trim() === '' ? 'all records' : query}, ${times}`
  return { action: isCounted ? 'query' : 'export', object, detail: ['by the command line', ...options].join('; ') }
}

type Answer = (asked: Asked) => Promise<void>

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
  const options = exportOptionsOf(values)
  return (asked) => printEvents(asked, { ...options, ...(limit === undefined ? {} : { limit }) })
}

function refuseBeside(form: string, values: Values): void {
  const others = ['order', 'format', 'raw-csv', 'redact', 'out', 'since-last', 'manifest', ...(form === 'by' ? [] : ['limit'])].filter((name) => values[name] !== undefined)
  if (others.length === 0) return
  throw new UsageError(`${others.map((name) => `--${name}`).join(' and ')} means nothing beside --${form}.`)
}
