import type { Command } from './command'
import { connections, disconnect } from './connections'
import { coverage } from './coverage'
import { importCommand } from './import'
import { query } from './query'
import { serve } from './serve'

export const COMMANDS: ReadonlyMap<string, Command> = new Map([
  ['import', importCommand],
  ['connections', connections],
  ['disconnect', disconnect],
  ['coverage', coverage],
  ['query', query],
  ['serve', serve],
])

/** Names that are taken and do nothing yet. */
export const LATER_COMMANDS = [
  'connect',
  'sync',
  'detect',
  'recording',
  'notebook',
  'report',
  'seal',
  'verify',
  'backup',
  'restore',
  'doctor',
  'sample',
]
