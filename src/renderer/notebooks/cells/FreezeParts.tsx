import { useEffect, useRef, useState } from 'react'
import type { Frozen, View } from '../../../contract'
import { COVERAGE_WORDS } from '../../../domain'
import { isSameView } from '../../address'
import { useBackend } from '../../api'
import { formatPlural, messageOf, Shown, useZone } from '../../shared'
import { shortHash } from '../notebook-words'

/** `612 events · frozen 2026-02-06 09:14 UTC · sha256 91d0…` */
export function FrozenFacts({ frozen }: { frozen: Frozen }) {
  const { format, label } = useZone()
  return (
    <span className="nb-frozen" title={`Frozen by ${frozen.by}. Root over the rows: sha256 ${frozen.root}`}>
      {formatPlural(frozen.matching, 'event')} · frozen {format(frozen.at, 'min')} {label} · coverage {COVERAGE_WORDS[frozen.coverage]} ·{' '}
      <span className="nb-mono">sha256 {shortHash(frozen.root)}</span>
    </span>
  )
}

/** Copies the rows of a view into the evidence; `view` is the one that the cell has, `onFrozen` writes it into the cell. */
export function useFreeze(view: View, onFrozen: (frozen: Frozen) => void) {
  const backend = useBackend()
  const [isFreezing, setFreezing] = useState(false)
  const [problem, setProblem] = useState<string | null>(null)
  const latest = useRef({ view, onFrozen })
  useEffect(() => {
    latest.current = { view, onFrozen }
  })
  const freeze = (frozenView: View) => {
    setFreezing(true)
    setProblem(null)
    backend
      .call('notebook.freeze', { view: frozenView })
      .then(({ value }) => {
        // Meanwhile the cell may have been written, or look at something else.
        if (isSameView(latest.current.view, frozenView)) latest.current.onFrozen(value)
      })
      .catch((error: unknown) => setProblem(messageOf(error)))
      .finally(() => setFreezing(false))
  }
  return { freeze, isFreezing, problem }
}

type FreezeProps = { view: View; frozen: Frozen | null; onFrozen: (frozen: Frozen | null) => void }

/** Freezes what is live, and makes live what was frozen; the frozen one stays in the history. */
export function FreezeButton({ view, frozen, onFrozen }: FreezeProps) {
  const { freeze, isFreezing, problem } = useFreeze(view, onFrozen)
  return (
    <>
      {frozen ? (
        <button type="button" className="link" title="What was frozen stays in the history" onClick={() => onFrozen(null)}>
          unfreeze
        </button>
      ) : (
        <button type="button" className="link" disabled={isFreezing} title="Keeps the rows as they are now, with their hash" onClick={() => freeze(view)}>
          {isFreezing ? 'freezing' : 'freeze'}
        </button>
      )}
      {problem !== null && (
        <span className="nb-failed" role="alert">
          <Shown text={`! ${problem}`} />
        </span>
      )}
    </>
  )
}
