import { describe, expect, it } from 'vitest'
import { importText, onlyEvent, sshd } from './reading'

const FAILED = 'Failed password for root from 1.2.3.4 port 22 ssh2'

describe('headers of lines', () => {
  it.each([
    [`Nov  9 05:06:07 h sshd[12]: ${FAILED}`, '2026-11-09T05:06:07.000Z', 's', true],
    [`Nov 09 05:06:07 h sshd[12]: ${FAILED}`, '2026-11-09T05:06:07.000Z', 's', true],
    [`<38>Nov  9 05:06:07 h sshd[12]: ${FAILED}`, '2026-11-09T05:06:07.000Z', 's', true],
    [`2015 Dec 10 05:06:07 h sshd[12]: ${FAILED}`, '2015-12-10T05:06:07.000Z', 's', true],
    [`Dec 10 2015 05:06:07 h sshd[12]: ${FAILED}`, '2015-12-10T05:06:07.000Z', 's', true],
    [`2026-11-20T15:55:09.123456+02:00 h sshd[12]: ${FAILED}`, '2026-11-20T13:55:09.123Z', 'us', undefined],
    [`2026-11-20T15:55:09.1239-0530 h sshd[12]: ${FAILED}`, '2026-11-20T21:25:09.123Z', 'us', undefined],
    [`2026-11-20T15:55:09.120Z h sshd[12]: ${FAILED}`, '2026-11-20T15:55:09.120Z', 'ms', undefined],
    [`2026-11-20T15:55:09Z h sshd[12]: ${FAILED}`, '2026-11-20T15:55:09.000Z', 's', undefined],
    [`2026-11-20T15:55:09 h sshd[12]: ${FAILED}`, '2026-11-20T15:55:09.000Z', 's', true],
    [`<34>1 2026-11-20T15:55:09.003Z h sshd 12 ID47 - ${FAILED}`, '2026-11-20T15:55:09.003Z', 'ms', undefined],
    [`<34>1 2026-11-20T15:55:09.003Z h sshd 12 - - \ufeff${FAILED}`, '2026-11-20T15:55:09.003Z', 'ms', undefined],
    [
      `<34>1 2026-11-20T15:55:09.003Z h sshd 12 - [a@1 b="x \\" \\] ]"][c d="e f"] ${FAILED}`,
      '2026-11-20T15:55:09.003Z',
      'ms',
      undefined,
    ],
  ])('%s', (...row) => {
    const [text, time, precision, zoneAssumed] = row
    const event = onlyEvent(text)
    expect(new Date(event.time).toISOString()).toBe(time)
    expect(event).toMatchObject({
      timePrecision: precision,
      action: 'login',
      outcome: 'failure',
      machine: { name: 'h' },
      attributes: { program: 'sshd', pid: '12', message: FAILED },
    })
    expect(event.zoneAssumed).toBe(zoneAssumed)
  })

  it.each(['sshd', 'sshd-session', 'sshd-auth'])('reads %s', (program) => {
    expect(onlyEvent(`Nov 20 15:55:09 h ${program}[1]: ${FAILED}`)).toMatchObject({ action: 'login' })
  })

  it('tells tags apart that end alike', () => {
    const tags = ['sshd', 'su', 'sudo', 'xsudo', 'ysudo', 'crond', 'srond', 'u', 'sshd-auth', 'xsshd-auth']
    const lines = Array.from({ length: 4 }, () => tags).flat().map((tag) => `Nov 20 15:55:09 h ${tag}[1]: session opened for user x`)
    const read = importText(`${lines.join('\n')}\n`)
    const known = ['sshd', 'su', 'sudo', 'crond', 'sshd-auth']
    expect(read.records.map(({ event }) => event.attributes['program'])).toEqual([...known, ...known, ...known, ...known])
    expect(read.skipped).toBe(20)
  })

  it('a tag may have no process id', () => {
    const event = onlyEvent(`Nov 20 15:55:09 h sshd: ${FAILED}`)
    expect(event.action).toBe('login')
    expect(event.attributes).not.toHaveProperty('pid')
  })

  it.each([
    ['Dec  2 13:14:2', 'no readable time'],
    ['something else', 'no readable time'],
    ['Nov 20 25:00:00 h sshd[1]: x', 'no readable time'],
    ['2026-13-20T15:55:09Z h sshd[1]: x', 'no readable time'],
    ['2026-11-20T15:55:09+99:00 h sshd[1]: x', 'no readable time'],
    ['<34>1 - h sshd 12 - - x', 'no readable time'],
    ['Nov 20 15:55:09', 'no host'],
    ['Nov 20 15:55:09 sshd[1]: Server listening', 'no host'],
    ['Nov 20 15:55:09 web-1', 'no program'],
    ['Nov 20 15:55:09 web-1 ', 'no program'],
    ['<34>1 2026-11-20T15:55:09Z h sshd 12', 'no program'],
  ])('rejects %j: %s', (text, reason) => {
    const read = importText(`\n${text}\n`)
    expect(read.rejected).toEqual([{ line: 2, reason }])
    expect(read.records).toHaveLength(0)
  })

  it('skips lines of other programs, and does not count empty ones', () => {
    const read = importText(
      '\nNov 20 15:55:09 h kernel: [1.0] x\n\r\nNov 20 15:55:09 h CRON[5]: (root) CMD (x)\n' +
        'Nov 20 15:55:09 h syslogd 1.4.1: restart.\nNov 20 15:55:09 h -- root[1]: ROOT LOGIN ON tty2\n' +
        'Nov 20 15:55:09 h exiting on signal 15\n',
    )
    expect(read).toMatchObject({ skipped: 5, rejected: [], records: [] })
  })
})

