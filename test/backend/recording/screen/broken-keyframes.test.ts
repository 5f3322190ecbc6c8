import { expect, it } from 'vitest'
import { Screen } from '../../../../src/backend/recording/screen/screen'
import { describeWithData } from '../../../data'
import { broken } from '../../../terminal/broken'
import { Random } from '../../random'
import { compared, play, restored, type Restored } from './restored'
import { piecesOf, recordedSessions } from './sessions'

const STREAMS = Number(process.env['RECOUNT_FUZZ'] ?? 500)
const AT_ONCE = 50

/** What differs, where a keyframe could be taken at all. */
async function followed(source: Buffer, seed: number): Promise<string[] | null> {
  const random = new Random(seed)
  const bytes = broken(source, random)
  const screen = new Screen({ cols: random.pick([20, 80]), rows: random.pick([5, 24]) })
  const from = random.int(20)
  let other: Restored | null = null
  let short: Restored | null = null
  let cuts = 0
  const found: string[] = []
  for (const [at, step] of piecesOf(bytes, random).entries()) {
    if (!('bytes' in step)) continue
    await Promise.all([screen.write(step.bytes), ...[other, short].map((one) => one && play(one, step))])
    if (other !== null || at < from || !screen.atRest()) continue
    other = await restored(screen)
    short = await restored(screen, 'short')
    cuts = screen.historyCuts
    found.push(...compared(screen.terminal, other.terminal))
  }
  if (other !== null) found.push(...compared(screen.terminal, other.terminal))
  // Where one differs from the other, the reason is that it has no history.
  if (other !== null && short !== null && cuts === screen.historyCuts) found.push(...compared(other.terminal, short.terminal))
  screen.close()
  other?.terminal.dispose()
  short?.terminal.dispose()
  if (other === null) return null
  return found.length === 0 ? [] : [`seed ${seed}: ${found.join('\n  ')}`]
}

describeWithData('a keyframe', () => {
  it(`of ${STREAMS} broken streams is nearly always the uninterrupted terminal`, { timeout: 3_600_000 }, async () => {
    const sources = recordedSessions().map(({ steps }) =>
      Buffer.concat(steps.map((step) => ('bytes' in step ? step.bytes : new Uint8Array(0)))),
    )
    const all: string[][] = []
    for (let seed = 0; seed < STREAMS; seed += AT_ONCE) {
      const batch = Array.from({ length: AT_ONCE }, (_, at) =>
        followed(sources[(seed + at) % sources.length] ?? Buffer.alloc(0), seed + at),
      )
      all.push(...(await Promise.all(batch)).filter((found) => found !== null))
    }
    expect(all.length).toBeGreaterThan(STREAMS / 2)
    // A cursor behind an empty last column cannot be restored without a blank in it.
    expect(all.flat().length / all.length, all.flat().join('\n')).toBeLessThan(0.005)
  })
})
