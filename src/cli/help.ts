import type { Command } from './command'
import { COMMANDS } from './commands'

const GLOBAL = [
  'Before or after the command:',
  '  --workspace DIR        the workspace; the per-user data folder otherwise (RECOUNT_WORKSPACE)',
  '  --passphrase-file F    accepted; a workspace is not encrypted yet (RECOUNT_PASSPHRASE_FILE)',
  '  --unencrypted          accepted; a workspace is not encrypted yet (RECOUNT_UNENCRYPTED=1)',
  '  --help, --version',
]

const ENDS = [
  'Data goes to standard output, one JSON object a line, progress and messages to standard error. Times are RFC 3339 UTC.',
  'Exit 0: done, also without a match. Exit 1: nothing could be read, a server or a list of it failed, cancelled, or the',
  'workspace cannot be used, as when another process holds it for writing. Exit 2: bad usage.',
]

export function overallHelp(): string {
  const commands = [...COMMANDS].map(([name, { usage }]) => `  recount ${name} ${usage}`.trimEnd())
  const head = ['recount [--workspace DIR] [--unencrypted | --passphrase-file F] <command>', '']
  return lines([...head, ...commands, '', 'recount <command> --help tells more.', '', ...GLOBAL, '', ...ENDS])
}

export function commandHelp(name: string, { usage, help }: Command): string {
  return lines([`recount ${name} ${usage}`.trimEnd(), '', ...help, '', ...GLOBAL])
}

function lines(all: string[]): string {
  return `${all.join('\n')}\n`
}
