import { resolve } from 'node:path'
import { bytesToRead, planImport, runImport, type Plan, type Progress } from '../backend/sync'
import type { CustodyAct, ImportOptions, ImportSummary } from '../contract'
import type { Command, ExitCode, Line } from './command'
import { print, say } from './io'
import { withWriter } from './open-store'
import { progressLine } from './progress'
import { recorded } from './record'
import { UsageError } from './usage-error'
import { textOf, wholeOf, type Values } from './words'

export const importCommand: Command = {
  usage: 'PATH... [--kind KIND] [--name N] [--replace N] [--year N] [--zone Z] [--map FILE]',
  help: [
    'Reads files, and folders with all files in them, plain or gzip. Prints one object per kind found:',
    '{connection, kind, files, records, events, duplicates, companions, skipped, rejected:[{file, line, reason}], from, to}.',
    '`events` counts records added. Importing what is held already adds nothing.',
    'Recordings of terminals among the files are kept as they are, a record each: asciicast, ttyrec, script(1) with its',
    'timing, tlog, folders of sudo; these also packed with zstd.',
    '  --kind KIND   kind of the files; detected otherwise',
    '  --name N      name of the connection; that of the file or folder otherwise',
    '  --replace N   put what is read in place of the connection N, as when its year or zone was wrong',
    '  --year N      year of the first record where the log has none; taken from the time of the file otherwise',
    '  --zone Z      zone where the log has none: Europe/Berlin, or --zone=-05:00; UTC otherwise',
    '  --map FILE    which field is what, for kinds that need to be told',
  ],
  options: {
    kind: { type: 'string' },
    name: { type: 'string' },
    replace: { type: 'string' },
    year: { type: 'string' },
    zone: { type: 'string' },
    map: { type: 'string' },
  },
  words: { least: 1, most: Number.POSITIVE_INFINITY },
  async run(line) {
    const options = importOptions(line.values)
    const paths = line.words.map((path) => ({ path: resolve(line.io.cwd, path) }))
    const plan = await planImport(paths, options)
    if (line.values['map'] !== undefined) refuseMap(plan)
    const summaries = await importPlan(line, plan, options)
    for (const summary of summaries) await print(line.io, summary)
    return told(line, summaries)
  },
}

/** Longest name of a connection. */
const LONGEST = 200

function importOptions(values: Values): ImportOptions {
  const options: ImportOptions = {}
  for (const name of ['kind', 'name', 'replace', 'zone'] as const) {
    const value = textOf(values, name)
    if (value === undefined) continue
    if (value.length > LONGEST) throw new UsageError(`--${name} takes at most ${LONGEST} characters.`)
    options[name] = value
  }
  const year = wholeOf(values, 'year', { least: 1970, most: 9999 })
  return year === undefined ? options : { ...options, year }
}

/** No kind of this version needs to be told which field is what. */
function refuseMap({ groups, recordings }: Plan): void {
  const found = [...groups.map(({ source }) => source.kind), ...(recordings.length > 0 ? ['recording'] : [])]
  const kinds = found.join(', ') || 'a kind that is not known'
  throw new UsageError(`--map is for kinds that need to be told which field is what; ${kinds} takes none.`)
}

function importPlan(line: Line, plan: Plan, options: ImportOptions): Promise<ImportSummary[]> {
  const { io } = line
  return withWriter(line, async (store) => {
    const abort = new AbortController()
    const undo = io.onInterrupt(() => abort.abort())
    const bytes = bytesToRead(plan)
    const progress = progressLine(io, (made: Progress) => importLine(made, bytes))
    try {
      const summaries = await runImport({ store, plan, options, now: io.now, signal: abort.signal, onProgress: progress.tell })
      await recorded(line, store, summaries.map(actOf))
      return summaries
    } finally {
      progress.end()
      undo()
    }
  })
}

function actOf({ connection, files, events, duplicates, rejected }: ImportSummary): CustodyAct {
  const detail = `done by the command line; ${files} files, ${events} added, ${duplicates} held before, ${rejected.length} lines rejected`
  return { action: 'import', object: connection, detail }
}

const NAMES = { surveying: 'Looking through', importing: 'Importing' } as const

function importLine({ state, bytesDone, recordsDone }: Progress, bytesTotal: number): string {
  const percent = bytesTotal === 0 ? 100 : Math.floor((bytesDone / bytesTotal) * 100)
  const records = recordsDone === 0 ? '' : `, ${recordsDone} records`
  return `${NAMES[state]}: ${percent}% of ${(bytesTotal / 1_000_000).toFixed(1)} MB${records}`
}

/** Rejected lines beside readable ones are no failure; nothing but rejected ones is. */
function told({ io }: Line, summaries: ImportSummary[]): ExitCode {
  const rejected = summaries.flatMap((summary) => summary.rejected)
  const records = summaries.reduce((sum, summary) => sum + summary.records, 0)
  const lines = rejected.filter(({ line }) => line > 0).length
  if (records > lines) {
    if (rejected.length > 0) say(io, `Lines or files that could not be read: ${rejected.length}; the summary has them with their reasons.`)
    return 0
  }
  say(io, 'Nothing could be read.')
  return 1
}
