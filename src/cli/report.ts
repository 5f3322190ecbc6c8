import { resolve } from 'node:path'
import { TLP_LABELS, REPORT_FORMATS, REPORT_KINDS, REPORT_ONLY, type CustodyAct, type ReportAsked, type ReportFormat, type ReportHead, type ReportKind } from '../contract'
import { formatInstant, type TimeRange } from '../domain'
import type { Command, ExitCode, Line } from './command'
import { print, say, writeAll, writeBytes } from './io'
import { withReader } from './open-store'
import { printPdf } from './print-pdf'
import { progressLine } from './progress'
import { recordedRead } from './record'
import { spanOf } from './time-span'
import { UsageError } from './usage-error'
import { choiceOf, textOf, wholeOf, type Values } from './words'
import { writeOut } from './write-out'

export const reportCommand: Command = {
  usage: 'access|approvals|signins|privileged|changes|retention --from T --to T [--format csv|html|md|jsonl|pdf] [--out PATH]',
  help: [
    'Makes a report on a period, of what is held. Its head tells the sources, the query and filters, the counts against the',
    'servers, what is known to be complete, to which role it was visible, and the root hash of the records it rests on.',
    '  access       who reached which machine, when, and by whose grant; with columns for a sign-off',
    '  approvals    requests and decisions, who decided for whom and how fast, exceptions',
    '  signins      failed sign-ins, and which sources tell of failures at all',
    '  privileged   commands with the rights of somebody else',
    '  changes      changes of roles, permissions and groups, old and new',
    '  retention    every record of the period; as jsonl each is whole',
    '  --from T, --to T   from this time on, up to but not including that time',
    '  --format           csv (the main table; its head goes to standard error, with --out to PATH.head.json), html, md,',
    '                     jsonl (the head, then all rows), or pdf, which needs a Chromium (RECOUNT_CHROMIUM names one)',
    '  --out PATH         into that file, which is there whole or not at all; standard output otherwise',
    '  --query TEXT       narrows it: a query, or of access and approvals words that must stand in a row',
    '  --only WORDS       of access: production, privileged, ungranted, several with commas between',
    '  --sample N --seed S   so many rows of the main table, chosen by the hash of the seed and each row',
    '  --zone Z           zone of the times, UTC unless given; csv and jsonl are always in UTC',
    '  --tlp LABEL        TLP:RED, TLP:AMBER+STRICT, TLP:AMBER (unless given), TLP:GREEN or TLP:CLEAR',
  ],
  options: {
    from: { type: 'string' },
    to: { type: 'string' },
    format: { type: 'string' },
    out: { type: 'string' },
    query: { type: 'string' },
    only: { type: 'string' },
    sample: { type: 'string' },
    seed: { type: 'string' },
    zone: { type: 'string' },
    tlp: { type: 'string' },
  },
  words: { least: 1, most: 1 },
  async run(line) {
    const asked = askedOf(line)
    const format = choiceOf(line.values, 'format', REPORT_FORMATS) ?? 'csv'
    const out = textOf(line.values, 'out')
    if (format === 'pdf' && out === undefined && line.io.stdout.isTTY) throw new UsageError('A PDF is no text for a terminal: --out PATH, or send it to a file.')
    return make(line, { asked, format, out: out === undefined ? null : resolve(line.io.cwd, out) })
  },
}

type How = { asked: ReportAsked; format: ReportFormat; out: string | null }

