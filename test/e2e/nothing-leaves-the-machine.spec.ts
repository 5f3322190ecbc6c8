import { spawnSync } from 'node:child_process'
import { acts } from './acts'
import { expect, test } from './app'
import { GUARD } from './hosts'
import { ATTACKER, incidentLog } from './logs'
import { ShellPage } from './pages/shell'
import { forgive } from './watch'

const log = incidentLog()

test('the whole main path asks nobody else', async ({ app }) => {
  const { page } = app
  const timeline = await acts(app).importLog(log)
  const shell = new ShellPage(page)
  await timeline.apply(`ip:${ATTACKER}`)
  await timeline.drag(0.5, 1)
  await timeline.open(timeline.row(0))
  await expect(timeline.card('Provenance')).toBeVisible()
  await timeline.raw().getByRole('button', { name: 'as hex' }).click()
  await timeline.export.click()
  await app.save(() => page.getByRole('menuitem', { name: /^CSV/ }).click())
  await expect(page.getByRole('status').filter({ hasText: 'View exported' })).toBeAttached()
  await shell.goTo('Sources & coverage')
  await shell.goTo('Settings')
  await page.getByRole('radio', { name: 'Light' }).check()
  await page.reload()
  await expect(page.getByRole('heading', { level: 1, name: 'Settings' })).toBeVisible()
  await shell.goTo('Timeline')
  await expect(timeline.query).toHaveText(`ip:${ATTACKER}`)
  await app.restart()
  await acts(app).timeline().expectRows(log.count('row'))
  expect(app.watch.problems).toEqual([])
})

test('a server is asked by the backend alone', async ({ app, sample }) => {
  const { page } = app
  const asked = new Set<string>()
  page.on('request', (request) => asked.add(new URL(request.url()).host))
  page.on('websocket', (socket) => asked.add(new URL(socket.url()).host))
  const served = await sample(['--events', '3000'])
  await acts(app).connect(served, 'work')
  const shell = new ShellPage(page)
  await shell.expectSynced()
  await page.reload()
  await shell.goTo('Timeline')
  await expect(acts(app).timeline().row(0)).toBeVisible()
  expect([...asked].filter((host) => host !== new URL(page.url()).host)).toEqual([])

  await test.step('and the page could not', async () => {
    const reach = (url: string) => fetch(url).then(() => 'reached', () => 'refused')
    expect(await page.evaluate(reach, `${served.url}/health`)).toBe('refused')
    await expect.poll(() => app.watch.problems.some((line) => line.includes('content policy:'))).toBe(true)
    forgive(app.watch, new RegExp(new URL(served.url).host))
  })
})

test('the page itself is kept from asking anybody', async ({ app }) => {
  await expect(new ShellPage(app.page).importDoor).toBeVisible()
  const reached = await app.page.evaluate(async () => {
    const asked = fetch('https://elsewhere.test/').then(
      () => 'reached',
      () => 'refused',
    )
    const picture = new Promise<string>((resolve) => {
      const image = new Image()
      image.addEventListener('load', () => resolve('reached'))
      image.addEventListener('error', () => resolve('refused'))
      image.src = 'https://elsewhere.test/x.png'
    })
    return [await asked, await picture]
  })
  expect(reached).toEqual(['refused', 'refused'])

  await test.step('and the watch saw both', async () => {
    const breaches = () => app.watch.problems.filter((line) => line.includes('content policy:'))
    await expect.poll(breaches).toEqual([
      'console: content policy: connect-src https://elsewhere.test/',
      'console: content policy: img-src https://elsewhere.test/x.png',
    ])
    forgive(app.watch, /elsewhere\.test/)
  })
})

// 192.0.2.0/24 and .invalid are for documentation: were the guard broken, nobody would be disturbed.
const INSIDE = 'data:text/javascript,import net from "node:net"; net.connect(80, "192.0.2.1")'
const WAYS: Record<string, string> = {
  'a socket': `require('node:net').connect(80, '192.0.2.1')`,
  'a socket with options': `require('node:net').connect({ host: '192.0.2.1', port: 443 })`,
  'a request': `require('node:http').get('http://192.0.2.1/')`,
  'a fetch': `fetch('http://192.0.2.1/').catch(() => {})`,
  'a look-up': `require('node:dns').lookup('elsewhere.invalid', () => {})`,
  'a look-up that promises': `require('node:dns/promises').lookup('elsewhere.invalid').catch(() => {})`,
  'a question to a name server': `require('node:dns').resolve4('elsewhere.invalid', () => {})`,
  'a datagram': `require('node:dgram').createSocket('udp4').send('x', 53, '192.0.2.1')`,
  'a thread': `new (require('node:worker_threads').Worker)(new URL('${INSIDE}')).on('error', () => {})`,
}

for (const [way, code] of Object.entries(WAYS)) {
  test(`the guard reports ${way}`, () => {
    const { stderr } = underGuard(code)
    expect(stderr).toContain('left the machine: ')
  })
}

test('the guard lets this machine talk to itself', () => {
  const { stdout, stderr } = underGuard(`
    const server = require('node:http').createServer((_, answer) => answer.end('here'))
    server.listen(0, '127.0.0.1', async () => {
      console.log(await (await fetch('http://127.0.0.1:' + server.address().port)).text())
      server.close()
    })`)
  expect(stderr).not.toContain('left the machine')
  expect(stdout).toBe('here\n')
})

function underGuard(code: string) {
  return spawnSync(process.execPath, ['--import', GUARD, '-e', code], { encoding: 'utf8', timeout: 20_000 })
}
