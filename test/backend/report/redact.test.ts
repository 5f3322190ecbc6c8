import { describe, expect, test } from 'vitest'
import { commitmentOf, fieldSalt, FORMATS, Redactor, withoutSecrets } from '../../../src/backend/report'
import type { StoredRecord } from '../../../src/backend/store'
import { EXPORT_MASKS, type ExportMask } from '../../../src/contract'
import type { AuditEvent } from '../../../src/domain'
import { add, ALL, record, writable } from '../store/a-store'
import { tempFolder } from '../temp-folder'
import { hostileRecords } from './hostile-events'

const SALT = Buffer.alloc(32, 7)

async function held(fields: Partial<AuditEvent>, raw = 'the raw record'): Promise<StoredRecord> {
  const store = await writable(tempFolder())
  add(store, [record('x', fields, raw)])
  const [one] = store.records(ALL, 0, 1)
  if (!one) throw new Error('none')
  return one
}

async function masked(fields: Partial<AuditEvent>, ...masks: ExportMask[]): Promise<AuditEvent> {
  return new Redactor(masks, SALT).mask(await held(fields)).record.event
}

describe('a mask', () => {
  test('puts a pseudonym in the place of a value, the same one wherever that value stands', async () => {
    const redactor = new Redactor(['user', 'ip'], SALT)
    const one = redactor.mask(await held({ actor: { name: 'ana', id: '17', email: 'ana@a.example' }, ip: '10.0.0.1', reason: 'ana (10.0.0.1) failed', approver: 'bob', attributes: { message: 'for ana from 10.0.0.1 port 22' } })).record.event
    expect(one).toMatchObject({ approver: '«user-1»', actor: { id: '«user-2»', name: '«user-3»', email: '«user-4»' }, ip: '«ip-1»', reason: '«user-3» («ip-1») failed', attributes: { message: 'for «user-3» from «ip-1» port 22' } })
    const other = redactor.mask(await held({ actor: { name: 'ana' }, ip: '10.0.0.2', onBehalf: 'root' })).record.event
    expect(other).toMatchObject({ actor: { name: '«user-3»' }, ip: '«ip-2»', onBehalf: '«user-5»' })
  })

  test('of addresses finds those in texts as well, and takes no time of day for one', async () => {
    const event = await masked({ reason: 'from 2001:db8::7, 192.0.2.1:22 and 10.0.0.300 at 10:00:00.', command: 'ping ::1' }, 'ip')
    expect(event).toMatchObject({ reason: 'from «ip-1», «ip-2»:22 and 10.0.0.300 at 10:00:00.', command: 'ping «ip-3»' })
  })

  test('of people takes e-mail addresses out of texts', async () => {
    expect(await masked({ justification: 'asked by eve@b.example.' }, 'user')).toMatchObject({ justification: 'asked by «user-1».' })
  })

  test.each(EXPORT_MASKS)('%s leaves no byte, no hash and no key of the record', async (mask) => {
    const one = await held({ command: 'ls' }, 'Failed password for ana')
    const { record: left } = new Redactor([mask], SALT).mask(one)
    expect([Buffer.from(left.raw).toString(), left.rawSha256]).toEqual(['«redacted»', '«redacted»'])
    expect(left.event.key).toMatch(/^«event-[0-9a-f]{16}»$/)
    expect(one.event.command).toBe('ls')
  })

  test('leaves nothing of what it masks in any format', async () => {
    const fields: Partial<AuditEvent> = {
      actor: { name: 'zz-actor', id: 'zz-id', email: 'zz@zz.example' },
      onBehalf: 'zz-behalf',
      target: { kind: 'group', name: 'zz-target', id: 'zz-target-id' },
      machine: { name: 'zz-machine', id: 'zz-machine-id' },
      session: 'zz-session',
      approval: 'zz-approval',
      ip: '203.0.113.77',
      userAgent: 'zz-agent',
      client: 'zz-client',
      tenant: 'zz-tenant',
      project: 'zz-project',
      command: 'zz-command --password zz-secret',
      approver: 'zz-approver',
      justification: 'zz-why',
      scope: 'zz-scope',
      reason: 'zz-reason',
      file: { name: 'zz-file' },
      changes: [{ field: 'role', old: 'zz-old', new: 'zz-new' }],
      attributes: { message: 'zz-message' },
    }
    const one = await held(fields, 'zz-raw')
    const left = new Redactor(EXPORT_MASKS, SALT).mask({ ...one, origin: { ...one.origin, connection: 'zz-connection' } }).record
    for (const { line } of Object.values(FORMATS)) {
      const text = line(left, { version: '1' })
      expect(text).not.toMatch(/zz-|zz@|203\.0\.113\.77/)
      expect(text).not.toContain(one.rawSha256)
    }
  })
})

