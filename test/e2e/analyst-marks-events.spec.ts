import { acts } from './acts'
import { expect, test } from './app'
import { incidentLog } from './logs'

const log = incidentLog()
const rows = log.rows()

test('an analyst marks, tags and comments on events by key, and finds all of it again', async ({ app }) => {
  let timeline = await acts(app).importLog(log)
  const { keyboard } = app.page
  const comments = timeline.detail.getByRole('region', { name: 'Comments' })

  await test.step('a star, a quick tag and a tag', async () => {
    for (const key of ['j', 's', 'j', '1', '2']) await keyboard.press(key)
    await expect(timeline.marks(timeline.row(0))).toHaveAccessibleName('starred')
    await expect(timeline.marks(timeline.row(1))).toHaveAccessibleName('suspicious')
    await keyboard.press('t')
    await keyboard.type('to ask')
    await keyboard.press('Enter')
    await expect(timeline.marks(timeline.row(1))).toHaveAccessibleName('suspicious, tag to ask')
  })

  await test.step('a comment in Markdown, which leads nowhere outside', async () => {
    await keyboard.press('c')
    await expect(comments.getByRole('textbox')).toBeFocused()
    await keyboard.type('It is **the only one** that worked: [see](https://example.com)')
    await keyboard.press('Control+Enter')
    await expect(comments.locator('strong')).toHaveText('the only one')
    await expect(comments.getByRole('link')).toHaveCount(0)
    await expect(timeline.marks(timeline.row(1))).toHaveAccessibleName('suspicious, tag to ask, 1 comment')
    await keyboard.press('Escape')
  })

  await test.step('from mark to mark, and all of them by a query', async () => {
    await keyboard.press('G')
    await expect(timeline.row(rows.length - 1)).toHaveAttribute('aria-selected', 'true')
    await keyboard.press('U')
    await expect(timeline.row(1)).toHaveAttribute('aria-selected', 'true')
    await timeline.apply('is:marked')
    await timeline.expectRows(2)
    await timeline.apply('tag:"to ask" has:comment')
    await timeline.expectRows(1)
  })

  await test.step('after a restart everything is as it was', async () => {
    await app.restart()
    timeline = acts(app).timeline()
    await timeline.apply('is:marked')
    await timeline.expectRows(2)
    await expect(timeline.marks(timeline.row(0))).toHaveAccessibleName('starred')
    await expect(timeline.marks(timeline.row(1))).toHaveAccessibleName('suspicious, tag to ask, 1 comment')
    await timeline.open(timeline.row(1))
    await expect(timeline.detail.getByRole('region', { name: 'Comments' }).locator('strong')).toHaveText('the only one')
    await timeline.open(timeline.row(0))
    await app.page.keyboard.press('s')
    await timeline.expectRows(1)
  })
})
