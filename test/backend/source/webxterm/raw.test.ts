import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { auditRecord, decoded, listOf, onlyRecord, pageOf } from './rows'

function sha256(bytes: string | Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}

describe('the bytes of a record', () => {
  const ROWS = [
    '{"id":"1","timestamp":"2026-03-02T08:14:09Z","big":12345678901234567890123,"f":1.10,"e":1E400}',
    '{"timestamp":"2026-03-02T08:14:09Z","id":"2","id":"2b","action":"read","action":"delete"}',
    '{ "id" :\t"3",\r\n "timestamp" : "2026-03-02T08:14:09Z" , "t" : "\\u00e9\\/\\ud83d\\ude00é😀\\u0000" }',
    '{"z":null,"id":"4","a":{"y":1,"x":[ ]},"timestamp":"2026-03-02T08:14:09Z"}',
  ]

  it('are those of the server: big integers, repeated names, escapes, order, spaces', async () => {
    for (const stream of ['audit', 'sessions/agent-a']) {
      const name = stream === 'audit' ? 'logs' : 'sessions'
      const rows = ROWS.map((row) => (name === 'logs' ? row : row.replace('"timestamp"', '"created_at"')))
      const body = Buffer.from(`\n{"total":4,\n"${name}" : [ ${rows.join(' ,\n ')} ]}`)
      const page = decoded(await listOf(stream), body)
      expect(page.rejected).toEqual([])
      expect(page.body).toBe(body)
      expect(page.records.map(({ raw }) => Buffer.from(raw).toString())).toEqual(rows)
      for (const { raw, offset, receivedSha256 } of page.records) {
        expect(Buffer.compare(raw, body.subarray(offset, offset + raw.length))).toBe(0)
        expect(receivedSha256).toBeUndefined()
      }
      expect(page.records.map(({ id }) => id)).toEqual(['1', '2', '3', '4'])
    }
  })

  it('keep in the event what the engine\'s own reader would lose', async () => {
    const page = decoded(await listOf('audit'), pageOf(ROWS))
    expect(page.records[0]?.event.attributes).toEqual({ big: '12345678901234567890123', f: '1.10', e: '1E400' })
    expect(page.records[1]?.event).toMatchObject({ actionRaw: 'read', attributes: { 'id#2': '2b', 'action#2': 'delete' } })
  })
})

describe('a secret', () => {
  const COMMAND = 'mysql -psecret1 "é"'
  const SECRETS = [
    ['of a command that was sent', { method: 'POST', endpoint: '/api/machines/agent-a/command', request_body: { command: COMMAND, env: { A: 'secret2' } } }],
    ['of a command, as text', { method: 'POST', endpoint: '/api/machines/agent-a/command?x=1', request_body: JSON.stringify({ command: COMMAND }) }],
    ['of a choice of tenant', { endpoint: '/api/auth/select-tenant', request_body: { session_token: 'secret3', tenant_id: 't' } }],
    ['deep in a body', { request_body: { list: [{ 'API-Key': 'secret4' }], new_password: 'secret5', otp: 123456 } }],
    ['in the query of a request', { endpoint: '/api/terminal/agent-a/ws?cols=80&token=secret6&x=1' }],
  ] as const

  it.each(SECRETS)('%s is neither in the bytes nor in the event', async (_, row) => {
    const whole = { id: 'a1', timestamp: '2026-03-02T08:14:09Z', ...row }
    const before = '{"id":"b","timestamp":"2026-03-02T08:14:09Z","n":1}'
    const after = '{"id":"c","timestamp":"2026-03-02T08:14:09Z","n":2}'
    const written = JSON.stringify(whole)
    const page = decoded(await listOf('audit', 'server'), pageOf([before, written, after]))
    expect(Buffer.from(page.body).toString()).not.toMatch(/secret|123456/)
    expect(JSON.stringify(page.records.map(({ event }) => event))).not.toMatch(/secret|123456/)
    expect(page.records[1]?.receivedSha256).toBe(sha256(written))
    expect(Buffer.from(page.records[1]?.raw ?? []).toString()).toContain('«redacted»')
    // The others are where they say, as they came.
    for (const [index, row] of [[0, before], [2, after]] as const) {
      const { raw, offset, receivedSha256 } = page.records[index] ?? { raw: new Uint8Array(), offset: 0 }
      expect(Buffer.from(raw).toString()).toBe(row)
      expect(Buffer.from(page.body.subarray(offset, offset + row.length)).toString()).toBe(row)
      expect(receivedSha256).toBeUndefined()
    }
    expect(() => JSON.parse(Buffer.from(page.body).toString()) as unknown).not.toThrow()
  })

  it('of a command leaves its digest, so that it is found again in the machine\'s log', async () => {
    for (const [, row] of [SECRETS[0], SECRETS[1]]) {
      const { event } = await auditRecord(row, 'server')
      expect(event).toMatchObject({ category: 'command', action: 'execute' })
      expect(event.attributes).toMatchObject({ command_sha256: sha256(COMMAND), request_body: '«redacted»' })
      expect(event.command).toBeUndefined()
    }
  })

  it('that the server hid is left as it is', async () => {
    const record = await auditRecord({ request_body: { password: '[REDACTED]', token: '', api_key: null } }, 'server')
    expect(record.receivedSha256).toBeUndefined()
  })

  it('is not seen where a command is told as evidence', async () => {
    const { event } = await auditRecord({ action: 'command_executed', resource: 'machine:agent-a', command: 'ls', status: 'success' })
    expect(event).toMatchObject({ category: 'command', action: 'execute', command: 'ls', machine: { id: 'agent-a' } })
    expect((await auditRecord({ action: 'command_executed', details: { command: 'id' } })).event.command).toBe('id')
  })

  it('of a row that cannot be read is replaced all the same', async () => {
    const page = decoded(await listOf('audit'), pageOf(['{"request_body":{"token":"secret"}}']))
    expect(page.rejected).toHaveLength(1)
    expect(Buffer.from(page.body).toString()).not.toContain('secret')
  })
})

it('keeps the output of a command in the bytes only', async () => {
  const row = '{"id":"1","command":"ls","timestamp":"2026-03-02T08:14:09Z","output":"a\\r\\nb"}'
  const record = onlyRecord(decoded(await listOf('logs/agent-a'), pageOf([row])))
  expect(Buffer.from(record.raw).toString()).toBe(row)
  expect(JSON.stringify(record.event)).not.toContain('\\r\\n')
})
