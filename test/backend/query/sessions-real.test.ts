import { readFileSync } from 'node:fs'
import { describe, expect, onTestFinished, test } from 'vitest'
import { Sessions } from '../../../src/backend/query'
import type { Ask, SessionRow } from '../../../src/contract'
import { dataPath, describeWithData } from '../../data'
import { aBackend, aSample, connectedByToken, synced } from '../a-server-backend'
import { imported } from '../sync/an-import'
import { writable } from '../store/a-store'
import { tempFolder } from '../temp-folder'

const ALL: Ask<'session.list'> = { mine: false, text: '', user: null, machine: null, range: null, recorded: false, at: 0, count: 1000 }

describeWithData('sessions of real logs', () => {
  const sessionsOf = async (file: string) => {
    const store = await writable(tempFolder())
    await imported({ store, items: [dataPath(`data/linux-auth/loghub/${file}`)] })
    const sessions = new Sessions(store)
    return { sessions, ...(await sessions.list(ALL)) }
  }
  const lines = (file: string, words: RegExp) => readFileSync(dataPath(`data/linux-auth/loghub/${file}`), 'latin1').split('\n').filter((line) => words.test(line))

  test('are as many as sshd says it opened, each with its end', async () => {
    const { rows, total } = await sessionsOf('Linux.log')
    expect(total).toBe(lines('Linux.log', /sshd.*session opened for/).length)
    expect(rows.filter(({ state }) => state === 'ended')).toHaveLength(lines('Linux.log', /sshd.*session closed for/).length)
    expect(rows.every(({ from, to }) => from !== null && (to === null || to >= from))).toBe(true)
  })

  test('have the sign-in and all that their process said, failed tries of the same pid at other times not', async () => {
    const { sessions, rows } = await sessionsOf('OpenSSH_2k.log')
    expect(rows.map(({ session, user, ip, state }) => ({ session, user, ip, state }))).toEqual([{ session: 'sshd[24680]', user: 'fztu', ip: '119.137.62.142', state: 'ended' }])
    const { rows: events } = await sessions.detail(rows[0]?.id ?? '')
    expect(events.map(({ lead }) => lead).join('; ')).toMatch(/Accepted password.*session opened.*session closed/)
  })
})

describe('sessions of a synced server', () => {
  const key = ({ session, events, commands, failures }: SessionRow) => JSON.stringify([session, events, commands, failures])

  test('agree with a count over the timeline, and come over the contract', async () => {
    const sample = await aSample({ events: 2000 })
    const served = await aBackend()
    onTestFinished(() => sample.close())
    const { name } = await connectedByToken(served, sample, { name: 'fern' })
    await synced(served, name)
    const { rows, total } = await served.ask('session.list', ALL)
    expect(total).toBeGreaterThan(30)
    const known = new Map<string, SessionRow>(rows.map((row) => [row.session, row]))
    for (const row of rows) {
      const count = async (more: string) => (await served.ask('timeline.count', { view: { query: `session:${row.session} ${more}`, range: null, order: 'asc' } })).rows
      const events = await count('')
      expect(key(row)).toBe(key({ ...row, events, commands: await count('category:command'), failures: await count('outcome:failure') }))
    }
    expect(known.size).toBe(total)
    const detail = await served.ask('session.detail', { id: rows[0]?.id ?? '' })
    expect(detail.total).toBe(rows[0]?.events)
  })
})
