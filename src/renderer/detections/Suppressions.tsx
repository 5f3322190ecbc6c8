import { useState } from 'react'
import type { DetectionRules } from '../../contract'
import { useBackend } from '../api'
import { Button, Dialog, EmptyState, formatPlural, messageOf, Shown, useZone } from '../shared'

type Row = DetectionRules['suppressions'][number]

/** All that takes findings out of the list, why, and how many. */
export function Suppressions({ suppressions, onClose }: { suppressions: Row[]; onClose: () => void }) {
  const backend = useBackend()
  const [problem, setProblem] = useState<string | null>(null)
  const takeBack = ({ rule, key }: Row) => {
    setProblem(null)
    backend.call('finding.unsuppress', { rule, key }).catch((error: unknown) => setProblem(messageOf(error)))
  }
  return (
    <Dialog title="Suppressions" width={640} onClose={onClose}>
      {suppressions.length === 0 ? (
        <EmptyState title="Nothing is suppressed">A finding is suppressed with x, for a reason that is kept here.</EmptyState>
      ) : (
        <ul className="dt-suppressions" aria-label="Suppressions">
          {suppressions.map((one) => (
            <Item key={JSON.stringify([one.rule, one.key])} row={one} onTakeBack={() => takeBack(one)} />
          ))}
        </ul>
      )}
      {problem !== null && (
        <p className="dt-wrong" role="alert">
          <Shown text={`! ${problem}`} />
        </p>
      )}
    </Dialog>
  )
}

function Item({ row, onTakeBack }: { row: Row; onTakeBack: () => void }) {
  const { format, label } = useZone()
  const { title, who, reason, since, until, hides, isOver } = row
  const end = until === null ? 'without an end' : `${isOver ? 'ended' : 'until'} ${format(until, 'min')}`
  return (
    <li>
      <div>
        <b>
          <Shown text={title} />
        </b>
        <p>{who === null ? 'Every finding of the rule' : <Shown className="list-mono" text={who} />}</p>
        <p>
          <Shown text={reason} />
        </p>
        <p className="list-dim">
          Since {format(since, 'min')} {label}, {end}. Takes out {formatPlural(hides, 'finding')}.
        </p>
      </div>
      <Button onClick={onTakeBack}>Take back</Button>
    </li>
  )
}
