import { describe, expect, it } from 'vitest'
import type { SurveyedFile } from '../../../src/backend/source'
import { Random } from '../random'
import { sshd, UTC } from './reading'

// A large file is surveyed by two; what they find together must be what one would.

const FACTS = { name: 'auth.log', mtime: Date.UTC(2026, 1, 10) }
const MONTHS = ['Jan', 'Feb', 'Mar', 'Jun', 'Dec']
const MESSAGES = [
  'Failed password for root from 1.2.3.4 port 22 ssh2',
  'Invalid user x from 1.2.3.4',
  'message repeated 2 times: [ Failed password for root from 1.2.3.4 port 22 ssh2]',
  'Accepted publickey for ana from 1.2.3.4 port 22 ssh2',
  'Connection closed by 1.2.3.4 port 22 [preauth]',
]

function line(random: Random): string {
  if (random.chance(0.05)) return random.pick(['', 'junk', '<script>', 'Feb 30'])
  const clock = `${String(random.int(24)).padStart(2, '0')}:00:0${random.int(10)}`
  const stamp = random.chance(0.15) ? `202${random.int(7)}-0${1 + random.int(9)}-10T${clock}Z` : `${random.pick(MONTHS)} ${String(1 + random.int(29)).padStart(2)} ${clock}`
  return `${stamp} ${random.pick(['a', 'b'])} ${random.pick(['sshd', 'sshd', 'sudo'])}[${1 + random.int(40)}]: ${random.pick(MESSAGES)}`
}

/** Plain data of what a survey found. */
function found(file: SurveyedFile): unknown {
  const hosts = 'hosts' in file && file.hosts instanceof Map ? [...(file.hosts as Map<string, { failed: boolean; pids: { toArray(): Uint32Array } }>)] : []
  const marks = hosts.map(([host, { failed, pids }]) => [host, failed, [...pids.toArray()].toSorted((a, b) => a - b)])
  return { ...file, hosts: marks.toSorted((a, b) => (String(a[0]) < String(b[0]) ? -1 : 1)) }
}

function inOne(bytes: Buffer): unknown {
  const survey = sshd().survey(FACTS, UTC)
  survey.push(bytes)
  return found(survey.end())
}

function inHalves(bytes: Buffer, cut: number): unknown {
  const survey = sshd().survey(FACTS, UTC)
  survey.push(bytes.subarray(0, cut))
  survey.pass(bytes.subarray(cut))
  const rest = sshd().surveyRest(UTC)
  rest.push(bytes.subarray(cut))
  survey.join(structuredClone(rest.end()))
  return found(survey.end())
}

describe('a survey by two', () => {
  it('finds what one finds, wherever the file is cut', () => {
    for (let seed = 0; seed < 60; seed++) {
      const random = new Random(seed)
      const lines = Array.from({ length: random.int(40) }, () => line(random))
      const end = random.chance(0.5) ? '\n' : ''
      const whole = Buffer.from(lines.join('\n') + end)
      const expected = inOne(whole)
      for (let before = 0, cut = 0; before <= lines.length; cut += (lines[before++]?.length ?? 0) + 1) {
        expect([seed, cut, inHalves(whole, Math.min(cut, whole.length))]).toEqual([seed, cut, expected])
      }
    }
  })

  it('gives up where lines are so shuffled that it would be as large as the file', () => {
    const rest = sshd().surveyRest(UTC)
    const two = Buffer.from('Feb  1 10:00:00 h sshd[1]: x\nFeb  2 10:00:00 h sshd[1]: x\n'.repeat(1000))
    for (let times = 0; times < 51; times++) rest.push(two)
    expect(rest.end()).toBeNull()
  })
})
