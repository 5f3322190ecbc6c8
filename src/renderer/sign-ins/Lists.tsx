import { useId } from 'react'
import type { SignInList, SignInReport } from '../../contract'
import type { CoverageRange, TimeRange } from '../../domain'
import { useAddress } from '../address'
import { coverageNote, formatCount, kindWords, noteWords, Shown } from '../shared'

const REPORTS: Record<SignInReport, string> = {
  reported: 'told',
  partly: 'told in part',
  successes: 'not told',
  unread: 'not known',
  unknown: 'not known',
}

type ListsProps = { lists: readonly SignInList[]; ranges: CoverageRange[] | null; range: TimeRange | null }

/** Where sign-ins come from: whether failed ones are told there, and how far it is held. */
export function Lists({ lists, ranges, range }: ListsProps) {
  const id = useId()
  const { go } = useAddress()
  return (
    <section className="card si-lists" aria-labelledby={id}>
      <header>
        <h2 id={id}>Where sign-ins are told</h2>
        <button type="button" className="link" onClick={() => go({ screen: 'sources' })}>
          Sources & coverage
        </button>
      </header>
      {lists.length === 0 ? (
        <p className="si-none">No source that is held tells of sign-ins.</p>
      ) : (
        <div className="si-lists-box" tabIndex={0} role="group" aria-label="Where sign-ins are told, as a table">
          <table>
            <thead>
              <tr>
                {['Source', 'Failed', 'Succeeded', 'Failed ones are', 'Held'].map((column) => (
                  <th key={column} scope="col">
                    {column}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {lists.map((list) => (
                <List key={`${list.connection}\n${list.label}`} list={list} held={ranges && heldWords(list, ranges, range)} />
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  )
}

function List({ list: { connection, kind, label, counts, report, why }, held }: { list: SignInList; held: string | null }) {
  return (
    <tr>
      <th scope="row">
        <Shown text={connection} />
        <span className="si-dim">
          {kindWords(kind)} · {label}
        </span>
      </th>
      <td className="si-number">{formatCount(counts.failure)}</td>
      <td className="si-number">{formatCount(counts.success)}</td>
      <td>
        <span className="si-report" data-report={report}>
          {REPORTS[report]}
        </span>
        <span className="si-dim">{why}</span>
      </td>
      <td className="si-dim">{held ?? ''}</td>
    </tr>
  )
}

function heldWords(list: SignInList, ranges: CoverageRange[], range: TimeRange | null): string {
  return lackingWords([list], ranges, range) ?? (list.streams.length === 1 ? 'complete for this time' : 'complete for this time, each list')
}

/** What is lacking of the lists of sign-ins; null where nothing is. */
export function lackingWords(lists: readonly SignInList[], ranges: CoverageRange[], range: TimeRange | null): string | null {
  const own = new Set(lists.flatMap(({ connection, streams }) => streams.map((stream) => `${connection}\n${stream}`)))
  const of = ranges.filter(({ connection, stream }) => own.has(`${connection}\n${stream}`))
  return noteWords(coverageNote(of, range), 'No list of sign-ins is held')
}
