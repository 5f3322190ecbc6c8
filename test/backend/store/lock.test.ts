import { spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { takeLock } from '../../../src/backend/store/lock'
import { tempFolder } from '../temp-folder'
import { add, close, faultOf, ids, NOW, readable, records, writable } from './a-store'

const children: ChildProcess[] = []
afterEach(() => children.splice(0).forEach((child) => child.kill('SIGKILL')))

function lockOf(folder: string): Record<string, unknown> {
  return JSON.parse(readFileSync(join(folder, 'LOCK'), 'utf8')) as Record<string, unknown>
}

function writeLock(folder: string, holder: unknown): void {
  writeFileSync(join(folder, 'LOCK'), typeof holder === 'string' ? holder : JSON.stringify(holder))
}

/** A process that lives until the test ends. */
async function living(): Promise<number> {
  const child = spawn(process.execPath, ['-e', 'process.stdout.write("up"); process.stdin.resume()'], { stdio: ['pipe', 'pipe', 'ignore'] })
  children.push(child)
  await once(child.stdout, 'data')
  return child.pid ?? 0
}

/** The number of a process that is gone. */
const dead = () => spawnSync(process.execPath, ['-e', '']).pid

const hasProc = existsSync('/proc/self/stat')

test('a second writer is refused by the number of the first; a reader is not', async () => {
  const folder = tempFolder()
  const store = await writable(folder)
  add(store, records(0, 2))
  expect(await faultOf(() => writable(folder))).toMatchObject({
    code: 'workspace-locked',
    message: expect.stringContaining(`Process ${process.pid} `),
    detail: { pid: process.pid },
  })
  expect(ids(await readable(folder))).toEqual(['id-0', 'id-1'])
  add(store, records(2, 1))
  expect(lockOf(folder)).toMatchObject({ pid: process.pid, since: new Date(NOW).toISOString() })
})

test('the lock of another living process holds', async () => {
  const folder = tempFolder()
  const pid = await living()
  writeLock(folder, { pid, since: '2026-02-06T12:00:00.000Z', started: null })
  expect(await faultOf(() => writable(folder))).toMatchObject({ code: 'workspace-locked', detail: { pid } })
  expect(lockOf(folder)).toMatchObject({ pid })
})

test.each([
  ['whose process is gone', () => ({ pid: dead(), since: 'x', started: '1' })],
  ['whose process is gone, of a system that tells no start', () => ({ pid: dead(), since: 'x', started: null })],
  ['that is cut short', () => '{"pid": 1'],
  ['that is empty', () => ''],
  ['that says nothing', () => 'null'],
  ['without a process', () => ({ since: 'x', started: null })],
])('a lock %s is taken over', async (_name, holder) => {
  const folder = tempFolder()
  writeLock(folder, holder())
  const store = await writable(folder)
  expect(lockOf(folder)).toMatchObject({ pid: process.pid })
  close(store)
})

test.runIf(hasProc)('a lock whose number went to a process of another start is taken over', async () => {
  const folder = tempFolder()
  writeLock(folder, { pid: await living(), since: 'x', started: '1' })
  await writable(folder)
  expect(lockOf(folder)).toMatchObject({ pid: process.pid })
})

test('closing gives the lock back, and so does an opening that fails', async () => {
  const folder = tempFolder()
  close(await writable(folder))
  expect(readdirSync(folder).filter((name) => name.startsWith('LOCK'))).toEqual([])
  writeFileSync(join(folder, 'workspace.json'), 'no description')
  expect(await faultOf(() => writable(folder))).toMatchObject({ code: 'workspace-damaged' })
  expect(readdirSync(folder).filter((name) => name.startsWith('LOCK'))).toEqual([])
})

test('giving back never takes away the lock of whoever took over', () => {
  const folder = tempFolder()
  const release = takeLock(folder, NOW)
  const other = { pid: process.pid, since: 'later', started: null, id: 'other' }
  writeLock(folder, other)
  release()
  expect(lockOf(folder)).toEqual(other)
  expect(readdirSync(folder)).toEqual(['LOCK'])
})

test('a lock is readable by its owner alone', async () => {
  const folder = tempFolder()
  await writable(folder)
  expect(statSync(join(folder, 'LOCK')).mode & 0o777).toBe(0o600)
})
