import { execFileSync } from 'node:child_process'
import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach } from 'vitest'
import { tempFolder } from './temp-folder'

/** Disks of some kilobytes, each of its own, for the tests of one file; gone after each test. */
export function smallDisks() {
  const mounted: string[] = []
  const mount = (kilobytes: number): string => {
    const folder = tempFolder()
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${kilobytes}k,mode=700`, 'tmpfs', folder], { stdio: 'pipe' })
    mounted.push(folder)
    return folder
  }
  // Lazily: stores are closed after this.
  const unmountAll = () => {
    for (const folder of mounted.splice(0)) execFileSync('umount', ['--lazy', folder], { stdio: 'pipe' })
  }
  afterEach(unmountAll)

  /** Null where disks can be mounted. */
  const whyNot = (): string | null => {
    if (process.platform !== 'linux') return 'only Linux is asked for a small disk'
    try {
      mount(64)
      unmountAll()
      return null
    } catch {
      return 'no disk of its own can be mounted here (that takes root)'
    } finally {
      for (const folder of mounted.splice(0)) rmSync(folder, { recursive: true, force: true })
    }
  }
  return { mount, missing: whyNot() }
}

/** Takes all room that is left; giving it back is removing the file, whose path is answered. */
export function fill(disk: string): string {
  const path = join(disk, 'filler')
  try {
    for (;;) writeFileSync(path, Buffer.alloc(4096), { flag: 'a' })
  } catch {
    return path
  }
}
