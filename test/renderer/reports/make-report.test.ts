import { expect, test } from 'vitest'
import type { Backend, Methods } from '../../../src/contract'
import { reportPieces } from '../../../src/renderer/reports/make-report'

/** Answers `report.read` with these, one after another. */
function reading(answers: Methods['report.read'][]): Pick<Backend, 'call'> {
  const left = [...answers]
  return { call: (async () => ({ value: left.shift(), tables: [], revision: 0 })) as unknown as Backend['call'] }
}

const answer = (text: string, isDone: boolean, step: Methods['report.read']['step'] = 'writing'): Methods['report.read'] => ({ bytes: new TextEncoder().encode(text), step, done: 1, total: 2, isDone })

async function all(backend: Pick<Backend, 'call'>, signal = { aborted: false }) {
  const steps: string[] = []
  const texts: string[] = []
  for await (const piece of reportPieces(backend, { id: 'r', part: 'report', signal, onStep: ({ step }) => steps.push(step) })) texts.push(new TextDecoder().decode(piece))
  return { steps, texts }
}

test('a report is read to its end, and what is being made has no bytes yet', async () => {
  expect(await all(reading([answer('', false, 'hashing'), answer('a', false), answer('b', true)]))).toEqual({ steps: ['hashing', 'writing', 'writing'], texts: ['a', 'b'] })
})

test('one that is cancelled is no file', async () => {
  await expect(all(reading([answer('a', false)]), { aborted: true })).rejects.toThrow('Cancelled.')
})
