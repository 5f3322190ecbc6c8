import { describe, expect, it } from 'vitest'
import { importFiles, importText, textFile, UTC, type Read } from './reading'

const HEADER = 'Nov 20 15:55:09 h sshd[1]: '

function plain(read: Read): unknown {
  const records = read.records.map((record) => ({ ...record, raw: Buffer.from(record.raw).toString('hex') }))
  return { ...read, records }
}

describe('bytes', () => {
  const small = Buffer.concat([
    Buffer.from(`${HEADER}Invalid user юзер from 1.2.3.4\r\n\r\n`),
    Buffer.from(`${HEADER}Failed password for invalid user юзер from 1.2.3.4 port 22 ssh2\r\n\n`),
    Buffer.from('junk\n'),
    Buffer.from([...Buffer.from(`${HEADER}odd \x1b[31m\0`), 0xff, 0xfe, 13, 13, 10]),
    Buffer.from(`Nov 20 15:55:10 h kernel: x\n${HEADER}last`),
  ])
  const file = { ...textFile(''), bytes: small }

  it('are the same records however the file is cut into chunks', () => {
    const whole = plain(importFiles([file]))
    for (let cut = 1; cut < small.length; cut++) {
      expect(plain(importFiles([file], UTC, [cut, small.length]))).toEqual(whole)
    }
    for (const size of [1, 2, 3, 7]) expect(plain(importFiles([file], UTC, [size]))).toEqual(whole)
  })

  it('are kept exactly, at their place, without the terminator', () => {
    const { records, rejected } = importFiles([file])
    expect(records).toHaveLength(4)
    for (const { raw, offset } of records) {
      expect(Buffer.from(raw).equals(small.subarray(offset, offset + raw.length))).toBe(true)
      expect(offset === 0 || small[offset - 1] === 10).toBe(true)
    }
    const ends = records.map(({ raw, offset }) => [...small.subarray(offset + raw.length, offset + raw.length + 2)])
    // Of two carriage returns only the one before the line feed ends the line.
    expect(ends).toEqual([[13, 10], [13, 10], [13, 10], []])
    expect(records[2]?.raw.at(-1)).toBe(13)
    expect(rejected).toEqual([{ line: 5, reason: 'no readable time' }])
  })

  it('that are no UTF-8 become U+FFFD in text only', () => {
    const record = importFiles([file]).records[2]
    expect(record?.event.attributes['message']).toBe('odd \x1b[31m\0\ufffd\ufffd\r')
    expect([...(record?.raw ?? [])].slice(-3)).toEqual([0xff, 0xfe, 13])
  })

  it('of a line without terminator count', () => {
    const line = `${HEADER}Failed password for root from 1.2.3.4 port 22 ssh2`
    const [open, closed] = [importText(line), importText(`${line}\n`)]
    expect(open.records).toEqual(closed.records)
    expect(importText(`${line}\r\n`).records[0]?.key).toBe(open.records[0]?.key)
  })

  it('of a line of a megabyte are read in any chunks', () => {
    const name = ' from x'.repeat(150_000)
    const line = `${HEADER}Failed password for invalid user ${name} from 1.2.3.4 port 22 ssh2`
    const long = { ...textFile(`${line}\n${HEADER}next\n`) }
    for (const sizes of [[], [65_536], [1000]]) {
      const { records } = importFiles([long], UTC, sizes)
      expect(records).toHaveLength(2)
      expect(records[0]?.raw).toHaveLength(line.length)
      expect(records[0]?.event.actor?.name).toBe(name)
      expect(records[0]?.event.ip).toBe('1.2.3.4')
    }
  })

  it.each([
    ['Failed password for ' + ' from 1.2.3.4'.repeat(80_000)],
    ['reverse mapping POSSIBLE BREAK-IN ATTEMPT ' + '['.repeat(900_000)],
    [`pam_unix(x:auth): authentication failure; logname=${' uid= euid= tty= ruser= rhost='.repeat(30_000)}\x01 `],
    ['Disconnecting' + ' port 1'.repeat(120_000)],
    ['User ' + ' from x'.repeat(120_000)],
    ['Starting session: ' + ' for '.repeat(180_000)],
    ['message repeated 5 times: [ '.repeat(30_000)],
    [' '.repeat(900_000)],
  ])('that are hostile cost no more than their length (%#)', (message) => {
    for (const program of ['sshd', 'sudo', 'su', 'useradd', 'login', 'systemd-logind', 'polkitd', 'CRON']) {
      const started = performance.now()
      importText(`Nov 20 15:55:09 h ${program}[1]: ${message}\n`)
      expect([program, performance.now() - started < 1500]).toEqual([program, true])
    }
  })
})
