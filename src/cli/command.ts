import type { Io } from './io'
import type { Options, Values } from './words'

/** 0: done. 1: nothing could be read, or the workspace cannot be used. 2: bad usage. */
export type ExitCode = 0 | 1 | 2

/** One command as it was typed. */
export type Line = {
  io: Io
  /** Folder of the workspace. */
  workspace: string
  values: Values
  /** What stands after the command and is no option; for `query` its text alone. */
  words: string[]
}

export type Command = {
  /** What stands behind the command's name. */
  usage: string
  /** Lines of help below the usage. */
  help: string[]
  options: Options
  /** How many words it takes beside options. */
  words: { least: number; most: number }
  /** The argument right after the command is a word even when it begins with a dash. */
  textFirst?: boolean
  run(line: Line): Promise<ExitCode>
}
