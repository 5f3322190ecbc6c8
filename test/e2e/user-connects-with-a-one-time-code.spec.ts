import { ACCOUNTS, SAMPLE_CODE, SAMPLE_PASSWORD } from '../../src/sample'
import { acts } from './acts'
import { expect, test } from './app'
import { ConnectDialogPage } from './pages/connect-dialog'
import { ShellPage } from './pages/shell'
import { SourcesPage } from './pages/sources'
import { TimelinePage } from './pages/timeline'

const FEW = ['--events', '3000']
const careful = ACCOUNTS.find(({ code, tenants }) => code === true && tenants.length > 1)

test('a user connects with a one-time code and chooses a tenant', async ({ app, sample }) => {
  const { page } = app
  const { url } = await sample(FEW)
  const shell = new ShellPage(page)
  const dialog = new ConnectDialogPage(page)
  await expect(shell.connectDoor).toBeVisible()
  await page.keyboard.press('2')
  await expect(dialog.address).toBeFocused()

  await test.step('an address that would send the password in clear is refused at its field', async () => {
    await page.keyboard.type('http://webxterm.invalid')
    await dialog.email.fill(careful?.email ?? '')
    await dialog.password.fill(SAMPLE_PASSWORD)
    await page.keyboard.press('Enter')
    await expect(dialog.problem).toBeVisible()
    await expect(dialog.address).toHaveAttribute('aria-invalid', 'true')
    await expect(dialog.address).toBeFocused()
    await expect(dialog.password).toHaveValue('')
  })

  await test.step('a wrong password keeps all but itself', async () => {
    await dialog.address.fill(url)
    await dialog.password.fill('not-this-one')
    await page.keyboard.press('Enter')
    await expect(dialog.problem).toContainText('did not accept the e-mail address and password')
    await expect(dialog.password).toBeFocused()
    await expect(dialog.password).toHaveValue('')
    await expect(dialog.address).toHaveValue(url)
    await expect(dialog.email).toHaveValue(careful?.email ?? '')
  })

  await test.step('the code is asked for, and a wrong one keeps the question', async () => {
    await page.keyboard.type(SAMPLE_PASSWORD)
    await page.keyboard.press('Enter')
    await expect(dialog.code).toBeFocused()
    await page.keyboard.type('135791')
    await page.keyboard.press('Enter')
    await expect(dialog.problem).toContainText('did not accept the code')
    await expect(dialog.code).toBeFocused()
    await dialog.code.fill(SAMPLE_CODE)
    await page.keyboard.press('Enter')
  })

  await test.step('one of the tenants is chosen', async () => {
    await expect(dialog.dialog.getByRole('radio').first()).toBeFocused()
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Enter')
  })

  await test.step('what was found is told before anything is kept', async () => {
    await expect(dialog.fact('Signed in as')).toContainText(careful?.username ?? '')
    await expect(dialog.fact('Role')).toHaveText('company administrator')
    await expect(dialog.fact('Tenant')).toContainText(careful?.tenants[1] ?? '')
    await expect(dialog.fact('Token')).toContainText(/^Kept in (memory until Recount ends|this computer's key store)/)
    await expect(dialog.streams.getByRole('listitem').first()).toContainText('audit')
    await dialog.name.fill('work')
    await page.keyboard.press('Enter')
  })

  const sources = new SourcesPage(page)
  await expect(sources.source('work')).toContainText('company administrator')
  await shell.expectSynced()
  await expect(sources.source('work')).toContainText(/token ends in \d+ h/)
  const kept = await page.evaluate(() => JSON.stringify([Object.entries(localStorage), Object.entries(sessionStorage), location.href]))
  expect(kept).not.toContain(SAMPLE_PASSWORD)
  await shell.goTo('Timeline')
  await expect(new TimelinePage(page).row(0)).toBeVisible()
})

test('a token that is not accepted is said at its field, and Escape gives up', async ({ app, sample }) => {
  const { url } = await sample(FEW)
  const dialog = new ConnectDialogPage(app.page)
  const shell = new ShellPage(app.page)
  await shell.connectDoor.click()
  await dialog.address.fill(url)
  await dialog.useToken('not-a-token')
  await expect(dialog.problem).toBeVisible()
  await expect(dialog.token).toBeFocused()
  await expect(dialog.token).toHaveValue('')
  await app.page.keyboard.press('Escape')
  await expect(dialog.dialog).toBeHidden()
  await expect(shell.connectDoor).toBeFocused()
})

test('an account that may not see everything is told what it can', async ({ app, sample }) => {
  const { url, tokens } = await sample(FEW)
  const dialog = new ConnectDialogPage(app.page)
  await new ShellPage(app.page).connectDoor.click()
  await dialog.address.fill(url)
  await dialog.useToken(tokens.user)
  await expect(dialog.fact('Role')).toHaveText('user')
  await expect(dialog.streams.getByRole('listitem').filter({ hasText: 'audit' })).toContainText('not visible to this account')
})

test('what the server keeps from a role is told wherever its records are', async ({ app, sample }) => {
  const { url, tokens } = await sample([...FEW, '--dialect', 'server'])
  const { page } = app
  const shell = new ShellPage(page)
  const dialog = new ConnectDialogPage(page)
  await shell.connectDoor.click()
  await dialog.address.fill(url)
  await dialog.useToken(tokens.company_admin)
  await dialog.name.fill('work')
  await dialog.connect.click()
  const words = /Failed sign-ins that name no tenant are not visible to a company administrator/
  await shell.expectSynced()
  await expect(new SourcesPage(page).source('work')).toContainText(words)
  await shell.goTo('Timeline')
  await new TimelinePage(page).apply('action:nothing_of_the_kind')
  await expect(page.getByText(words).filter({ visible: true })).toContainText('work: ')
})

test('signing in again takes no other account', async ({ app, sample }) => {
  const served = await sample(FEW)
  const sources = await acts(app).connect(served, 'work')
  await new ShellPage(app.page).expectSynced()
  const dialog = new ConnectDialogPage(app.page)
  await sources.menu('work', 'Sign in again…')
  await expect(dialog.address).not.toBeEditable()
  await dialog.useToken(served.tokens.user)
  await dialog.dialog.getByRole('button', { name: 'Use this sign-in' }).click()
  await expect(dialog.problem).toBeVisible()
  await dialog.dialog.getByRole('button', { name: 'Start over' }).click()
  await dialog.useToken(served.tokens.super_admin)
  await dialog.dialog.getByRole('button', { name: 'Use this sign-in' }).click()
  await expect(dialog.dialog).toBeHidden()
})
