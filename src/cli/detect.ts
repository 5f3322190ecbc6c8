import { readdir, readFile, stat } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { AddressBook } from '../backend/addresses'
import { compileRules, detect, isLevel, levelRank, LEVELS, RuleShelf, workspaceFindings, type Finding, type Level, type Refusal, type RuleFile, type Rules } from '../backend/detect'
import type { ReadableStore } from '../backend/store'
import { formatInstant, type TimeRange } from '../domain'
import type { Command, ExitCode, Line } from './command'
import { jsonLine, say, writeAll, type Io } from './io'
import { withReader } from './open-store'
import { rangeOf, spanOf } from './time-span'
import { UsageError } from './usage-error'
import { textOf, type Values } from './words'

export const detectCommand: Command = {
  usage: '[--rules PATH]... [--from T] [--to T] [--fail-on LEVEL]',
  help: [
    'Looks for what is worth a look, by rules. Prints one object per finding, in the order of the time at which it was known:',
    '{rule, level, title, key, start, crossed, end, peak, events, sample, why}. `start` is the first event in the window when',
    'an episode opened, `crossed` the event at which it did, `end` the last one at which the rule held. Where it may have begun',
    'before the first event that is looked at, `mayBeginEarlier` is true. Rules that cannot be used are told on standard error.',
    'Without --rules it looks as Detections does: by the own rules and those added to the workspace, with its levels and',
    'suppressions; how many findings are suppressed is told on standard error.',
    '  --rules PATH       rules of Sigma 2.1 in place of these, untuned: a file, or a folder with .yml and .yaml in it; repeatable',
    '  --from T, --to T   from this time on, up to but not including that time: 2026-02-06T02:58:41Z, 2026-02-06',
    `  --fail-on LEVEL    exit 1 where a finding has this level or a higher one: ${LEVELS.join(', ')}`,
  ],
  options: {
    rules: { type: 'string', multiple: true },
    from: { type: 'string' },
    to: { type: 'string' },
    'fail-on': { type: 'string' },
  },
  words: { least: 0, most: 0 },
  async run(line) {
    const failOn = levelOf(line.values)
    const range = rangeOf(spanOf(line.values))
    const rules = await namedRules(line)
    const findings = await withReader(line, async (store) => {
      const found = rules ? detect(store, rules, range) : await tunedFindings(line, store, range)
      await writeAll(line.io, linesOf(found))
      return found
    })
    return codeOf(findings, failOn)
  },
}

function levelOf(values: Values): Level | null {
  const word = textOf(values, 'fail-on')
  if (word === undefined) return null
  if (isLevel(word)) return word
  throw new UsageError(`--fail-on is one of ${LEVELS.join(', ')}, not «${word}».`)
}

/** Null where none are named. */
async function namedRules({ io, values }: Line): Promise<Rules | null> {
  const named: unknown = values['rules']
  if (!Array.isArray(named)) return null
  const { refused, ...set } = await readRules(named.map(String), io.cwd)
  sayRefused(io, refused)
  return { ...set, detectors: [] }
}

async function tunedFindings({ io, workspace }: Line, store: ReadableStore, range: TimeRange | null): Promise<Finding[]> {
  const book = new AddressBook({ folder: workspace, settings: () => store.settings() })
  const database = await book.database()
  const placeOf = database && ((address: string) => database.place(address))
  const { findings, suppressed, refused } = workspaceFindings(store, { shelf: new RuleShelf(join(workspace, 'rules')), placeOf, range, now: io.now() })
  sayRefused(io, refused)
  if (suppressed > 0) say(io, `suppressed: ${suppressed}`)
  return findings
}

function sayRefused(io: Io, refused: readonly Refusal[]): void {
  for (const { place, rule, reason } of refused) say(io, `not active: ${place}: ${rule}: ${reason}`)
}

function* linesOf(findings: readonly Finding[]): Iterable<string> {
  for (const { id: _, start, crossed, end, ...finding } of findings) {
    const { rule, level, title, key, ...rest } = finding
    const times = { start: formatInstant(start), crossed: formatInstant(crossed), end: formatInstant(end) }
    yield jsonLine({ rule, level, title, key, ...times, ...rest })
  }
}

function codeOf(findings: readonly Finding[], failOn: Level | null): ExitCode {
  if (failOn === null) return 0
  return findings.some(({ level }) => levelRank(level) >= levelRank(failOn)) ? 1 : 0
}

/** Bytes of a file that is read at all; the rules refuse what is shorter and still too long. */
const LARGEST = 4 * 1024 * 1024

/** Compiles files of rules, and those in folders, in the order of their names. */
async function readRules(paths: readonly string[], cwd: string): Promise<ReturnType<typeof compileRules>> {
  const files: RuleFile[] = []
  for (const path of paths) {
    const found = await filesAt(resolve(cwd, path), path)
    if (found.length === 0) throw new UsageError(`The folder ${path} that --rules names holds no .yml and no .yaml.`)
    for (const place of found) files.push({ place, text: await contentOf(place) })
  }
  return compileRules(files)
}

async function filesAt(full: string, named: string): Promise<string[]> {
  const found = await stat(full).catch(() => null)
  if (!found) throw new UsageError(`There is no file ${named} that --rules names.`)
  if (!found.isDirectory()) return [full]
  const entries = await readdir(full, { recursive: true, withFileTypes: true })
  return entries
    .filter((entry) => entry.isFile() && /\.ya?ml$/i.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .toSorted()
}

async function contentOf(place: string): Promise<string> {
  const { size } = await stat(place)
  if (size > LARGEST) throw new UsageError(`The file ${place} is too large for rules.`)
  return readFile(place, 'utf8').catch(() => {
    throw new UsageError(`The file ${place} cannot be read.`)
  })
}
