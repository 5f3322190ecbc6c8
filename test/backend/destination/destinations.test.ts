import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { destinations, keepDestination, regionOf, runsFolder } from '../../../src/backend/destination'
import { openWritable } from '../../../src/backend/store'
import type { Destination } from '../../../src/domain'
import { aBackend } from '../a-server-backend'
import { tempFolder } from '../temp-folder'

const VAULT: Destination = { name: 'vault', kind: 's3', url: 'https://s3.example.test/audit/recount', region: 'us-east-1', user: 'AKIDEXAMPLE', passwordEnv: 'VAULT' }

async function workspaceWith(...all: Destination[]): Promise<string> {
  const folder = tempFolder()
  const store = await openWritable({ folder, now: () => 0 })
  for (const one of all) keepDestination(store, one)
  store.close()
  return folder
}

describe('a destination of exports', () => {
  it('is listed and removed by the page, with where its last run ended', async () => {
    const workspace = await workspaceWith(VAULT, { ...VAULT, name: 'other' })
    const runs = runsFolder(workspace, 'vault')
    mkdirSync(runs, { recursive: true })
    writeFileSync(join(runs, 'x.manifest.json'), '{}')
    const { ask } = await aBackend(workspace)
    expect((await ask('destination.list', {})).map(({ name }) => name)).toEqual(['vault', 'other'])
    await ask('destination.remove', { name: 'vault' })
    expect(await ask('destination.list', {})).toEqual([{ ...VAULT, name: 'other' }])
    expect(existsSync(runs)).toBe(false)
    expect((await ask('custody.list', { text: '', at: 0, count: 10 })).rows).toContainEqual(expect.objectContaining({ action: 'remove', object: 'destination vault' }))
    // Nothing is read from it: no source, no sync, no coverage.
    expect(await ask('connection.list', {})).toEqual([])
    expect(await ask('sync.start', {})).toEqual({ started: [] })
  })

  it('outlives the program, and has a name of its own', async () => {
    const folder = await workspaceWith(VAULT)
    const store = await openWritable({ folder, now: () => 0 })
    expect(destinations(store)).toEqual([VAULT])
    expect(() => keepDestination(store, VAULT)).toThrow('There is a connection named vault already')
    store.close()
  })

  it.each([
    ['http://s3.example.test/audit', 'insecure-address'],
    ['https://key:secret@s3.example.test/audit', 'insecure-address'],
    ['https://s3.example.test', 'bad-ask'],
    ['https://s3.example.test/a', 'bad-ask'],
    ['https://s3.example.test/audit/%ff', 'bad-ask'],
    ['https://s3.example.test/audit#x', 'bad-ask'],
  ])('is not kept with the address %s', async (url, code) => {
    const store = await openWritable({ folder: tempFolder(), now: () => 0 })
    expect(() => keepDestination(store, { ...VAULT, url })).toThrow(expect.objectContaining({ code }))
    store.close()
  })

  it('has the region that its host names', () => {
    expect(['https://s3.eu-central-1.amazonaws.com/a', 'https://x.r2.cloudflarestorage.com/a', 'https://minio.example.test/a'].map(regionOf)).toEqual(['eu-central-1', 'auto', 'us-east-1'])
  })
})
