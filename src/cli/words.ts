import { parseArgs, type ParseArgsConfig } from 'node:util'
import { UsageError } from './usage-error'

export type Options = NonNullable<ParseArgsConfig['options']>

/** Options as typed, by name. */
export type Values = Record<string, string | boolean | undefined>

export type Parsed = { values: Values; positionals: string[] }

/** Options that may stand before the command and after it. */
export const GLOBAL_OPTIONS = {
  workspace: { type: 'string' },
  unencrypted: { type: 'boolean' },
  'passphrase-file': { type: 'string' },
  help: { type: 'boolean', short: 'h' },
  version: { type: 'boolean' },
} satisfies Options

const TAKES_VALUE = new Set(['--workspace', '--passphrase-file'])

/** What stands before the command, the command, and what stands after it. */
export function splitWords(argv: string[]): { before: string[]; command: string | null; after: string[] } {
  let at = 0
  while (at < argv.length && argv[at]?.startsWith('-')) at += TAKES_VALUE.has(argv[at] ?? '') ? 2 : 1
  return { before: argv.slice(0, at), command: argv[at] ?? null, after: argv.slice(at + 1) }
}

/** Throws `UsageError` for an option that is unknown, lacks its value or has one too many. */
export function parseWords(args: string[], options: Options): Parsed {
  try {
    const { values, positionals } = parseArgs({ args, options, allowPositionals: true, strict: true })
    return { values: values as Values, positionals }
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    if (!code?.startsWith('ERR_PARSE_ARGS')) throw error
    throw new UsageError(message.replaceAll(/\s*\n\s*/g, ' '))
  }
}

export function textOf(values: Values, name: string): string | undefined {
  const value = values[name]
  if (value === '') throw new UsageError(`--${name} needs a value that is not empty.`)
  return typeof value === 'string' ? value : undefined
}

type Bounds = { least: number; most: number }

export function wholeOf(values: Values, name: string, { least, most }: Bounds): number | undefined {
  const text = textOf(values, name)
  if (text === undefined) return undefined
  const value = Number(text)
  if (/^\d+$/.test(text) && value >= least && value <= most) return value
  const bounds = most === Number.MAX_SAFE_INTEGER ? `of ${least} or more` : `from ${least} to ${most}`
  throw new UsageError(`--${name} needs a whole number ${bounds}, not «${text}».`)
}

export function choiceOf<C extends string>(values: Values, name: string, choices: readonly C[]): C | undefined {
  const text = textOf(values, name)
  if (text === undefined) return undefined
  const found = choices.find((choice) => choice === text)
  if (found !== undefined) return found
  throw new UsageError(`--${name} is one of ${choices.join(', ')}, not «${text}».`)
}
