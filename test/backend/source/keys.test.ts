import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { dataPath, describeWithData } from '../../data'
import { importFiles, importText, keysOf, textFile, type Read, type TestFile } from './reading'

const MTIME = Date.UTC(2026, 10, 20)

function failed(second: number, name: string): string {
  const time = `10:${String(Math.floor(second / 60)).padStart(2, '0')}:${String(second % 60).padStart(2, '0')}`
  return `Nov 18 ${time} web-1 sshd[${second}]: Failed password for ${name} from 1.2.3.4 port 22 ssh2\n`
}

function span(from: number, to: number): string {
  return Array.from({ length: to - from }, (_, i) => failed(from + i, 'root')).join('')
}

/** What identifies and orders each record, whatever files it came in. */
function marks(read: Read): string[] {
  return read.records.map(({ key, event }) => `${key} ${event.time} ${event.sequence} ${event.companion ?? ''}`)
}

describe('keys', () => {
  it('are made of kind, host, stream, and the hash of host, resolved year and exact bytes', () => {
    const line = 'Nov 18 10:00:01 web-1 sshd[1]: x'
    const hash = createHash('sha256').update(`web-1\0${2026}\0${line}`).digest('hex')
    expect(keysOf(importText(`${line}\n`))).toEqual([`sshd:web-1:auth:${hash}:1`])
  })

  it('have no year where the record has its own', () => {
    const line = '2026-11-18T10:00:01Z web-1 sshd[1]: x'
    const hash = createHash('sha256').update(`web-1\0\0${line}`).digest('hex')
    expect(keysOf(importText(line, { zone: 'UTC', year: 1999 }))).toEqual([`sshd:web-1:auth:${hash}:1`])
  })

  it('are of all bytes of a record, however long it and its host are', () => {
    const lines = [0, 1900, 1990, 1991, 1992, 1993, 2000, 5000].flatMap((length) => {
      const hosts = ['web-1', 'h'.repeat(2100)]
      return hosts.map((host) => ({ host, line: `2026-11-18T10:00:01Z ${host} sshd[1]: \u00e9${'x'.repeat(length)}` }))
    })
    const hashes = lines.map(({ host, line }) => createHash('sha256').update(`${host}\0\0${line}`).digest('hex'))
    const read = importText(lines.map(({ line }) => `${line}\n`).join(''))
    expect(read.records.map(({ digest }) => digest)).toEqual(hashes)
  })

  it('are the same when the same file is read again', () => {
    const text = span(0, 50) + failed(49, 'root').repeat(3)
    expect(keysOf(importText(text))).toEqual(keysOf(importText(text)))
    expect(new Set(keysOf(importText(text))).size).toBe(53)
  })

  it('number five equal lines of one second', () => {
    const read = importText(failed(1, 'root').repeat(5))
    expect(read.records.map(({ id }) => id.split(':')[1])).toEqual(['1', '2', '3', '4', '5'])
    expect(read.records.map(({ event }) => event.sequence)).toEqual([0, 1, 2, 3, 4])
  })

  it('count instants per stream, in file order, also when lines are out of order', () => {
    const read = importText(failed(1, 'a') + failed(2, 'b') + failed(1, 'c') + failed(2, 'd') + failed(2, 'e'))
    expect(read.records.map(({ event }) => event.sequence)).toEqual([0, 0, 1, 1, 2])
  })

  it('of an overlapping copy are the ones already there', () => {
    const five = failed(30, 'root').repeat(5)
    const whole = textFile(span(0, 30) + five + span(31, 60), 'auth.log')
    const copy = textFile(span(20, 30) + five + span(31, 40), 'copy.log')
    const both = importFiles([whole, copy])
    expect(both.streams).toEqual([[0], [1]])
    expect(new Set(keysOf(both))).toEqual(new Set(keysOf(importFiles([whole]))))
    expect(importFiles([copy, whole]).streams).toEqual([[1], [0]])
  })

  it('of an exact copy inside one second are the ones already there', () => {
    const text = failed(30, 'root').repeat(5)
    const both = importFiles([textFile(text, 'a.log'), textFile(text, 'b.log')])
    expect(both.streams).toHaveLength(2)
    expect(new Set(keysOf(both)).size).toBe(5)
  })

  it('change with the year that was given, and only with that', () => {
    const text = span(0, 3)
    const wrong = importText(text, { zone: 'UTC', year: 2024 })
    const right = importText(text, { zone: 'UTC', year: 2025 })
    expect(keysOf(wrong).some((key) => keysOf(right).includes(key))).toBe(false)
    expect(right.records.map(({ raw }) => Buffer.from(raw).toString())).toEqual(
      wrong.records.map(({ raw }) => Buffer.from(raw).toString()),
    )
    expect(keysOf(importText(text, { zone: '+05:00', year: 2025 }))).toEqual(keysOf(right))
  })
})

