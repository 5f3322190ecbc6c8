import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { ALL, filesWith, reopened, writable } from '../store/a-store'
import { Random } from '../random'
import { tempFolder } from '../temp-folder'
import { imported, sshdLines, writeLogs } from './an-import'

const AT = 'Nov 20 00:10:00 web-1 sshd[77]:'
const failed = (user: string | Buffer) =>
  Buffer.concat([Buffer.from(`${AT} Failed password for `), Buffer.from(user), Buffer.from(' from 192.0.2.1 port 22 ssh2')])

/** A log that somebody wrote who may write anything: each line ends as the next in turn of LF and CR LF. */
function hostileLog(): Buffer {
  const random = new Random(12)
  const users: (string | Buffer)[] = [
    'a\0b', Buffer.from([0xff, 0xfe, 0xc0, 0xaf, 0xed, 0xa0, 0x80]), '\x1b[31mroot\x1b[0m\x1b]0;x\x07', '\u202egnp.exe\u2066', '', ' ', 'x from 10.0.0.1 port 1',
    '__proto__', '=cmd|calc', 'ü'.repeat(3000), 'a\rb', '\ufeff', '\u2028', Buffer.from(random.bytes(5000).map((byte) => (byte === 10 ? 11 : byte))),
    Buffer.alloc(1_048_576, 'A'), Buffer.alloc(1_100_000, 0xfe), Buffer.alloc(700_000),
  ]
  const lines = users.flatMap((user, i) => [failed(user), Buffer.from(sshdLines(700 + i, 1)[0] ?? '')])
  const odd = [Buffer.from('\0\0\0'), Buffer.from([0x80]), Buffer.from(`${AT} `), Buffer.from('Nov 31 99:99:99 web-1 sshd[1]: x'), Buffer.alloc(0), Buffer.alloc(0)]
  return Buffer.concat([...lines, ...odd, failed('the last, without an end')].flatMap((line, i) => [Buffer.from(i === 0 ? '' : i % 2 ? '\n' : '\r\n'), line]))
}

test.each(['auth.log', 'auth.log.gz'])('whatever bytes %s has, each record is exactly those of its place in it', async (name) => {
  const bytes = hostileLog()
  const [folder, logs] = [tempFolder(), tempFolder()]
  writeLogs(logs, { [name]: bytes })
  const store = await writable(folder)
  const [summary] = await imported({ store, items: [join(logs, name)] })
  expect(summary?.events).toBeGreaterThan(30)

  const again = await reopened(store, folder)
  const records = again.records(ALL, 0, 1000)
  expect(records).toHaveLength(summary?.events ?? 0)
  const ends = new Set([...bytes].flatMap((byte, at) => (byte === 10 ? [at] : [])))
  for (const { raw, offset, event } of records) {
    expect(bytes.subarray(offset, offset + raw.length).equals(Buffer.from(raw))).toBe(true)
    // Whole lines, without what ends them.
    expect(offset === 0 || ends.has(offset - 1)).toBe(true)
    const end = offset + raw.length
    expect(end === bytes.length || ends.has(end) || (bytes[end] === 13 && ends.has(end + 1))).toBe(true)
    // The key is that of the bytes: host, year, bytes (see the design of keys).
    const digest = createHash('sha256').update('web-1\u00002026\0').update(raw).digest('hex')
    expect(event.key).toBe(`sshd:web-1:auth:${digest}:1`)
  }
  const places = records.map(({ offset }) => offset)
  expect(new Set(places).size).toBe(places.length)
  expect(records.filter(({ raw }) => raw.length > 1_000_000)).toHaveLength(2)

  expect(await imported({ store: again, items: [join(logs, name)] })).toMatchObject([{ events: 0, duplicates: records.length }])
  await again.remove(name, true)
  expect(filesWith(folder, 'gnp.exe')).toEqual([])
})
