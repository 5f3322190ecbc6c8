import { acts } from './acts'
import { expect, test } from './app'
import { launchChromium } from './hosts'
import { incidentLog } from './logs'
import { ShellPage } from './pages/shell'
import { forgive } from './watch'

test.describe('in a browser', () => {
  test.skip(({ host }) => host !== 'browser', 'only a browser is opened by an address')

  test('an address opens one window, once', async ({ app, zone }) => {
    await expect(new ShellPage(app.page).importDoor).toBeVisible()
    expect(app.page.url()).not.toContain('t=')
    const browser = await launchChromium(zone)
    for (const address of [app.url, new URL(app.url).origin]) {
      const page = await browser.newPage()
      await page.goto(address)
      await expect(page.getByRole('heading', { level: 1 })).toHaveText('This address has been used already')
      await expect(page.getByRole('main')).toContainText('Open Recount again from the program that started it.')
      await expect(page.getByRole('contentinfo')).toHaveCount(0)
    }
    await browser.close()
    // The window that has the session is not disturbed, not even by a reload.
    await app.page.reload()
    await expect(new ShellPage(app.page).importDoor).toBeVisible()
  })

  test('another page of this computer gets nothing', async ({ app }) => {
    const { origin } = new URL(app.url)
    const asked = async (path: string, init: RequestInit) => (await fetch(`${origin}${path}`, init)).status
    const token = JSON.stringify({ token: 'guessed' })
    expect(await asked('/session', { method: 'POST', body: token })).toBe(403)
    expect(await asked('/session', { method: 'POST', body: token, headers: { origin: 'http://evil.test' } })).toBe(403)
    expect(await asked('/session', { method: 'POST', body: token, headers: { origin } })).toBe(401)
    expect(await asked('/../package.json', {})).toBe(404)
    expect(await asked('/workspace.json', {})).toBe(404)
  })
})

test.describe('on the desktop', () => {
  test.skip(({ host }) => host !== 'desktop', 'only the desktop has a bridge')

  test('the page has the bridge, frozen, and nothing of the machine', async ({ app }) => {
    await expect(new ShellPage(app.page).importDoor).toBeVisible()
    const seen = await app.page.evaluate(() => {
      const page = globalThis as unknown as Record<string, unknown>
      const bridge = page['recountDesktop'] as Record<string, unknown>
      const attempt = (change: () => void) => {
        try {
          change()
        } catch {
          // A refusal may be loud or silent.
        }
      }
      attempt(() => (bridge['send'] = () => undefined))
      attempt(() => (bridge['more'] = 1))
      attempt(() => (page['recountDesktop'] = null))
      return {
        kinds: ['require', 'process', 'module', 'Buffer', 'global', '__dirname'].map((name) => typeof page[name]),
        frozen: Object.isFrozen(bridge),
        same: page['recountDesktop'] === bridge,
        names: Object.keys(bridge).toSorted(),
      }
    })
    expect(seen.kinds).toEqual(Array(6).fill('undefined'))
    expect(seen.frozen).toBe(true)
    expect(seen.same).toBe(true)
    expect(seen.names).toEqual([
      'chooseFiles',
      'onBackendGone',
      'onFrame',
      'pathForFile',
      'saveBegin',
      'saveBeside',
      'saveEnd',
      'saveWrite',
      'send',
      'tellFound',
    ])
    // A page that changed its copy of the bridge works on.
    await acts(app).importLog(incidentLog())
  })

  test('no window opens, and the page goes nowhere', async ({ app }) => {
    const { page } = app
    await expect(new ShellPage(page).importDoor).toBeVisible()
    const own = page.url()
    expect(await page.evaluate(() => window.open('https://elsewhere.test/') === null)).toBe(true)
    expect(await page.evaluate(() => window.open('about:blank') === null)).toBe(true)
    await page.evaluate(() => {
      location.href = 'https://elsewhere.test/'
    })
    await page.evaluate(() => {
      location.href = 'file:///etc/passwd'
    })
    await page.keyboard.press('?')
    await expect(page.getByRole('dialog', { name: 'Keyboard' })).toBeVisible()
    expect(page.url()).toBe(own)
    const windows = await app.electron?.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)
    expect(windows).toBe(1)
    // What was tried may be told, as long as it was refused.
    forgive(app.watch, /elsewhere\.test|local resource: file:/)
  })

  test('nothing is permitted but writing text to the clipboard', async ({ app }) => {
    const { page } = app
    await expect(new ShellPage(page).importDoor).toBeVisible()
    const answers = await page.evaluate(async () => {
      const place = new Promise<string>((resolve) => {
        navigator.geolocation.getCurrentPosition(
          () => resolve('given'),
          (error) => resolve(error.code === error.PERMISSION_DENIED ? 'denied' : 'failed'),
        )
      })
      const camera = navigator.mediaDevices.getUserMedia({ video: true }).then(
        () => 'given',
        () => 'denied',
      )
      const reading = navigator.clipboard.readText().then(
        () => 'given',
        () => 'denied',
      )
      const notes = await Notification.requestPermission()
      return { place: await place, notes, camera: await camera, reading: await reading }
    })
    expect(answers).toEqual({ place: 'denied', notes: 'denied', camera: 'denied', reading: 'denied' })
  })
})
