import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { text } from 'node:stream/consumers'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { ACCOUNTS, SAMPLE_CODE, SAMPLE_PASSWORD } from '../../src/sample'
import { buildPrograms } from '../build-programs'

// The program itself, with the pipes and signals of a machine.

const SIGNALS = process.platform !== 'win32'

let built: Awaited<ReturnType<typeof buildPrograms>>
beforeAll(async () => {
  built = await buildPrograms({ cli: 'src/cli/index.ts', 'import-reader': 'src/backend/sync/import/import-reader.ts' })
}, 60_000)
afterAll(() => built.remove())

function recount(workspace: string, words: string[], env: Record<string, string> = {}) {
  const program = join(built.folder, 'cli.js')
  const child = spawn(process.execPath, [program, '--workspace', workspace, ...words], { env: { ...process.env, ...env } })
  onTestFinished(() => void child.kill('SIGKILL'))
  return child
}

async function ended(child: ChildProcessWithoutNullStreams) {
  const [stdout, stderr, [code]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'close') as Promise<[number | null]>,
  ])
  return { code, stdout, stderr }
}

function aWorkspace(): string {
  const folder = mkdtempSync(join(tmpdir(), 'recount-process-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return join(folder, 'workspace')
}

async function aSample(...options: string[]) {
  const child = recount(aWorkspace(), ['sample', '--events', '400', ...options])
  const [line] = (await once(createInterface({ input: child.stdout }), 'line')) as [string]
  const { url, tokens } = JSON.parse(line) as { url: string; tokens: Record<string, string> }
  return { child, url, token: tokens['super_admin'] ?? '' }
}

describe.skipIf(!SIGNALS)('the program', () => {
  it.each(['SIGINT', 'SIGTERM'] as const)('ends a sample at %s with exit 0, client or not', async (signal) => {
    const { child, url, token } = await aSample()
    const answer = await fetch(`${url}/api/audit?limit=1`, { headers: { authorization: `Bearer ${token}` } })
    expect(answer.status).toBe(200)
    child.kill(signal)
    expect(await once(child, 'close')).toEqual([0, null])
  })

  it('asks on standard error and reads the answers from a pipe', async () => {
    const { url } = await aSample()
    const who = ACCOUNTS.find(({ code, tenants }) => code === true && tenants.length > 1)
    const words = ['connect', 'webxterm', url, '--user', who?.email ?? '', '--password-env', 'P', '--name', 'portal']
    const child = recount(aWorkspace(), words, { P: SAMPLE_PASSWORD })
    child.stdin.write(`${SAMPLE_CODE}\n`)
    // The pipe stays open: the program must not wait for its end.
    child.stdin.write(`${who?.tenants[0]}\n`)
    const { code, stdout, stderr } = await ended(child)
    expect(stderr).toContain('The server asks for a one-time code:')
    expect(code).toBe(0)
    expect(JSON.parse(stdout)).toMatchObject({ connection: 'portal', role: who?.role })
  })

  it('stops a sync at SIGINT and keeps what was read', async () => {
    const { url, token } = await aSample('--events', '50000', '--fault', 'clamped-limit')
    const workspace = aWorkspace()
    const env = { T: token }
    const words = ['connect', 'webxterm', url, '--token-env', 'T', '--name', 'portal']
    expect(await ended(recount(workspace, words, env))).toMatchObject({ code: 0 })
    const child = recount(workspace, ['sync'], env)
    // The first that is told of progress.
    child.stderr.once('data', () => child.kill('SIGINT'))
    const { code, stderr } = await ended(child)
    expect(stderr).toMatch(/^portal: .*\d+ of \d+ records, \d+ requests/)
    expect(stderr).toContain('portal: the sync was cancelled; what was read is kept.')
    expect(code).toBe(1)
    const held = await ended(recount(workspace, ['query', '', '--count']))
    expect((JSON.parse(held.stdout) as { rows: number }).rows).toBeGreaterThan(0)
  })
})