describe('a mask of a row', () => {
  const KINDS = { id: 'key', state: 'plain', user: 'user', 'seen.*.ip': 'ip', who: 'who', note: 'text' } as const
  const ROW = { id: 'k1', at: 5, state: 'ana', user: 'ana', seen: [{ ip: '10.0.0.1' }, { ip: '10.0.0.2' }], who: 'ana, 10.0.0.1', note: 'ana asked', query: 'user:bob' }

  test('takes keys, names of any kind, and whole texts that nothing is known of', () => {
    const { row, originals } = new Redactor(['user'], SALT).maskRow(ROW, KINDS)
    expect(row).toEqual({ ...ROW, id: expect.stringMatching(/^«event-[0-9a-f]{16}»$/), user: '«user-1»', who: '«who-1»', note: '«user-1» asked', query: '«redacted»' })
    expect(originals.map(([path]) => path).toSorted()).toEqual(['id', 'note', 'query', 'user', 'who'])
    expect(new Redactor(['ip'], SALT).maskRow(ROW, KINDS)).toMatchObject({ row: { seen: [{ ip: '«ip-1»' }, { ip: '«ip-2»' }], user: 'ana' }, originals: expect.arrayContaining([['seen.1.ip', '10.0.0.2']]) })
  })

  test('of secrets alone leaves what is none', () => {
    const { row } = new Redactor(['secrets'], SALT).maskRow({ ...ROW, query: 'password=hunter2' }, KINDS)
    expect(row).toMatchObject({ state: 'ana', user: 'ana', who: 'ana, 10.0.0.1', query: 'password=«redacted»' })
  })
})

describe('a commitment', () => {
  test('is of every field that changed, and of nothing else', async () => {
    const redactor = new Redactor(EXPORT_MASKS, SALT)
    for (const [at, one] of (await hostileRecords()).entries()) {
      const result = redactor.mask(one)
      const commitments = redactor.commitments(result, at + 1)
      expect(Object.keys(commitments).toSorted()).toEqual(result.originals.map(([path]) => path).toSorted())
      for (const [path, value] of result.originals) expect(commitments[path]).toBe(commitmentOf(fieldSalt(SALT, at + 1, path), value))
      expect(commitments['raw']).toBeDefined()
      if (one.event.command !== undefined) expect(result.originals).toContainEqual(['command', one.event.command])
    }
  })

  test('is another one in another row, so that no guess is shared', () => {
    expect(commitmentOf(fieldSalt(SALT, 1, 'ip'), '10.0.0.1')).not.toBe(commitmentOf(fieldSalt(SALT, 2, 'ip'), '10.0.0.1'))
  })
})

describe('secrets in texts', () => {
  test.each([
    ['export AWS_KEY=AKIAIOSFODNN7EXAMPLE', 'export AWS_KEY=«redacted»'],
    ['aws configure set aws_secret_access_key wJalrXUtnFEMI/K7MDENG', 'aws configure set aws_secret_access_key «redacted»'],
    ['AWS_SECRET_ACCESS_KEY=wJalrXUtnFEMI/K7MDENG env', 'AWS_SECRET_ACCESS_KEY=«redacted» env'],
    ['curl -H "Authorization: Bearer abc.def-123456"', 'curl -H "Authorization: Bearer «redacted»"'],
    ['t=eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl;', 't=«redacted»;'],
    ['-----BEGIN RSA PRIVATE KEY-----\nMIIE\n-----END RSA PRIVATE KEY-----\nrest', '«redacted»\nrest'],
    ['-----BEGIN PRIVATE KEY-----\ncut off', '«redacted»'],
    ['mysql -u root -phunter2 db', 'mysql -u root -p«redacted» db'],
    ['psql "password=hunter2 host=db"', 'psql "password=«redacted» host=db"'],
    ['login --password hunter2 --user x', 'login --password «redacted» --user x'],
    ['{"token": "abc", "n": 1}', '{"token": «redacted», "n": 1}'],
    ['git clone https://ana:hunter2@git.example/x', 'git clone https://ana:«redacted»@git.example/x'],
    ['ghp_0123456789abcdefghijABCDEFGHIJ012345', '«redacted»'],
    ['passwd root', 'passwd root'],
    ['ssh -p 22 host', 'ssh -p 22 host'],
  ])('%j becomes %j', (text, left) => {
    expect(withoutSecrets(text)).toBe(left)
  })

  test('of a long hostile text are looked for in a time that grows with its length alone', () => {
    for (const piece of ['-----BEGIN PRIVATE KEY-----', 'password=', 'a://', 'mysql ', 'eyJaaaaaaaa.', 'secret', 'Bearer ', '--token ']) {
      // A pattern that goes back and forth would not end within the time of a test.
      expect(withoutSecrets(piece.repeat(20_000)).length).toBeGreaterThan(0)
    }
  })
})
