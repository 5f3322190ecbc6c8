import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { dataPath, describeWithData } from '../../data'
import { failures, importFiles, sshd, weight, type Read } from './reading'

function importData(path: string, year: number): Read {
  const bytes = readFileSync(dataPath(`data/linux-auth/${path}`))
  return importFiles([{ name: path, mtime: Date.UTC(2016, 5, 1), bytes }], { year, zone: 'UTC' }, [65_536])
}

function figures(read: Read) {
  const failed = failures(read)
  const sources = new Set(failed.map(({ event }) => event.ip?.toLowerCase()))
  const users = new Set(failed.map(({ event }) => event.actor?.name?.toLowerCase()))
  sources.delete(undefined)
  users.delete(undefined)
  const worked = read.records.filter(({ event }) => event.action === 'login' && event.outcome === 'success')
  return {
    rows: failed.length,
    attempts: weight(failed),
    sources: sources.size,
    users: users.size,
    successes: worked.length,
    companions: read.records.filter(({ event }) => event.companion).length,
    rejected: read.rejected.length,
    skipped: read.skipped,
  }
}

type Expected = {
  records: number
  first: string
  last: string
  failed_login_events: number
  failed_login_attempts: number
  successful_logins: number
  distinct_failing_sources: number
  distinct_targeted_users: number
}

function expected(set: string): Expected {
  const all = JSON.parse(readFileSync(dataPath('data/EXPECTED.json'), 'utf8')) as { sets: Record<string, Expected> }
  const found = all.sets[`linux-auth/${set}`]
  if (found === undefined) throw new Error(`no truth for ${set}`)
  return found
}

describeWithData('truth of real files', () => {
  it('counts the attempts on a server with passwords (OpenSSH_2k)', () => {
    const read = importData('loghub/OpenSSH_2k.log', 2015)
    const truth = expected('openssh2k')
    expect(figures(read)).toEqual({
      rows: truth.failed_login_events,
      attempts: truth.failed_login_attempts,
      sources: truth.distinct_failing_sources,
      users: truth.distinct_targeted_users,
      successes: truth.successful_logins,
      companions: 617,
      rejected: 0,
      skipped: 0,
    })
    expect(read.records).toHaveLength(truth.records)
    const times = read.records.map(({ event }) => event.time)
    expect(new Date(Math.min(...times)).toISOString()).toBe('2015-12-10T06:55:46.000Z')
    expect(new Date(Math.max(...times)).toISOString()).toBe('2015-12-10T11:04:45.000Z')
  })

  it('counts the attempts on a host that logs only through pam_unix (Linux)', () => {
    const read = importData('loghub/Linux.log', 2005)
    const truth = expected('loghub_linux')
    const found = figures(read)
    expect(found.rows).toBe(truth.failed_login_events)
    expect(found.attempts).toBe(truth.failed_login_attempts)
    expect(found.sources).toBe(truth.distinct_failing_sources)
    expect(found.users).toBe(truth.distinct_targeted_users)
    expect(found.successes).toBe(truth.successful_logins)
    expect(found.companions).toBe(0)
    expect(found.rejected).toBe(0)
    expect(read.records.length + read.skipped).toBe(truth.records)
    expect(failures(read).every(({ event }) => event.outcomeBasis === 'reported')).toBe(true)
    expect(new Date(read.records.at(-1)?.event.time ?? 0).toISOString()).toBe('2006-02-28T04:48:54.000Z')
  })

  it.each([
    ['loghub/OpenSSH_2k.log', 'openssh2k', 2015],
    ['loghub/Linux.log', 'loghub_linux', 2005],
    ['secrepo-part/auth.log', 'secrepo', 2014],
  ])('surveys the range of %s', (path, set, year) => {
    const bytes = readFileSync(dataPath(`data/linux-auth/${path}`))
    expect(sshd().recognises(bytes.subarray(0, 65_536))).toBe(true)
    const survey = sshd().survey({ name: path, mtime: Date.UTC(2016, 5, 1) }, { year, zone: 'UTC' })
    survey.push(bytes)
    const surveyed = survey.end()
    expect(new Date(surveyed.first ?? 0).toISOString()).toBe(expected(set).first.replace('Z', '.000Z'))
    expect(new Date(surveyed.last ?? 0).toISOString()).toBe(expected(set).last.replace('Z', '.000Z'))
    expect(surveyed.yearAssumed).toBe(true)
  })

  it('counts names asked for on a server that takes only keys (secrepo)', () => {
    const read = importData('secrepo-part/auth.log', 2014)
    const truth = expected('secrepo')
    const failed = failures(read)
    expect(failed).toHaveLength(truth.failed_login_events)
    expect(weight(failed)).toBe(truth.failed_login_attempts)
    expect(failed.every(({ event }) => event.outcomeBasis === 'derived')).toBe(true)
    expect(read.records).toHaveLength(truth.records)
    // Its last line is cut inside the time.
    expect(read.rejected).toEqual([{ line: 10_567, reason: 'no readable time' }])
  })

  it('reads every message sshd 9.2 wrote, given a header', () => {
    const text = readFileSync(dataPath('data/captured/sshd-9.2-captured.log'), 'utf8')
    const pids = [1, 2, 2, 2, 3, 3, 4, 5, 5, 5, 5, 6, 6, 6, 6, 1]
    const messages = text.split('\n').filter((one) => one !== '')
    expect(messages).toHaveLength(pids.length)
    const lines = messages.map((message, i) => `2026-11-20T15:55:09.000001Z h sshd-session[${pids[i]}]: ${message}\n`)
    const read = importFiles([{ name: 'a', mtime: 0, bytes: Buffer.from(lines.join('')) }])
    const told = read.records.map(({ event }) => {
      return `${event.action} ${event.outcome}${event.companion ? ' companion' : ''}`
    })
    expect(told).toEqual([
      'service_start unknown',
      'login success',
      'disconnect unknown',
      'disconnect unknown',
      'login failure',
      'login failure companion',
      'login failure',
      'login failure',
      'login failure',
      'login_limit failure',
      'login_limit failure',
      'login failure companion',
      'other unknown',
      'login failure',
      'login failure companion',
      'service_stop unknown',
    ])
  })
})
