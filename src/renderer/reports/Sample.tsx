import { useState } from 'react'
import { Check } from '../shared'
import type { ReportUse } from './use-report'

/** A sample that can be drawn again: its size and its seed. */
export function Sample({ use: { sample, setSample } }: { use: ReportUse }) {
  const [size, setSize] = useState('25')
  const [seed, setSeed] = useState('')
  const tell = (nextSize: string, nextSeed: string) => {
    setSize(nextSize)
    setSeed(nextSeed)
    const count = Number(nextSize)
    const isFit = Number.isInteger(count) && count >= 1 && count <= 1_000_000 && nextSeed.trim() !== ''
    setSample(isFit ? { size: count, seed: nextSeed.trim() } : { size: sample?.size ?? 25, seed: sample?.seed ?? defaultSeed() })
  }
  return (
    <>
      <Check
        label="A sample of the rows"
        isOn={sample !== null}
        onToggle={(isOn) => {
          if (!isOn) return setSample(null)
          const first = seed === '' ? defaultSeed() : seed
          setSeed(first)
          setSample({ size: Number(size) || 25, seed: first })
        }}
      />
      {sample && (
        <div className="rt-exact">
          <label>
            <span>Rows</span>
            <input className="filter-input" inputMode="numeric" value={size} onChange={({ target }) => tell(target.value, seed)} />
          </label>
          <label>
            <span>Seed</span>
            <input className="filter-input" value={seed} maxLength={200} spellCheck={false} onChange={({ target }) => tell(size, target.value)} />
          </label>
          <small>The same seed over the same rows chooses the same ones; both stand in the head.</small>
        </div>
      )}
    </>
  )
}

/** Told in the report, so it need not be secret; it must only not be chosen to suit. */
function defaultSeed(): string {
  return crypto.randomUUID().slice(0, 8)
}
