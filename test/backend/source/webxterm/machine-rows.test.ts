import { describe, expect, it } from 'vitest'
import { decoded, listOf, onlyRecord, pageOf } from './rows'

const AT = Date.UTC(2026, 2, 2, 8, 14, 9)

async function logRecord(row: object) {
  const whole = { id: 'c1', command: 'uptime', timestamp: '2026-03-02T08:14:09Z', ...row }
  return onlyRecord(decoded(await listOf('logs/agent-a', 'server'), pageOf([JSON.stringify(whole)])))
}

async function sessionRecord(row: object) {
  const page = decoded(await listOf('sessions/agent-a'), pageOf([JSON.stringify(row)], 'sessions'))
  return onlyRecord(page)
}

describe('a row of a command log', () => {
  it('as documented becomes an event', async () => {
    const record = await logRecord({ user_id: 'u1', username: 'mira', success: true, source: 'Web Terminal', session_id: 's1' })
    expect(record).toMatchObject({ id: 'c1', instance: 'other' })
    expect(record.event).toEqual({
      time: AT,
      sequence: 0,
      timePrecision: 's',
      category: 'command',
      action: 'execute',
      actionRaw: 'command',
      outcome: 'success',
      outcomeBasis: 'reported',
      severity: 'info',
      severityBasis: 'derived',
      actor: { id: 'u1', name: 'mira', kind: 'user' },
      machine: { kind: 'machine', id: 'agent-a', name: 'db-1' },
      command: 'uptime',
      session: 's1',
      client: 'Web Terminal',
      tenant: 'other',
      repeat: 1,
      attributes: {},
    })
  })

  it('of the server dialect has its own name of the machine, and where it was typed', async () => {
    const row = { machine_name: 'old-name', username: 'mira', success: false, browser: 'Chrome 142', os_info: 'macOS', ip_address: '10.0.0.1' }
    expect((await logRecord(row)).event).toMatchObject({
      outcome: 'failure',
      machine: { id: 'agent-a', name: 'old-name' },
      userAgent: 'Chrome 142 / macOS',
      ip: '10.0.0.1',
      attributes: {},
    })
  })

  it('claims no outcome that it does not tell, and never an exit code', async () => {
    expect((await logRecord({})).event).toMatchObject({ outcome: 'unknown', outcomeBasis: 'assumed' })
    expect((await logRecord({ success: true })).event).not.toHaveProperty('exitCode')
  })

  it('keeps other fields, and the command as it was typed', async () => {
    const command = ' printf "\u001b[2J" \u202e'
    const { event } = await logRecord({ command, machine_id: 'm1', exit: { note: 'x' } })
    expect(event.command).toBe(command)
    expect(event.attributes).toEqual({ machine_id: 'm1', 'exit.note': 'x' })
  })

  it('without a command, an id or a time is rejected', async () => {
    const rows = ['{"id":"1","timestamp":"2026-03-02T08:14:09Z"}', '{"id":"1","command":"x"}', '{"command":"x","timestamp":"2026-03-02T08:14:09Z"}']
    const page = decoded(await listOf('logs/agent-a'), pageOf(rows))
    expect(page.rejected.map(({ reason }) => reason)).toEqual(['no command', 'no timestamp', 'no id'])
  })
})

describe('a row of sessions', () => {
  const DOCUMENTED = {
    session_id: 's1',
    agent_id: 'agent-a',
    machine_name: 'db-1',
    user_id: 'u1',
    username: 'mira',
    source: 'Shell CLI',
    status: 'closed',
    started_at: '2026-03-02T08:14:09Z',
    ended_at: '2026-03-02T08:15:09.5Z',
    browser: '',
    os: 'Linux',
  }

  it('as documented becomes an event', async () => {
    const record = await sessionRecord(DOCUMENTED)
    expect(record).toMatchObject({ id: 's1', instance: 'other' })
    expect(record.open).toBeUndefined()
    expect(record.event).toMatchObject({
      time: AT,
      category: 'session',
      action: 'session',
      actionRaw: 'closed',
      outcome: 'success',
      outcomeBasis: 'derived',
      session: 's1',
      durationMs: 60_500,
      machine: { kind: 'machine', id: 'agent-a', name: 'db-1' },
      client: 'Shell CLI',
      userAgent: 'Linux',
      attributes: { agent_id: 'agent-a', ended_at: '2026-03-02T08:15:09.5Z' },
    })
  })

  it('of the server dialect goes by its session\'s id', async () => {
    const row = {
      id: '66aa',
      session_id: 's2',
      machine_id: 'm1',
      os_info: 'macOS',
      browser: 'Chrome 142',
      status: 'active',
      command_count: 3,
      created_at: '2026-03-02T08:14:09.001Z',
      closed_at: '0001-01-01T00:00:00Z',
      tenant_id: 'acme',
    }
    const record = await sessionRecord(row)
    expect(record).toMatchObject({ id: 's2', instance: 'acme', open: true })
    expect(record.event).toMatchObject({ time: AT + 1, userAgent: 'Chrome 142 / macOS', attributes: { id: '66aa', command_count: '3' } })
    expect(record.event.durationMs).toBeUndefined()
    expect((await sessionRecord({ id: 'only', created_at: '2026-03-02T08:14:09Z' })).id).toBe('only')
  })

  it('is open until it says that it is closed', async () => {
    const open = async (status?: string) => (await sessionRecord({ ...DOCUMENTED, status })).open
    expect([await open('closed'), await open('CLOSED'), await open('active'), await open(), await open('idle')]).toEqual([
      undefined,
      undefined,
      true,
      true,
      true,
    ])
  })
})
