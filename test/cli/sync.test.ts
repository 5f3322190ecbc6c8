import { describe, expect, it } from 'vitest'
import { aPortal } from './a-sample'
import { failedLogins, Shell } from './shell'

const FIELDS = ['connection', 'stream', 'added', 'changed', 'duplicates', 'requests', 'status', 'serverTotal']

function sum(objects: Record<string, unknown>[], field: string): number {
  return objects.reduce((total, one) => total + Number(one[field]), 0)
}

/** Before the newest minutes, in which a server may still write. */
const TO = '2026-11-19T22:00:00.000Z'

/** Records held, with those that tell of a fact once more. */
async function heldBefore(shell: Shell, to: string): Promise<number> {
  const counts = await Promise.all(['', 'is:companion'].map((text) => shell.run('query', text, '--count', '--to', to)))
  return sum(counts.flatMap(({ objects }) => objects), 'rows')
}

function listedBefore({ lists, tokens }: Awaited<ReturnType<typeof aPortal>>, to: string): number {
  return lists(tokens.super_admin).filter(({ time }) => time < Date.parse(to)).length
}

describe('recount sync', () => {
  it('brings in what a server has, and nothing the second time', async () => {
    const shell = new Shell()
    const portal = await aPortal(shell)
    const first = await shell.run('sync', 'portal')
    expect(first.stderr).toBe('')
    expect(first.code).toBe(0)
    for (const one of first.objects) expect(Object.keys(one)).toEqual(FIELDS)
    expect(sum(first.objects, 'added')).toBeGreaterThan(300)
    expect(await heldBefore(shell, TO)).toBe(listedBefore(portal, TO))
    const [coverage] = (await shell.run('coverage', 'portal')).objects
    expect(coverage).toMatchObject({ connection: 'portal' })
    const again = await shell.run('sync')
    expect(again.code).toBe(0)
    // Signing in and asking are events of the server too.
    expect(sum(again.objects, 'added')).toBeLessThan(100)
    const [{ streams } = {}] = (await shell.run('connections')).objects
    expect(streams).toContainEqual(expect.objectContaining({ stream: 'audit', status: 'ok' }))
  })

  it('reads a part of the time alone', async () => {
    const shell = new Shell()
    await aPortal(shell)
    const said = await shell.run('sync', '--from', '2026-11-01', '--to', '2026-11-10')
    expect(said.code).toBe(0)
    const held = (await shell.run('query', 'stream:audit')).objects.map(({ time }) => String(time))
    expect(held.length).toBeGreaterThan(0)
    expect(held.every((time) => time >= '2026-11-01' && time < '2026-11-10')).toBe(true)
  })

  it('reads all servers, and says which failed', async () => {
    const shell = new Shell()
    await aPortal(shell)
    const gone = await aPortal(shell, { seed: 2 }, 'second')
    await gone.close()
    const said = await shell.run('sync')
    expect(said.code).toBe(1)
    expect(said.stderr).toMatch(/^second[:,] .+/m)
    const ofPortal = said.objects.filter(({ connection }) => connection === 'portal')
    expect(ofPortal.filter(({ status }) => status === 'failed')).toEqual([])
    expect(ofPortal.length).toBeGreaterThan(0)
    expect((await shell.run('sync', 'portal')).code).toBe(0)
  })

  it('says that a sign-in is refused', async () => {
    const shell = new Shell()
    await aPortal(shell)
    shell.env['PORTAL_TOKEN'] = 'not.a.token'
    const refused = await shell.run('sync')
    expect(refused.code).toBe(1)
    expect(refused.stderr).toMatch(/^portal: .+/m)
    expect(refused.stderr).not.toContain('not.a.token')
    delete shell.env['PORTAL_TOKEN']
    const missing = await shell.run('sync')
    expect(missing.code).toBe(1)
    expect(missing.stderr).toContain('PORTAL_TOKEN')
  })

  it('is cancelled by an interrupt; what was read is kept and the next sync reads the rest', async () => {
    const shell = new Shell()
    const portal = await aPortal(shell, { events: 20_000 })
    const running = shell.start('sync')
    while (shell.interrupts.length < 2) await new Promise((resolve) => setTimeout(resolve, 1))
    setTimeout(() => shell.interrupts.at(-1)?.(), 400)
    const cut = await running.ended
    expect(cut.code).toBe(1)
    expect(cut.stderr).toContain('portal: the sync was cancelled; what was read is kept.')
    expect((await shell.run('sync')).code).toBe(0)
    expect(await heldBefore(shell, TO)).toBe(listedBefore(portal, TO))
  })

  it('has nothing to do with files, and says where no server is', async () => {
    const shell = new Shell()
    const none = await shell.run('sync')
    expect(none).toMatchObject({ code: 1, stdout: '' })
    expect(none.stderr).toContain('has no server that is not paused')
    await shell.run('import', shell.file('auth.log', failedLogins('ana', [0])), '--year', '2024')
    expect(await shell.run('sync')).toMatchObject({ code: 1, stdout: '' })
    expect(await shell.run('sync', 'nobody')).toMatchObject({ code: 2, stdout: '' })
    expect(await shell.run('sync', 'auth.log')).toMatchObject({ code: 2, stdout: '' })
  })
})
