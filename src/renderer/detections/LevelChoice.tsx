import { useState } from 'react'
import { FINDING_LEVELS, type DetectionRule } from '../../contract'
import { useBackend } from '../api'
import { messageOf } from '../shared'
import { LEVELS } from './finding-words'

/** How grave the findings of a rule are taken. */
export function LevelChoice({ rule: { id, level, ownLevel } }: { rule: DetectionRule }) {
  const backend = useBackend()
  const [problem, setProblem] = useState<string | null>(null)
  const choose = (word: string) => {
    const chosen = FINDING_LEVELS.find((one) => one === word) ?? null
    setProblem(null)
    backend.call('detection.setLevel', { rule: id, level: chosen === ownLevel ? null : chosen }).catch((error: unknown) => setProblem(messageOf(error)))
  }
  return (
    <>
      <select className="filter-input" aria-label="Level of the rule" value={level} onChange={({ target }) => choose(target.value)}>
        {LEVELS.map((one) => (
          <option key={one} value={one}>
            {one === ownLevel ? `${one} (its own)` : one}
          </option>
        ))}
      </select>
      {problem !== null && <p role="alert">{problem}</p>}
    </>
  )
}
