import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { environment, GUARD, ROOT, type Start } from './hosts'
import { watchHost } from './watch'

/** A sample server in a program of its own, as `recount sample` starts it. */
export type Sample = {
  url: string
  tokens: Record<'super_admin' | 'company_admin' | 'user', string>
  end(): Promise<void>
}

/** A world in which the account of a regular user has recordings of three months; its clock begins on 12 March. */
export const OWN_SESSIONS = ['--events', '20000', '--seed', '2', '--now', '2026-03-12T12:00:00Z']

export async function serveSample(words: string[], { zone, watch }: Pick<Start, 'zone' | 'watch'>): Promise<Sample> {
  const program = spawn(process.execPath, ['--import', GUARD, 'out/main/cli.js', 'sample', ...words], {
    cwd: ROOT,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: environment(zone),
  })
  watchHost(program.stderr, watch)
  const [line] = (await once(createInterface({ input: program.stdout }), 'line')) as [string]
  return {
    ...(JSON.parse(line) as Pick<Sample, 'url' | 'tokens'>),
    async end() {
      program.kill('SIGTERM')
      if (program.exitCode === null && program.signalCode === null) await once(program, 'exit')
    },
  }
}
