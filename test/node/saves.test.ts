import { mkdtempSync, readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { Saves, bareName } from '../../src/main/saves'

const folder = () => mkdtempSync(join(tmpdir(), 'recount-saves-'))
const bytes = (text: string) => new TextEncoder().encode(text)

test('a saved file appears whole and at the end', async () => {
  const at = folder()
  writeFileSync(join(at, 'view.csv'), 'before')
  const saves = new Saves()
  const id = await saves.begin(join(at, 'view.csv'))
  await saves.write(id, bytes('one,'))
  await saves.write(id, bytes('two'))
  expect(readFileSync(join(at, 'view.csv'), 'utf8')).toBe('before')
  await saves.end(id, true)
  expect(readFileSync(join(at, 'view.csv'), 'utf8')).toBe('one,two')
  expect(readdirSync(at)).toEqual(['view.csv'])
  await expect(saves.write(id, bytes('late'))).rejects.toThrow(TypeError)
})

test('a file given up leaves nothing behind, and so does quitting', async () => {
  const at = folder()
  const saves = new Saves()
  const id = await saves.begin(join(at, 'a.csv'))
  await saves.write(id, bytes('x'))
  await saves.end(id, false)
  await saves.write(await saves.begin(join(at, 'b.csv')), bytes('x'))
  await saves.close()
  expect(readdirSync(at)).toEqual([])
})

test.each([
  ['view.csv', 'view.csv'],
  ['../../etc/passwd', 'passwd'],
  ['..\\..\\x.csv', 'x.csv'],
  ['C:\\x.csv', 'x.csv'],
  ['..', 'recount'],
  ['', 'recount'],
  ['who: a\u0000\n?.csv', 'who_ a___.csv'],
])('the page names %j and the dialog proposes %j', (name, bare) => {
  expect(bareName(name)).toBe(bare)
})
