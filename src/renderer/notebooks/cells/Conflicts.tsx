import type { Cell, CellContent } from '../../../contract'
import { Button, Markdown, Shown, useZone } from '../../shared'
import { usePage } from '../page-context'
import { cellWords } from '../cell-words'

/** Several people wrote the same cell without knowing of each other: all of it is here until one is chosen. */
export function Conflicts({ cell }: { cell: Cell }) {
  const { id, conflicts, op: own, content, by, at } = cell
  const { apply } = usePage()
  const { format, label } = useZone()
  if (conflicts.length === 0) return null
  const all: Cell['conflicts'] = [{ op: own, content, by, at }, ...conflicts]
  return (
    <section className="nb-conflicts" aria-label="Writings that disagree">
      <p>
        <strong>{all.length} writings disagree.</strong> Each is kept until one is chosen.
      </p>
      <ul>
        {all.map((writing) => (
          <li key={writing.op}>
            <header>
              <span>
                <Shown text={writing.by} /> · {format(writing.at)} {label}
                {writing.op === own && <span className="nb-dim"> · shown above</span>}
              </span>
              <Button onClick={() => apply({ do: 'choose', cell: id, op: writing.op })}>{writing.content === null ? 'Remove the cell' : 'Keep this one'}</Button>
            </header>
            <Version content={writing.content} />
          </li>
        ))}
      </ul>
    </section>
  )
}

function Version({ content }: { content: CellContent | null }) {
  if (content === null) return <p className="nb-dim">Removed it.</p>
  if (content.kind === 'text') return <Markdown text={content.text} />
  if (content.kind === 'finding' || content.kind === 'negative') return <Markdown text={content.claim || 'No claim'} />
  return (
    <p>
      <Shown text={cellWords(content)} />
    </p>
  )
}
