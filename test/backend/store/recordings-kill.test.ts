import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { buildPrograms } from '../../build-programs'
import { tempFolder } from '../temp-folder'
import { close, writable } from './a-store'
import { someRecordings } from './some-recordings'

let built: Awaited<ReturnType<typeof buildPrograms>>
beforeAll(async () => {
  built = await buildPrograms({ child: 'test/backend/store/recordings-child.ts' })
}, 60_000)
afterAll(() => built.remove())

function child(folder: string, moment = 0): { signal: string | null; lines: string[] } {
  const { signal, stdout, stderr, status } = spawnSync(process.execPath, [join(built.folder, 'child.js'), folder, String(moment)], { encoding: 'utf8' })
  if (status !== 0 && signal !== 'SIGKILL') throw new Error(`the child failed: ${stderr}`)
  return { signal, lines: stdout.trimEnd().split('\n').filter((line) => line !== '') }
}

test('killed in any write, each recording is whole or not there, those acknowledged are, and nothing else is left', async () => {
  const made = new Map(someRecordings().map((recording) => [recording.facts.id, recording]))
  const undisturbed = child(join(tempFolder(), 'workspace'))
  const writes = Number(undisturbed.lines.at(-1))
  expect(undisturbed.lines.slice(0, -1)).toEqual([...made.keys()])
  expect(writes).toBeGreaterThan(20)

  for (let moment = 1; moment <= writes; moment++) {
    const folder = join(tempFolder(), 'workspace')
    const { signal, lines } = child(folder, moment)
    expect(signal).toBe('SIGKILL')
    const store = await writable(folder)
    const rows = store.recordings()
    for (const id of lines) expect(rows.map((row) => row.id), `acknowledged before write ${moment}`).toContain(id)
    // Of what was under way, at most the one record that reached the disk whole.
    expect(rows.length).toBeLessThanOrEqual(lines.length + 1)
    for (const { id } of rows) {
      const { files } = store.recordingFiles(id)
      expect(files.map(({ bytes }) => Buffer.from(bytes).toString('base64'))).toEqual(made.get(id)?.files.map(({ bytes }) => Buffer.from(bytes).toString('base64')))
    }
    const place = join(folder, 'recordings')
    const named = new Set(rows.flatMap((row) => row.files.map(({ sha256 }) => sha256)))
    expect(existsSync(place) ? readdirSync(place).toSorted() : [], `left after write ${moment}`).toEqual([...named].toSorted())
    close(store)
  }
}, 300_000)