describe('a rotated set', () => {
  function cutAt(text: string, cuts: number[]): TestFile[] {
    const lines = text.split(/(?<=\n)/)
    const edges = [0, ...cuts, lines.length]
    const parts = edges.slice(1).map((end, i) => lines.slice(edges[i], end).join(''))
    const count = parts.length - 1
    return parts.map((part, i) => textFile(part, i === count ? 'auth.log' : `auth.log.${count - i}`, MTIME))
  }

  const five = failed(30, 'root').repeat(5)
  const text = span(0, 30) + five + span(31, 60)

  it('equals its concatenation, wherever it is cut, in whatever order its files are given', () => {
    const whole = marks(importFiles([textFile(text, 'auth.log', MTIME)]))
    for (let cut = 1; cut < 64; cut++) {
      const files = cutAt(text, [cut])
      expect(marks(importFiles(files))).toEqual(whole)
      expect(marks(importFiles(files.toReversed()))).toEqual(whole)
    }
    // Twice within one second.
    expect(marks(importFiles(cutAt(text, [31, 33]).toReversed()))).toEqual(whole)
  })

  it('keeps an attempt together whose lines are cut apart', () => {
    const attempt =
      'Nov 18 10:00:01 h sshd[5]: Invalid user bob from 1.2.3.4\n' +
      'Nov 18 10:00:03 h sshd[5]: Failed password for invalid user bob from 1.2.3.4 port 22 ssh2\n'
    const read = importFiles(cutAt(attempt, [1]).toReversed())
    expect(read.records.map(({ event }) => event.companion)).toEqual([true, undefined])
    expect(read.records[1]?.event.links).toEqual([{ key: read.records[0]?.key, relation: 'companion' }])
  })

  it('equals its concatenation over years, with a year given and without', () => {
    const months = ['Oct 25', 'Nov 30', 'Dec 31', 'Jan  1', 'Feb 28', 'Aug 10', 'Dec 24', 'Jan  3']
    const years = months.map((day) => `${day} 10:00:00 web-1 sshd[1]: x\n`).join('')
    const mtime = Date.UTC(2026, 2, 1)
    const concatenated = importFiles([textFile(years, 'auth.log', mtime)])
    const given = importFiles([textFile(years, 'auth.log', mtime)], { zone: 'UTC', year: 2003 })
    expect(given.records.map(({ event }) => new Date(event.time).getUTCFullYear())).toEqual([
      2003, 2003, 2003, 2004, 2004, 2004, 2004, 2005,
    ])
    for (const cuts of [[1], [3], [2, 4], [1, 2, 3, 4, 5, 6, 7]]) {
      // Files copied together carry one time, so that names must tell their order.
      const files = cutAt(years, cuts).map((file) => ({ ...file, mtime }))
      expect(marks(importFiles(files.toReversed()))).toEqual(marks(concatenated))
      expect(marks(importFiles(files.toReversed(), { zone: 'UTC', year: 2003 }))).toEqual(marks(given))
    }
  })

  it('is known by compressed and dated names too', () => {
    const a = 'Nov 30 10:00:00 h sshd[1]: x\n'
    const b = 'Dec  5 10:00:00 h sshd[1]: x\n'
    const names = [
      ['auth.log.10.gz', 'auth.log.2.gz'],
      ['secure-20251201', 'secure'],
      ['secure-20251201.xz', 'secure-20251208.xz'],
    ] as const
    for (const [older, newer] of names) {
      const read = importFiles([textFile(b, newer, MTIME), textFile(a, older, MTIME + 30 * 86_400_000)])
      expect(read.streams).toEqual([[1, 0]])
      expect(read.records.map(({ event }) => new Date(event.time).getUTCFullYear())).toEqual([2025, 2025])
    }
  })

  it('files with nothing readable are streams of their own', () => {
    const read = importFiles([textFile('nonsense\n', 'x'), textFile(span(0, 2)), textFile('', 'y')])
    expect(read.streams).toEqual([[1], [0], [2]])
    expect(read.rejected).toEqual([{ line: 1, reason: 'no readable time' }])
  })
})

describeWithData('keys of real files', () => {
  it.each([
    ['loghub/OpenSSH_2k.log', 2015, [700, 1400]],
    ['loghub/Linux.log', 2005, [4000, 9000, 20_000]],
  ])('%s rotated equals its concatenation', (path, year, cuts) => {
    const bytes = readFileSync(dataPath(`data/linux-auth/${path}`))
    const lines = bytes.toString('latin1').split(/(?<=\n)/)
    const edges = [0, ...cuts, lines.length]
    const files = edges.slice(1).map((end, i) => ({
      name: `log.${cuts.length - i}`,
      mtime: MTIME,
      bytes: Buffer.from(lines.slice(edges[i], end).join(''), 'latin1'),
    }))
    const options = { year, zone: 'UTC' }
    const rotated = importFiles(files, options)
    expect(rotated.streams).toHaveLength(1)
    expect(marks(rotated)).toEqual(marks(importFiles([{ name: 'log', mtime: MTIME, bytes }], options)))
  })
})
