import fs from 'node:fs'
import { syncBuiltinESMExports } from 'node:module'

/** Counts this process's writes to disk; inside the one of number `dieAt` it kills itself, and half of that reaches the file. */
export function countWrites(dieAt: number): { writes: number } {
  const counted = { writes: 0 }
  const { writeSync, renameSync, fdatasyncSync } = fs
  const die = () => process.kill(process.pid, 'SIGKILL')
  const isTime = () => ++counted.writes === dieAt
  Object.assign(fs, {
    writeSync(...args: [number, Uint8Array, number?, number?, number?]) {
      const [fd, bytes, offset = 0, length = 0, position] = args
      if (isTime()) {
        if (typeof bytes !== 'string') writeSync(fd, bytes, offset, Math.floor(length / 2), position)
        die()
      }
      return writeSync(...args)
    },
    renameSync(from: string, to: string) {
      if (isTime()) die()
      renameSync(from, to)
    },
    fdatasyncSync(fd: number) {
      if (isTime()) die()
      fdatasyncSync(fd)
    },
  })
  syncBuiltinESMExports()
  return counted
}
