import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { accountName } from '../../src/backend/notebook'
import { failedLogins, Shell } from './shell'

async function withLog(): Promise<Shell> {
  const shell = new Shell()
  await shell.run('import', shell.file('auth.log', failedLogins('root', [1, 2, 3])), '--year', '2026')
  return shell
}

describe('recount notebook', () => {
  it('creates one with a frozen query, lists, shows and exports it', async () => {
    const shell = await withLog()
    const made = await shell.run('notebook', 'create', '--title', 'Break-in', '--query', 'user:root', '--from', '2026-05-10', '--to', '2026-05-11')
    expect(made).toMatchObject({ code: 0, stderr: '' })
    const id = String(made.objects[0]?.['id'])
    const { objects: listed } = await shell.run('notebook', 'list')
    expect(listed).toEqual([
      {
        id,
        title: 'Break-in',
        tlp: 'TLP:AMBER',
        status: 'open',
        range: { from: '2026-05-10T00:00:00.000Z', to: '2026-05-11T00:00:00.000Z' },
        cells: 1,
        findings: 0,
        createdAt: '2026-11-20T00:00:00.000Z',
        createdBy: accountName(),
        changedAt: '2026-11-20T00:00:00.000Z',
      },
    ])
    const { objects: shown } = await shell.run('notebook', 'show', id)
    expect(shown).toMatchObject([{ type: 'notebook', id, title: 'Break-in' }, { type: 'cell', content: { kind: 'query', title: 'user:root', frozen: { rows: 3, matching: 3 } } }])
    const markdown = await shell.run('notebook', 'export', id)
    expect(markdown.stdout).toContain('Break-in')
    expect(markdown.stdout).toContain('3 of 3 cited records are held as they were cited')
    const out = join(shell.folder, 'notebook.html')
    expect(await shell.run('notebook', 'export', id, '--format', 'html', '--out', out, '--zone', 'Europe/Berlin')).toMatchObject({ code: 0, stdout: '' })
    expect(readFileSync(out, 'utf8')).toContain('<title>')
    expect(await shell.run('notebook', 'export', id, '--out', out)).toMatchObject({ code: 2, stderr: expect.stringContaining('is there already') })
  })

  it('tells what is wrong with what was typed before anything is made', async () => {
    const shell = await withLog()
    for (const typed of [['create'], ['create', '--title', 'x', '--from', '2026-05-10'], ['show'], ['list', 'x'], ['list', '--format', 'md'], ['other'], ['export', 'x', '--format', 'doc'], ['export', 'x', '--zone', 'Nowhere'], ['show', 'none'], ['create', '--title', 'x', '--query', 'a and (']]) {
      expect(await shell.run('notebook', ...typed), typed.join(' ')).toMatchObject({ code: 2, stdout: '' })
    }
    expect((await shell.run('notebook', 'list')).stdout).toBe('')
  })

  it('reads what people wrote where the rest of the workspace is damaged', async () => {
    const shell = await withLog()
    const { objects } = await shell.run('notebook', 'create', '--title', 'Kept', '--query', '')
    const id = String(objects[0]?.['id'])
    writeFileSync(join(shell.workspace, 'workspace.json'), 'damaged')
    expect((await shell.run('query', '', '--count')).code).toBe(1)
    expect((await shell.run('notebook', 'list')).objects).toMatchObject([{ id, title: 'Kept' }])
    expect((await shell.run('notebook', 'show', id)).objects).toHaveLength(2)
    const exported = await shell.run('notebook', 'export', id, '--format', 'jsonl')
    expect(exported).toMatchObject({ code: 0, stderr: expect.stringContaining('cannot be compared') })
    expect(exported.objects[1]).toMatchObject({ content: { frozen: { rows: 3 } } })
    expect(existsSync(join(shell.workspace, 'LOCK'))).toBe(false)
  })
})
