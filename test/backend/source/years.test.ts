import { describe, expect, it } from 'vitest'
import { importFiles, importText, sshd, textFile, UTC } from './reading'

function days(...written: string[]): string {
  return written.map((day) => `${day} 10:00:00 h sshd[1]: x\n`).join('')
}

function dates(text: string, options = UTC, mtime = Date.UTC(2026, 1, 10)): string[] {
  const read = importFiles([textFile(text, 'auth.log', mtime)], options)
  return read.records.map(({ event }) => new Date(event.time).toISOString().slice(0, 10))
}

describe('years', () => {
  it('end with the time the file was last written', () => {
    expect(dates(days('Nov 30', 'Jan  2', 'Feb  9'))).toEqual(['2025-11-30', '2026-01-02', '2026-02-09'])
    expect(dates(days('Feb 12'))).toEqual(['2025-02-12'])
  })

  it('allow a day beyond that, for zones', () => {
    expect(dates(days('Feb 10'))).toEqual(['2026-02-10'])
    expect(dates(days('Jan  1'), UTC, Date.UTC(2025, 11, 31, 20))).toEqual(['2026-01-01'])
  })

  it('begin with the year that is given and roll over December', () => {
    const year = { zone: 'UTC', year: 2005 }
    expect(dates(days('Jun  9', 'Dec 31', 'Jan  1', 'Oct  1', 'Feb  1'), year)).toEqual([
      '2005-06-09',
      '2005-12-31',
      '2006-01-01',
      '2006-10-01',
      '2007-02-01',
    ])
  })

  it('do not roll over for lines out of order', () => {
    const year = { zone: 'UTC', year: 2005 }
    expect(dates(days('Jul 20', 'Jun 30', 'Jul 21', 'May  1'), year)).toEqual([
      '2005-07-20',
      '2005-06-30',
      '2005-07-21',
      '2005-05-01',
    ])
    expect(dates(days('Dec 31', 'Jan  1', 'Dec 31', 'Jan  1', 'Dec 20', 'Jan  2'), year)).toEqual([
      '2005-12-31',
      '2006-01-01',
      '2005-12-31',
      '2006-01-01',
      '2005-12-20',
      '2006-01-02',
    ])
  })

  it('have a 29 February only where there was one', () => {
    expect(dates(days('Feb 28', 'Feb 29', 'Mar  1'), { zone: 'UTC', year: 2024 })).toContain('2024-02-29')
    const read = importText(days('Feb 28', 'Feb 29', 'Mar  1'), { zone: 'UTC', year: 2025 })
    expect(read.rejected).toEqual([{ line: 2, reason: 'no 29 February in 2025' }])
    expect(read.records).toHaveLength(2)
    expect(dates(days('Feb 28', 'Feb 29'), UTC, Date.UTC(2027, 5, 1))).toEqual(['2024-02-28', '2024-02-29'])
    expect(importText(days('Feb 30', 'Apr 31', 'Jan  0')).rejected).toHaveLength(3)
  })

  it('are told by the survey', () => {
    const survey = sshd().survey({ name: 'auth.log', mtime: Date.UTC(2026, 1, 10) }, UTC)
    survey.push(Buffer.from(`\n${days('Jan  2', 'Dec 31', 'Feb  9')}junk\n`))
    const surveyed = survey.end()
    expect(surveyed).toMatchObject({ records: 4, yearAssumed: true })
    expect(surveyed.first).toBe(Date.UTC(2025, 11, 31, 10))
    expect(surveyed.last).toBe(Date.UTC(2026, 1, 9, 10))
  })

  it('are not taken where records have theirs', () => {
    const survey = sshd().survey({ name: 'auth.log', mtime: 0 }, UTC)
    survey.push(Buffer.from('2026-11-20T15:55:09Z h sshd[1]: x\n'))
    expect(survey.end()).toMatchObject({ yearAssumed: false, first: Date.UTC(2026, 10, 20, 15, 55, 9) })
  })
})
