import { type CSSProperties, useId } from 'react'
import type { ApprovalMatrix, FindingLevel } from '../../contract'
import { shownText } from '../../domain'
import { formatCount, formatShortCount, Shown } from '../shared'
import { useRoving } from './use-roving'

/** Approvers whose names have room beside each other; those of more stand upright. */
const MOST_LEVEL = 4

type MatrixProps = {
  matrix: ApprovalMatrix
  /** Names are null for all others together. */
  onPick: (requester: string | null, approver: string | null) => void
  onPattern: (pattern: string) => void
}

/** Who decided on whose requests. A table as it stands: darker is more, and what a pattern is about is marked. */
export function Matrix({ matrix, onPick, onPattern }: MatrixProps) {
  const id = useId()
  const { approvers, requesters, counts, flagged } = matrix
  const columns = approvers.length
  const { move, part } = useRoving({ rows: requesters.length, columns }, (at) => (counts[Math.floor(at / columns)]?.[at % columns] ?? 0) > 0)
  if (columns === 0 || requesters.length === 0) return null
  const most = counts.reduce((high, row) => row.reduce((all, n) => Math.max(all, n), high), 1)
  const cellOf = (row: number, column: number): CellProps => {
    const [n, requester, approver] = [counts[row]?.[column] ?? 0, requesters[row]?.name ?? null, approvers[column]?.name ?? null]
    const flag = flagged.find((one) => one.requester === row && one.approver === column)
    const pick = () => (flag ? onPattern(flag.pattern) : onPick(requester, approver))
    return { n, share: Math.sqrt(n / most), level: flag?.level, words: cellWords({ n, requester, approver, level: flag?.level }), pick, part: part(row * columns + column) }
  }
  return (
    <section className="ap-chart" aria-labelledby={id}>
      <header>
        <h2 id={id}>Requester × approver</h2>
      </header>
      <div className="ap-matrix-box" onKeyDown={move} role="presentation">
        <table className="ap-matrix" data-many={columns > MOST_LEVEL || undefined} aria-labelledby={id}>
          <thead>
            <tr>
              <td />
              {approvers.map(({ name }, at) => (
                <Name key={at} name={name} scope="col" />
              ))}
            </tr>
          </thead>
          <tbody>
            {requesters.map(({ name }, row) => (
              <tr key={row}>
                <Name name={name} scope="row" />
                {approvers.map((_, column) => (
                  <Cell key={column} {...cellOf(row, column)} />
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {flagged.length > 0 && <p className="ap-chart-note">! stands in a pattern</p>}
    </section>
  )
}

type CellProps = {
  n: number
  /** Of the largest, 0 to 1. */
  share: number
  level: FindingLevel | undefined
  words: string
  pick: () => void
  /** Of `useRoving`. */
  part: object
}

function Cell({ n, share, level, words, pick, part }: CellProps) {
  const shade: CSSProperties & Record<'--share', string> = { '--share': share.toFixed(3) }
  return (
    <td>
      {n > 0 && (
        <button type="button" className="ap-cell" data-flag={level} style={shade} aria-label={words} title={words} onClick={pick} {...part}>
          {formatShortCount(n)}
        </button>
      )}
    </td>
  )
}

function Name({ name, scope }: { name: string | null; scope: 'row' | 'col' }) {
  return (
    <th scope={scope} title={name === null ? undefined : shownText(name)}>
      {name === null ? <span className="ap-others">others</span> : <Shown text={name} />}
    </th>
  )
}

type CellWords = { n: number; requester: string | null; approver: string | null; level: string | undefined }

function cellWords({ n, requester, approver, level }: CellWords): string {
  const who = requester !== null && requester === approver ? `${requester} decided own requests` : `${approver ?? 'others'} decided on requests of ${requester ?? 'others'}`
  return `${who}: ${n === 1 ? 'once' : `${formatCount(n)} times`}${level === undefined ? '' : `; in a pattern of level ${level}`}`
}
