import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { describeFile } from '../../../../src/backend/sync/import/import-file'
import { readFiles, type ReadStep, type RestOf } from '../../../../src/backend/sync/import/read-files'
import { surveyRests } from '../../../../src/backend/sync/import/survey-rests'
import { tempFolder } from '../../temp-folder'

const MANY = 130_000

/** A log of about nine megabytes over a new year; the rest of it begins near its middle. */
async function task() {
  const path = join(tempFolder(), 'auth.log')
  const start = Date.UTC(2025, 11, 1)
  const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']
  const lines = Array.from({ length: MANY }, (_, at) => {
    const date = new Date(start + at * 40_000)
    const stamp = `${months[date.getUTCMonth()] ?? ''} ${String(date.getUTCDate()).padStart(2)} ${date.toISOString().slice(11, 19)}`
    return `${stamp} web-1 sshd[${1000 + (at % 900)}]: Failed password for u${at % 70} from 10.0.0.${at % 200} port 22 ssh2`
  })
  writeFileSync(path, lines.join('\n'))
  return { kind: 'sshd', files: [await describeFile(path)], options: { zone: 'UTC' } }
}

async function stepsOf(reading: AsyncGenerator<ReadStep>): Promise<ReadStep[]> {
  const steps: ReadStep[] = []
  for await (const step of reading) steps.push(step)
  return steps
}

test('a file that two survey is read as by one', { timeout: 60_000 }, async () => {
  const asked = await task()
  expect(asked.files[0]?.size).toBeGreaterThan(8 * 2 ** 20)
  const alone = await stepsOf(readFiles(asked))
  const rests = new Map<number, unknown>()
  await surveyRests(asked, ({ file, rest }) => void rests.set(file, rest), () => false)
  expect(rests.get(0)).toMatchObject({ records: expect.any(Number), hosts: [{ host: 'web-1', failed: true }] })
  const waited: number[] = []
  const restOf: RestOf = (file) => {
    waited.push(file)
    return Promise.resolve(rests.get(file))
  }
  expect(await stepsOf(readFiles(asked, restOf))).toEqual(alone)
  expect(await stepsOf(readFiles(asked, () => Promise.resolve(null)))).toHaveLength(alone.length + alone.filter(({ step }) => step === 'surveying').length)
  expect(waited).toEqual([0])
})

test('a survey that is no longer wanted ends', async () => {
  const told: unknown[] = []
  await surveyRests(await task(), (rest) => told.push(rest), () => true)
  expect(told).toEqual([])
})
