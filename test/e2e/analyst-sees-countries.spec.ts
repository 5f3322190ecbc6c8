import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { anMmdb, double } from '../backend/addresses/an-mmdb'
import { expectAccessible } from './accessible'
import { acts } from './acts'
import { expect, test } from './app'
import { LogBook } from './log-lines'
import { MINUTE } from './logs'
import { DetectionsPage } from './pages/detections'
import { ShellPage } from './pages/shell'

const START = Date.UTC(2026, 1, 6, 9)
const OSLO = { country: { iso_code: 'NO', names: { en: 'Norway' } }, city: { names: { en: 'Oslo' } }, location: { latitude: double(59.91), longitude: double(10.75) } }
const LIMA = { country: { iso_code: 'PE', names: { en: 'Peru' } }, location: { latitude: double(-12.05), longitude: double(-77.04) } }

function twoPlaces(): LogBook {
  const log = new LogBook('bastion-01')
  for (const [at, ip] of ['192.0.2.1', '198.51.100.1'].entries()) {
    log.add(START + at * 90 * MINUTE, `sshd[${at + 1}]: Accepted publickey for alice from ${ip} port 40001 ssh2`, { outcome: 'success' })
  }
  return log
}

test('an analyst supplies a database and sees where addresses are', async ({ app }) => {
  const { page } = app
  const shell = new ShellPage(page)
  const detections = new DetectionsPage(page)
  const timeline = await acts(app).importLog(twoPlaces())
  const card = page.locator('.card', { hasText: 'Places of addresses' })
  const choose = (name: string, bytes: Buffer, button: string) => {
    const path = join(app.folder, name)
    writeFileSync(path, bytes)
    return app.chooseFiles([path], () => card.getByRole('button', { name: button }).click())
  }

  await test.step('a file of another kind is refused in plain words', async () => {
    await shell.goTo('Settings')
    await expect(card).toContainText('No database of addresses is set.')
    await choose('notes.txt', Buffer.from('not a database'), 'Choose a file')
    await expect(card.getByRole('alert')).toContainText('notes.txt is no database of addresses: its end has no description of a database. Expected a MaxMind DB file (.mmdb)')
    await expectAccessible(page, 'a refused file')
  })

  await test.step('a database tells of itself', async () => {
    await choose('places.mmdb', anMmdb({ '192.0.2.0/24': OSLO, '198.51.100.0/24': LIMA }, { type: 'Made-City', description: { en: 'CC0, made for a test' } }), 'Choose a file')
    await expect(card).toContainText('places.mmdb')
    await expect(card).toContainText('Made-City')
    await expect(card).toContainText('2026-01-01 00:00 UTC')
    await expect(card).toContainText('CC0, made for a test')
    await expect(card.getByRole('alert')).toBeHidden()
  })

  await test.step('an event tells the country of its address', async () => {
    await shell.goTo('Timeline')
    await timeline.row(0).click()
    await expect(page.getByRole('complementary', { name: 'Event' })).toContainText('Peru (PE)')
    await timeline.row(1).click()
    await expect(page.getByRole('complementary', { name: 'Event' })).toContainText('Oslo, Norway (NO)')
  })

  await test.step('travel that nobody can have made is found', async () => {
    await shell.goTo('Detections')
    await detections.row(/alice/).filter({ hasText: 'too far apart' }).click()
    await expect(detections.pane).toContainText(/\(NO\) and 90 minutes later from 198\.51\.100\.1 \(PE\): 11,\d{3} km, 7,\d{3} km\/h/)
  })

  await test.step('it is there after the program was closed, and can be taken away', async () => {
    await app.restart()
    const again = new ShellPage(app.page)
    await again.goTo('Settings')
    const later = app.page.locator('.card', { hasText: 'Places of addresses' })
    await expect(later).toContainText('Made-City')
    await later.getByRole('button', { name: 'Remove' }).click()
    await expect(later).toContainText('No database of addresses is set.')
  })
})
