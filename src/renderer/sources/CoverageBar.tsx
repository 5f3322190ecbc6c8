import type { CoverageRange, TimeRange } from '../../domain'
import { useZone } from '../shared'
import { STATE_WORDS, barPieces } from './coverage-words'

/** What is known of one stream over all that is held; each state has its own pattern and its word. */
export function CoverageBar({ ranges, whole }: { ranges: CoverageRange[]; whole: TimeRange }) {
  const { format, label } = useZone()
  const pieces = barPieces(ranges, whole)
  const words = pieces.map(({ start, width, state }) => {
    const at = (share: number) => format(whole.from + share * (whole.to - whole.from), 'min')
    return `${STATE_WORDS[state]} from ${at(start)} to ${at(start + width)} ${label}`
  })
  return (
    <div className="coverage-bar" role="img" aria-label={`Coverage: ${words.join('; ')}`}>
      {pieces.map(({ start, width, state, note }, index) => (
        <span
          key={start}
          className={`coverage-${state}`}
          title={note === undefined ? words[index] : `${words[index]}: ${note}`}
          style={{ left: `${start * 100}%`, width: `${width * 100}%` }}
        />
      ))}
    </div>
  )
}
