import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { Readable, Writable } from 'node:stream'
import { onTestFinished } from 'vitest'
import { run } from '../../src/cli/run'
import type { Io } from '../../src/cli/io'
import { linesOf } from '../../src/cli/lines'

export type Said = {
  code: number
  stdout: string
  stderr: string
  /** Standard output, one object a line. */
  objects: Record<string, unknown>[]
}

/** A folder of its own for one test, with a workspace in it. */
export class Shell {
  readonly folder = mkdtempSync(join(tmpdir(), 'recount-cli-'))
  readonly workspace = join(this.folder, 'workspace')
  readonly env: NodeJS.ProcessEnv = { RECOUNT_WORKSPACE: this.workspace }
  now = Date.UTC(2026, 10, 20)
  /** Called with each thing a command registers for an interrupt. */
  interrupts: (() => void)[] = []
  /** What comes on standard input. */
  input = ''

  constructor() {
    onTestFinished(() => rmSync(this.folder, { recursive: true, force: true }))
  }

  file(name: string, content: string | Uint8Array): string {
    const path = join(this.folder, name)
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, content)
    return path
  }

  run(...argv: string[]): Promise<Said> {
    return this.start(...argv).ended
  }

  /** For a command that goes on: what it has said so far, and all of it when it has ended. */
  start(...argv: string[]): { stdout: Kept; stderr: Kept; ended: Promise<Said> } {
    const stdout = new Kept()
    const stderr = new Kept()
    return { stdout, stderr, ended: this.finish(argv, { stdout, stderr }) }
  }

  private async finish(argv: string[], { stdout, stderr }: { stdout: Kept; stderr: Kept }): Promise<Said> {
    const code = await run(argv, this.io(stdout, stderr))
    const objects = stdout.text.startsWith('{')
      ? stdout.text.trimEnd().split('\n').map((line) => JSON.parse(line) as Record<string, unknown>)
      : []
    return { code, stdout: stdout.text, stderr: stderr.text, objects }
  }

  io(stdout: Writable, stderr: Writable): Io {
    return {
      stdout,
      stderr,
      env: this.env,
      platform: process.platform,
      cwd: this.folder,
      now: () => this.now,
      onInterrupt: (listener) => {
        this.interrupts.push(listener)
        return () => {}
      },
      onEnter: () => () => {},
      readLine: linesOf(Readable.from(this.input === '' ? [] : [Buffer.from(this.input)])),
    }
  }
}

class Kept extends Writable {
  text = ''

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: () => void): void {
    this.text += chunk.toString()
    done()
  }
}

/** Failed sign-ins on one host, `minutes` after 10:00 on 10 May; the year is not in the log. */
export function failedLogins(user: string, minutes: number[]): string {
  return minutes
    .map((minute, i) => {
      const time = `${String(10 + Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`
      return `May 10 ${time}:00 web sshd[${100 + i}]: Failed password for ${user} from 203.0.113.${i + 1} port 5000 ssh2\n`
    })
    .join('')
}
