import { expect, it } from 'vitest'
import { Random } from '../backend/random'
import { recordedSessions } from '../backend/recording/screen/sessions'
import { differences, modesOf, shown, wrappedRows } from '../backend/recording/screen/shown'
import { describeWithData } from '../data'
import { CsiClamp, feed } from '../../src/terminal'
import { broken } from './broken'
import { fed, hardenedTerminal, plainTerminal, written } from './terminals'

/** 20,000 were run once. */
const STREAMS = Number(process.env['RECOUNT_FUZZ'] ?? 2000)
const AT_ONCE = 50

async function compared(source: Buffer, seed: number): Promise<string[]> {
  const random = new Random(seed)
  const bytes = broken(source, random)
  const size = { cols: random.pick([20, 80, 81]), rows: random.pick([5, 24]) }
  const plain = plainTerminal(size)
  // The one thing of all that is swallowed that can be seen in the cells.
  plain.parser.registerOscHandler(8, () => true)
  const hardened = hardenedTerminal(size)
  const parts: Promise<void>[] = [written(plain, bytes)]
  for (let at = 0; at < bytes.length; ) {
    const length = 1 + random.int(200)
    parts.push(fed(hardened, bytes.subarray(at, at + length)))
    at += length
  }
  await Promise.all(parts)
  // A character cut short at the end shows in neither.
  const found = [
    ...differences(shown(plain), shown(hardened.terminal)),
    ...differences([JSON.stringify(wrappedRows(plain))], [JSON.stringify(wrappedRows(hardened.terminal))]),
    ...differences([JSON.stringify(modesOf(plain))], [JSON.stringify(modesOf(hardened.terminal))]),
  ]
  plain.dispose()
  hardened.terminal.dispose()
  if (found.length === 0 && hardened.answers.length === 0) return []
  return [`seed ${seed}: ${found.join('\n  ')} ${JSON.stringify(bytes.toString('latin1'))}`]
}

describeWithData('a hardened terminal', () => {
  it(`shows what xterm shows, of ${STREAMS} broken streams in pieces`, { timeout: 3_600_000 }, async () => {
    const sources = recordedSessions().map(({ steps }) =>
      Buffer.concat(steps.map((step) => ('bytes' in step ? step.bytes : new Uint8Array(0)))),
    )
    const found: string[] = []
    for (let seed = 0; seed < STREAMS && found.length < 20; seed += AT_ONCE) {
      const batch = Array.from({ length: AT_ONCE }, (_, at) =>
        compared(sources[(seed + at) % sources.length] ?? Buffer.alloc(0), seed + at),
      )
      found.push(...(await Promise.all(batch)).flat())
    }
    expect(found).toEqual([])
  })

  it('shows what xterm shows, of every recording', { timeout: 120_000 }, async () => {
    for (const { name, cols, rows, steps } of recordedSessions()) {
      const plain = plainTerminal({ cols, rows })
      plain.parser.registerOscHandler(8, () => true)
      const { terminal, clamp } = hardenedTerminal({ cols, rows })
      // xterm alone would lose characters that the pieces cut. No number is too large for this one.
      const whole = new CsiClamp(9999, 9999)
      for (const step of steps) {
        if ('cols' in step) {
          plain.resize(step.cols, step.rows)
          terminal.resize(step.cols, step.rows)
          clamp.resize(step.cols, step.rows)
          continue
        }
        const { bytes } = step
        const feeding = new Promise<void>((done) => feed(terminal, { clamp, bytes }, done))
        await Promise.all([written(plain, whole.clamp(bytes)), feeding])
      }
      expect([name, ...differences(shown(plain), shown(terminal))]).toEqual([name])
      plain.dispose()
      terminal.dispose()
    }
  })
})