async function make(line: Line, { asked, format, out }: How): Promise<ExitCode> {
  const { io } = line
  // Loaded late: it is much, and most commands need none of it.
  const [{ reportGround }, { makeReport, headObject }, { version }] = await Promise.all([import('../backend'), import('../backend/report'), import('../../package.json')])
  await withReader(line, async (store) => {
    const progress = progressLine(io, ([done, total]: [number, number]) => `${done.toLocaleString('en-US')} of ${total.toLocaleString('en-US')} records hashed`)
    const ground = reportGround({ store, ports: { clock: { now: io.now } } }, version)
    const making = { isStale: () => false, onStep: (done: number, total: number) => progress.tell([done, total]) }
    const { head, pieces, rows } = await makeReport(ground, { ...asked, format }, making).finally(() => progress.end())
    for (const words of headWords(head, rows)) say(io, words)
    const bytes = format === 'pdf' ? await printPdf(io, pieces, () => {}) : null
    const headText = `${JSON.stringify(headObject(head), null, 2)}\n`
    if (out !== null) {
      await writeOut(out, bytes ?? pieces)
      if (format === 'csv') await writeOut(`${out}.head.json`, [headText])
    } else if (bytes) await writeBytes(io, bytes)
    else await writeAll(io, pieces)
    await recordedRead(line, store, actOf({ asked, format, out }, head.rowsIn))
    if (out !== null) await print(io, { file: out, format, rows, records: head.rowsIn, coverage: head.coverage, root: head.root })
  })
  return 0
}

/** The head in a few lines; a file has all of it. */
function headWords(head: ReportHead, rows: number): string[] {
  const { title, period, query, filters, rowsIn, coverage, visibleTo, root, sample, hidden, streams } = head
  return [
    `${title}, ${formatInstant(period.from)} to ${formatInstant(period.to)}: ${rows} rows on ${rowsIn} records of ${head.sources.map(({ connection }) => connection).join(', ') || 'no source'}`,
    `query ${query || 'everything'}${filters.length === 0 ? '' : `; ${filters.join('; ')}`}`,
    `coverage ${coverage} of ${streams.length} lists. ${visibleTo}`,
    ...(sample ? [`sample of ${sample.size} from ${sample.population}, seed ${sample.seed}`] : []),
    ...(root === null ? [] : [`root ${root}`]),
    ...(hidden === null ? [] : [hidden]),
  ]
}

function actOf({ asked, format, out }: How, records: number): CustodyAct[] {
  const period = `${formatInstant(asked.range.from)} to ${formatInstant(asked.range.to)}`
  return [{ action: 'export', object: out ?? `standard output, ${format}`, detail: `report ${asked.kind}, ${period}, on ${records} records` }]
}

function askedOf({ words, values }: Line): ReportAsked {
  const kind = kindOf(words[0] ?? '')
  const zone = textOf(values, 'zone') ?? 'UTC'
  const text = typeof values['query'] === 'string' ? values['query'] : ''
  return { kind, range: rangeOf(values), zone, tlp: choiceOf(values, 'tlp', TLP_LABELS) ?? 'TLP:AMBER', text, only: onlyOf(values, kind), sample: sampleOf(values) }
}

function kindOf(word: string): ReportKind {
  const kind = REPORT_KINDS.find((known) => known === word)
  if (kind === undefined) throw new UsageError(`«${word}» is not one of ${REPORT_KINDS.join(', ')}.`)
  return kind
}

function rangeOf(values: Values): TimeRange {
  const { from, to } = spanOf(values)
  if (from === null || to === null) throw new UsageError('A report is on a period: --from T and --to T.')
  return { from, to }
}

function onlyOf(values: Values, kind: ReportKind): ReportAsked['only'] {
  const text = textOf(values, 'only')
  if (text === undefined) return []
  if (kind !== 'access') throw new UsageError('--only is for report access.')
  return text.split(',').map((word) => {
    const only = REPORT_ONLY.find((known) => known === word.trim())
    if (only === undefined) throw new UsageError(`--only takes ${REPORT_ONLY.join(', ')}, not «${word}».`)
    return only
  })
}

function sampleOf(values: Values): ReportAsked['sample'] {
  const size = wholeOf(values, 'sample', { least: 1, most: 1_000_000 })
  const seed = textOf(values, 'seed')
  if ((size === undefined) !== (seed === undefined)) throw new UsageError('A sample needs both --sample N and --seed S, so that it can be drawn again.')
  return size === undefined || seed === undefined ? null : { size, seed }
}

