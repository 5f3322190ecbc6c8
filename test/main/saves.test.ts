import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { Saves } from '../../src/main/saves'
import { tempFolder } from '../backend/temp-folder'

describe('a file beside one that is being saved', () => {
  test('stands next to it once both have ended, and nowhere if it is not kept', async () => {
    const [saves, folder] = [new Saves(), tempFolder()]
    const target = join(folder, 'a.csv')
    const main = await saves.begin(target)
    const manifest = await saves.beside(main, '.manifest.json')
    const dropped = await saves.beside(main, '.commitments.jsonl')
    await saves.write(manifest, Buffer.from('{}'))
    expect(existsSync(`${target}.manifest.json`)).toBe(false)
    await saves.end(main, true)
    await saves.end(manifest, true)
    await saves.end(dropped, false)
    expect(readdirSync(folder).toSorted()).toEqual(['a.csv', 'a.csv.manifest.json'])
    expect(readFileSync(`${target}.manifest.json`, 'utf8')).toBe('{}')
  })

  test.each(['', '.exe', '/../x.manifest.json', '.manifest.json/x', 'x.manifest.json'])('takes no ending %j', async (ending) => {
    const [saves, folder] = [new Saves(), tempFolder()]
    const main = await saves.begin(join(folder, 'a.csv'))
    await expect(saves.beside(main, ending)).rejects.toThrow(TypeError)
    await saves.close()
    expect(readdirSync(folder)).toEqual([])
  })
})