describe('zones', () => {
  const at = (zone: string, time: string): string =>
    new Date(onlyEvent(`2026 ${time} h sshd[1]: x`, { zone }).time).toISOString().slice(0, 19)

  it.each([
    ['UTC', 'Jul  1 12:00:00', '2026-07-01T12:00:00'],
    ['+02:00', 'Jul  1 12:00:00', '2026-07-01T10:00:00'],
    ['-0330', 'Jul  1 12:00:00', '2026-07-01T15:30:00'],
    ['Europe/Berlin', 'Jul  1 12:00:00', '2026-07-01T10:00:00'],
    ['Europe/Berlin', 'Jan  1 12:00:00', '2026-01-01T11:00:00'],
    ['Asia/Kathmandu', 'Jan  1 12:00:00', '2026-01-01T06:15:00'],
    // Clocks go forward at 02:00 on 29 March and back at 03:00 on 25 October.
    ['Europe/Berlin', 'Mar 29 01:59:59', '2026-03-29T00:59:59'],
    ['Europe/Berlin', 'Mar 29 02:30:00', '2026-03-29T01:30:00'],
    ['Europe/Berlin', 'Mar 29 03:00:00', '2026-03-29T01:00:00'],
    ['Europe/Berlin', 'Oct 25 01:59:59', '2026-10-24T23:59:59'],
    ['Europe/Berlin', 'Oct 25 02:30:00', '2026-10-25T00:30:00'],
    ['Europe/Berlin', 'Oct 25 03:00:00', '2026-10-25T02:00:00'],
  ])('%s %s', (zone, time, expected) => {
    expect(at(zone, time)).toBe(expected)
  })

  it('a zone that does not exist is an error', () => {
    expect(() => at('Mars/Olympus', 'Jan  1 12:00:00')).toThrow(RangeError)
  })

  it('does not touch times that name theirs', () => {
    const event = onlyEvent('2026-07-01T12:00:00+02:00 h sshd[1]: x', { zone: 'Asia/Tokyo' })
    expect(new Date(event.time).toISOString()).toBe('2026-07-01T10:00:00.000Z')
    expect(event.zoneAssumed).toBeUndefined()
  })
})

describe('recognition', () => {
  const recognises = (text: string): boolean => sshd().recognises(Buffer.from(text))

  it('knows syslog by its headers', () => {
    expect(recognises(`Nov 20 15:55:09 h sshd[1]: ${FAILED}\n`)).toBe(true)
    expect(recognises('Nov 20 15:55:09 h kernel: x')).toBe(true)
    expect(recognises(`2026-11-20T15:55:09Z h sshd[1]: x\n2026-11-20T15:5`)).toBe(true)
  })

  it('leaves other files to others', () => {
    for (const text of ['', '\n', '{"accept":{}}\n', 'time,user,action\n2026-11-20T15:55:09Z,a,b\n', '\0\x01\x02']) {
      expect([text, recognises(text)]).toEqual([text, false])
    }
  })
})
