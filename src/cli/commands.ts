import type { Command } from './command'
import { connect } from './connect'
import { connections, disconnect } from './connections'
import { coverage } from './coverage'
import { detectCommand } from './detect'
import { importCommand } from './import'
import { notebookCommand } from './notebook'
import { query } from './query'
import { recording } from './recording'
import { reportCommand } from './report'
import { sample } from './sample'
import { seal } from './seal'
import { serve } from './serve'
import { sync } from './sync'
import { verify } from './verify'

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
  ['notebook', notebookCommand],
  ['report', reportCommand],
  ['seal', seal],
  ['verify', verify],
  ['sample', sample],
  ['serve', serve],
])

/** Names that are taken and do nothing yet. */
export const LATER_COMMANDS = [
  'backup',
  'restore',
  'doctor',
]
