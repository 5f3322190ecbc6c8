import type { FindingLevel } from '../../contract'

export function Level({ level }: { level: FindingLevel }) {
  return (
    <span className="dt-level" data-level={level}>
      {level === 'informational' ? 'info' : level}
    </span>
  )
}
