import type { FindingLevel } from '../../contract'
import './level.css'

/** How grave something found is. */
export function Level({ level }: { level: FindingLevel }) {
  return (
    <span className="level" data-level={level}>
      {level === 'informational' ? 'info' : level}
    </span>
  )
}
