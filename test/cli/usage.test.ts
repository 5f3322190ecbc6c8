import { describe, expect, it } from 'vitest'
import { version } from '../../package.json'
import { Shell } from './shell'

describe('recount', () => {
  it('tells its version and how it is used', async () => {
    const shell = new Shell()
    expect(await shell.run('--version')).toMatchObject({ code: 0, stdout: `${version}\n`, stderr: '' })
    expect((await shell.run('--help')).stdout).toContain('recount import PATH...')
    for (const command of ['import', 'connect', 'connections', 'disconnect', 'sync', 'coverage', 'query', 'sample', 'serve']) {
      const { code, stdout } = await shell.run(command, '--help')
      expect(code).toBe(0)
      expect(stdout.split('\n')[0]).toContain(`recount ${command}`)
    }
    expect((await shell.run('--help', 'query')).stdout).toContain('recount query TEXT')
    expect((await shell.run('query', 'x', '--help')).stdout).toContain('recount query TEXT')
  })

  it.each([
    ['no command', [], 'A command is missing.'],
    ['an unknown command', ['imprt'], 'There is no command imprt.'],
    ['a later command', ['doctor'], 'doctor comes with a later version.'],
    ['a later command with options', ['backup', '--out', 'x'], 'backup comes with a later version.'],
    ['an unknown global option', ['--colour', 'query', ''], "Unknown option '--colour'"],
    ['an unknown option', ['query', '', '--colour'], "Unknown option '--colour'"],
    ['a missing word', ['disconnect'], 'disconnect needs NAME.'],
    ['a missing text', ['query'], 'query needs TEXT.'],
    ['a missing path', ['import', '--year', '2020'], 'import needs PATH...'],
    ['a missing address', ['connect', 'webxterm'], 'connect needs KIND and URL.'],
    ['no way to sign in', ['connect', 'webxterm', 'https://a.test'], 'connect needs --token-env VAR, or --user NAME and'],
    ['half a way to sign in', ['connect', 'webxterm', 'https://a.test', '--user', 'ana'], 'connect needs --token-env VAR'],
    [
      'two ways to sign in',
      ['connect', 'webxterm', 'https://a.test', '--user', 'ana', '--token-env', 'HOME'],
      '--token-env and --user do not go together.',
    ],
    [
      'a certificate that is not there',
      ['connect', 'webxterm', 'https://a.test', '--token-env', 'RECOUNT_WORKSPACE', '--ca', 'nowhere.pem'],
      'The file nowhere.pem that --ca names cannot be read.',
    ],
    ['a bad time of a sync', ['sync', '--from', 'yesterday'], '--from needs a time such as'],
    ['a bad time of the sample', ['sample', '--now', 'noon'], '--now needs a time such as'],
    ['a dialect that is none', ['sample', '--dialect', 'klingon'], '--dialect is one of documented, server, not «klingon».'],
    ['faults that are none', ['sample', '--fault', 'slow,x,y'], 'separated by commas, not «x», «y».'],
    ['too small a sample', ['sample', '--events', '-1'], '--events'],
    ['a word too many', ['query', 'a', 'b'], '«b» is one word too many for query.'],
    ['an empty workspace', ['--workspace', '', 'connections'], '--workspace needs a value that is not empty.'],
    ['a bad year', ['import', 'x', '--year', '20.5'], '--year needs a whole number from 1970 to 9999, not «20.5».'],
    ['a bad limit', ['query', '', '--limit', '0'], '--limit needs a whole number of 1 or more, not «0».'],
    ['a bad order', ['query', '', '--order', 'up'], '--order is one of asc, desc, not «up».'],
    ['a bad format', ['query', '', '--format', 'xml'], '--format is one of jsonl, csv, table, ocsf, ecs, cef, rfc5424, timesketch, not «xml».'],
    ['two forms', ['query', '', '--count', '--by', 'user'], '--count and --by do not go together.'],
    ['an option of another form', ['query', '', '--count', '--limit', '3'], '--limit means nothing beside --count.'],
    ['a bad time', ['query', '', '--from', 'yesterday'], '--from needs a time such as'],
    ['a day that is none', ['coverage', '--to', '2026-02-30'], '--to needs a time such as'],
    ['a range the wrong way', ['query', '', '--from', '2026-02-02', '--to', '2026-02-01'], '--from must be before --to'],
    ['a bad width', ['query', '', '--every', '0h'], '--every needs a width such as'],
    ['a width without unit', ['query', '', '--every', '60'], '--every needs a width such as'],
    ['an unknown field', ['query', '', '--by', 'usr'], '--by takes no «usr». It takes user, ip,'],
    ['a field with no one value', ['query', '', '--by', 'text'], '--by takes no «text».'],
    ['an attribute without name', ['query', '', '--by', 'field.'], '--by takes no «field.».'],
    ['a port that is none', ['serve', '--port', '70000'], '--port needs a whole number from 0 to 65535'],
    ['two ways to a key', ['--unencrypted', 'connections', '--passphrase-file', 'x'], 'do not go together'],
  ])('answers %s with exit 2', async (_name, argv, message) => {
    const said = await new Shell().run(...argv)
    expect(said.stderr).toContain(message)
    expect(said).toMatchObject({ code: 2, stdout: '' })
  })

  it('takes global options before and after the command', async () => {
    const shell = new Shell()
    delete shell.env['RECOUNT_WORKSPACE']
    shell.env['HOME'] = shell.folder
    const key = shell.file('key', 'secret')
    const one = await shell.run('--workspace', 'one', 'connections')
    expect(one).toMatchObject({ code: 0, stdout: '' })
    expect(one.stderr).toContain(`${shell.folder}/one`)
    const two = await shell.run('--workspace=one', '--passphrase-file', key, 'connections', '--workspace', 'two')
    expect(two.stderr).toContain(`${shell.folder}/two`)
    expect(await shell.run('connections', '--unencrypted')).toMatchObject({ code: 0 })
  })

  it('refuses a passphrase file that cannot be read, also from the environment', async () => {
    const shell = new Shell()
    expect(await shell.run('connections', '--passphrase-file', 'nowhere')).toMatchObject({ code: 2 })
    shell.env['RECOUNT_PASSPHRASE_FILE'] = 'nowhere'
    expect((await shell.run('connections')).stderr).toContain('The passphrase file nowhere cannot be read.')
    expect(await shell.run('--unencrypted', 'connections')).toMatchObject({ code: 0 })
  })

  it('says where nothing is held', async () => {
    const shell = new Shell()
    const said = await shell.run('query', '')
    expect(said).toMatchObject({ code: 0, stdout: '' })
    expect(said.stderr).toBe(`Nothing is held in the workspace ${shell.workspace}.\n`)
  })
})
