import type { Command } from './command'
import { connect } from './connect'
import { connections, disconnect } from './connections'
import { coverage } from './coverage'
import { detectCommand } from './detect'
import { importCommand } from './import'
import { query } from './query'
import { recording } from './recording'
import { sample } from './sample'
import { serve } from './serve'
import { sync } from './sync'

export const COMMANDS: ReadonlyMap<string, Command> = new Map([
  ['import', importCommand],
  ['connect', connect],
  ['connections', connections],
  ['disconnect', disconnect],
  ['sync', sync],
  ['coverage', coverage],
  ['query', query],
  ['detect', detectCommand],
  ['recording', recording],
  ['sample', sample],
  ['serve', serve],
])

/** Names that are taken and do nothing yet. */
export const LATER_COMMANDS = [
  'notebook',
  'report',
  'seal',
  'verify',
  'backup',
  'restore',
  'doctor',
]
