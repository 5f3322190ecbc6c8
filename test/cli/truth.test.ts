import { expect, it } from 'vitest'
import { dataPath, describeWithData } from '../data'
import { Shell } from './shell'

const FILES = [
  { file: 'loghub/OpenSSH_2k.log', year: '2015', rows: 524, matching: 532 },
  { file: 'loghub/Linux.log', year: '2005', rows: 3934, matching: 3998 },
  { file: 'secrepo-part/auth.log', year: '2014', rows: 1489, matching: 1489 },
]

const FAILED = 'action:login outcome:failure'

describeWithData('truth of real files on the command line', () => {
  it.each(FILES)('counts the failed sign-ins of $file', async ({ file, year, rows, matching }) => {
    const shell = new Shell()
    const words = ['import', dataPath(`data/linux-auth/${file}`), '--year', year]
    const [first] = (await shell.run(...words)).objects
    const before = await shell.run('query', '')
    const again = await shell.run(...words)
    expect(again.code).toBe(0)
    expect(again.objects).toMatchObject([{ events: 0, duplicates: first?.['events'] }])
    expect((await shell.run('query', '')).stdout).toBe(before.stdout)

    const [count] = (await shell.run('query', FAILED, '--count')).objects
    expect(count).toMatchObject({ rows, matching, held: before.objects.length, coverage: { state: 'complete' } })
    expect((await shell.run('query', FAILED)).objects).toHaveLength(rows)
    for (const step of ['1ms', '1m', '1h', '1d', '1w']) {
      const buckets = (await shell.run('query', FAILED, '--every', step)).objects
      expect(sum(buckets, 'failure')).toBe(matching)
      expect(sum(buckets, 'success') + sum(buckets, 'unknown')).toBe(0)
      const starts = buckets.map(({ from }) => String(from))
      expect(starts).toEqual([...new Set(starts)].toSorted())
    }
    for (const field of ['user', 'ip', 'machine', 'field.program', 'action']) {
      const values = (await shell.run('query', FAILED, '--by', field)).objects
      expect([sum(values, 'rows'), sum(values, 'count')]).toEqual([rows, matching])
    }
  })

  it('keeps files apart that are held together', async () => {
    const shell = new Shell()
    for (const { file, year } of FILES) await shell.run('import', dataPath(`data/linux-auth/${file}`), '--year', year)
    const by = (await shell.run('query', FAILED, '--by', 'connection')).objects
    expect(by.map(({ rows, count }) => [rows, count])).toEqual([[3934, 3998], [1489, 1489], [524, 532]])
  })
})

function sum(objects: Record<string, unknown>[], name: string): number {
  return objects.reduce((total, object) => total + Number(object[name]), 0)
}
