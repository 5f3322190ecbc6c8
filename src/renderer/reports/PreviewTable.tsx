import type { ReportCell, ReportColumn, ReportPreview } from '../../contract'
import { formatCount, formatDuration, Shown, useZone, type ZoneUse } from '../shared'

type Table = ReportPreview['tables'][number]

/** The first rows of a table, as they will be printed. */
export function PreviewTable({ table: { title, columns, total, rows, none } }: { table: Table }) {
  const zone = useZone()
  return (
    <section className="rt-table">
      <h3>
        {title} <span>{formatCount(total)}</span>
      </h3>
      {rows.length === 0 ? (
        <p className="rt-none">{none}</p>
      ) : (
        <>
          <div className="rt-scroll" role="region" aria-label={title} tabIndex={0}>
            <table>
              <thead>
                <tr>
                  {columns.map(({ name, label, kind }) => (
                    <th key={name} scope="col" data-kind={kind}>
                      {label}
                    </th>
                  ))}
                </tr>
              </thead>
              <tbody>
                {rows.map((row, at) => (
                  <tr key={at}>
                    {columns.map((column, place) => (
                      <td key={column.name} data-kind={column.kind}>
                        <Cell cell={row[place] ?? null} column={column} zone={zone} />
                      </td>
                    ))}
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
          {total > rows.length && <p className="rt-none">{formatCount(total - rows.length)} more in the report</p>}
        </>
      )}
    </section>
  )
}

function Cell({ cell, column: { kind }, zone }: { cell: ReportCell; column: ReportColumn; zone: ZoneUse }) {
  if (cell === null) return null
  if (typeof cell === 'boolean') return cell ? 'yes' : 'no'
  if (typeof cell === 'string') return <Shown text={cell} />
  if (kind === 'time') return zone.format(cell)
  if (kind === 'instant') return zone.format(cell, 'ms')
  if (kind === 'duration') return formatDuration(cell)
  return kind === 'share' ? `${(cell * 100).toFixed(1)} %` : formatCount(cell)
}
