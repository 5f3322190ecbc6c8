import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { CannotPrint } from '../../src/backend'
import { answerPrint } from '../../src/node/answer-print'
import type { FromBackend, ToBackend } from '../../src/node/backend-messages'
import { chromiumOf, chromiumPrint } from '../../src/node/chromium-print'
import { hostPrint } from '../../src/node/host-print'
import { pdfPort } from '../../src/node/print-pdf'

function folder(): string {
  const made = mkdtempSync(join(tmpdir(), 'recount-test-'))
  onTestFinished(() => rmSync(made, { recursive: true, force: true }))
  return made
}

/** A program that takes the words of a Chromium: it notes them, and does what the script says with `$pdf` and `$page`. */
function program(script: string): { path: string; words: () => string[] } {
  const home = folder()
  const path = join(home, 'chromium')
  writeFileSync(path, `#!/bin/sh\nprintf '%s\\n' "$@" > ${home}/words\nfor word in "$@"; do case "$word" in --print-to-pdf=*) pdf="\${word#--print-to-pdf=}";; file://*) page="\${word#file://}";; esac; done\n${script}\n`)
  chmodSync(path, 0o755)
  return { path, words: () => readFileSync(join(home, 'words'), 'utf8').trimEnd().split('\n') }
}

function* pieces(): Generator<string> {
  yield '<p>one</p>'
  yield '<p>two ✓</p>'
}

const unix = process.platform === 'win32' ? test.skip : test

unix('a page is printed by a program without network or a profile that stays, and nothing of it is left', async () => {
  const { path, words } = program('cp "$page" "$pdf"')
  const bytes = await pdfPort(chromiumPrint({ RECOUNT_CHROMIUM: path })).print(pieces())
  expect(Buffer.from(bytes).toString()).toBe('<p>one</p><p>two ✓</p>')
  expect(words()).toEqual(expect.arrayContaining(['--headless', '--no-pdf-header-footer', '--generate-pdf-document-outline', '--host-resolver-rules=MAP * ~NOTFOUND']))
  const page = words().at(-1)?.replace('file://', '') ?? ''
  expect(page).toMatch(/page\.html$/)
  expect(existsSync(page)).toBe(false)
})

unix('what keeps a page from being printed is told', async () => {
  const print = (script: string) => pdfPort(chromiumPrint({ RECOUNT_CHROMIUM: program(script).path })).print(pieces())
  await expect(print('exit 0')).rejects.toThrow('made no PDF')
  await expect(print('echo out of memory >&2; exit 3')).rejects.toThrow(/could not print \(3\)\. out of memory/)
  const none = pdfPort(chromiumPrint({ RECOUNT_CHROMIUM: '/nowhere/chromium', PATH: '/nowhere' })).print(pieces())
  await expect(none).rejects.toMatchObject({ name: 'CannotPrint', problem: 'no-program' })
  await expect(none).rejects.toThrow(/A PDF needs a Chromium.*RECOUNT_CHROMIUM/)
})

unix('the first program of the path is taken', () => {
  const { path } = program('')
  expect(chromiumOf({ PATH: `/nowhere:${join(path, '..')}` }, 'linux')).toBe(path)
  expect(chromiumOf({ PATH: '/nowhere' }, 'linux')).toBeNull()
})

test('a host that is a browser prints for its backend', async () => {
  const listeners: ((message: ToBackend) => void)[] = []
  const print = async (html: string, pdf: string) => {
    const text = readFileSync(html, 'utf8')
    if (text.includes('bad')) throw new Error('no window')
    writeFileSync(pdf, text.toUpperCase())
  }
  const port = {
    onMessage: (listener: (message: ToBackend) => void) => void listeners.push(listener),
    send(message: FromBackend) {
      if (message.kind !== 'print') return
      void answerPrint(print, message).then((problem) => {
        for (const listener of listeners) listener({ kind: 'printed', id: message.id, problem })
      })
    },
  }
  const pdf = pdfPort(hostPrint(port))
  const [first, second] = await Promise.allSettled([pdf.print(['bad']), pdf.print(pieces())])
  expect(first).toMatchObject({ reason: expect.any(CannotPrint) })
  expect(first.status === 'rejected' && String(first.reason)).toContain('no window')
  expect(second.status === 'fulfilled' && Buffer.from(second.value).toString()).toBe('<P>ONE</P><P>TWO ✓</P>')
  expect(await answerPrint(undefined, { html: '', pdf: '' })).toBe('This host cannot print.')
})
