import { accessSync, constants } from 'node:fs'
import { resolve } from 'node:path'
import { version } from '../../package.json'
import { workspaceFolder } from '../node'
import type { Command, ExitCode } from './command'
import { COMMANDS, LATER_COMMANDS } from './commands'
import { exitCodeOf, tellError } from './failure'
import { commandHelp, overallHelp } from './help'
import { write, type Io } from './io'
import { UsageError } from './usage-error'
import { GLOBAL_OPTIONS, parseWords, splitWords, textOf, type Parsed, type Values } from './words'

/** Does what the arguments say. Never rejects. */
export async function run(argv: string[], io: Io): Promise<ExitCode> {
  const { before, command, after } = splitWords(argv)
  try {
    const globals = parseWords(before, GLOBAL_OPTIONS).values
    if (globals['version'] === true) return await shown(io, `${version}\n`)
    if (command === null) {
      if (globals['help'] === true) return await shown(io, overallHelp())
      throw new UsageError('A command is missing.')
    }
    return await runCommand(io, { name: command, args: after, globals })
  } catch (error) {
    tellError(io, error, { command, text: after[0] ?? '' })
    return exitCodeOf(error)
  }
}

type Typed = { name: string; args: string[]; globals: Values }

async function runCommand(io: Io, { name, args, globals }: Typed): Promise<ExitCode> {
  const command = commandNamed(name)
  // Where the next argument is a text whatever it looks like, this alone is none; as a text it can be quoted.
  const isLoneHelp = args.length === 1 && args[0] === '--help'
  if (globals['help'] === true || isLoneHelp) return shown(io, commandHelp(name, command))
  const { values: own, positionals: words } = parsed(command, args)
  const values = { ...globals, ...own }
  if (values['help'] === true) return shown(io, commandHelp(name, command))
  if (values['version'] === true) return shown(io, `${version}\n`)
  checkWords(name, command, words)
  checkKey(io, values)
  const named = textOf(values, 'workspace')
  const workspace = named === undefined ? workspaceFolder(io.env, io.platform) : resolve(io.cwd, named)
  return command.run({ io, workspace, values, words })
}

async function shown(io: Io, text: string): Promise<ExitCode> {
  await write(io, text)
  return 0
}

function commandNamed(name: string): Command {
  const command = COMMANDS.get(name)
  if (command) return command
  if (LATER_COMMANDS.includes(name)) throw new UsageError(`${name} comes with a later version.`)
  throw new UsageError(`There is no command ${name}. Commands: ${[...COMMANDS.keys()].join(', ')}.`)
}

function parsed({ options, textFirst }: Command, args: string[]): Parsed {
  const all = { ...GLOBAL_OPTIONS, ...options }
  if (!textFirst) return parseWords(args, all)
  const { values, positionals } = parseWords(args.slice(1), all)
  return { values, positionals: [...args.slice(0, 1), ...positionals] }
}

function checkWords(name: string, { words: { least, most }, textFirst, usage }: Command, words: string[]): void {
  if (words.length < least) throw new UsageError(`${name} needs ${usage.split(' ', least).join(' and ')}.`)
  if (words.length <= most) return
  const first = textFirst === true ? ` What stands right after ${name}, «${words[0]}», is its text.` : ''
  throw new UsageError(`«${words[most]}» is one word too many for ${name}.${first}`)
}

/** Nothing is encrypted yet; a key that is named must be there all the same, as it must when it is needed. */
function checkKey(io: Io, values: Values): void {
  const named = textOf(values, 'passphrase-file')
  const isPlain = values['unencrypted'] === true
  if (named !== undefined && isPlain) throw new UsageError('--unencrypted and --passphrase-file do not go together.')
  const file = named ?? (isPlain ? undefined : io.env['RECOUNT_PASSPHRASE_FILE'] || undefined)
  if (file === undefined) return
  try {
    accessSync(resolve(io.cwd, file), constants.R_OK)
  } catch {
    throw new UsageError(`The passphrase file ${file} cannot be read.`)
  }
}
