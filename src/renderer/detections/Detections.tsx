import { useRef, useState } from 'react'
import type { FindingRow } from '../../contract'
import { useAnswer } from '../api'
import { ExportMenu } from '../exports'
import { Button, ErrorState } from '../shared'
import { Filters } from './Filters'
import { sumWords } from './finding-words'
import { Findings } from './Findings'
import { RuleList } from './RuleList'
import { SuppressDialog } from './SuppressDialog'
import { Suppressions } from './Suppressions'
import { useLook } from './use-look'
import '../shared/screen.css'
import './detections.css'
import './finding-pane.css'

type Open = { dialog: 'suppress'; finding: FindingRow } | { dialog: 'suppressions' } | null

/** What the rules found in all that is held: the rules, their findings, and one of them in full. */
export function Detections() {
  const use = useLook()
  const { look, change } = use
  const { value: rules, fault } = useAnswer('detection.rules', {})
  const [open, setOpen] = useState<Open>(null)
  const input = useRef<HTMLInputElement>(null)
  const close = () => setOpen(null)
  const suppress = (row: FindingRow) => setOpen(row.suppressed === null ? { dialog: 'suppress', finding: row } : { dialog: 'suppressions' })
  const suppressions = rules?.suppressions ?? []
  // Before the first run has ended, none found would be no more than none looked for.
  const counts = rules && rules.run.asOf !== null ? rules.counts : null
  return (
    <div className="screen dt">
      <header className="screen-head">
        <h1>Detections</h1>
        <span>{counts ? sumWords(counts) : ''}</span>
        <Button onClick={() => setOpen({ dialog: 'suppressions' })}>
          Suppressions <span className="dt-count">{suppressions.length}</span>
        </Button>
        <ExportMenu what={{ table: 'detection.findings', ask: use.filter }} noun="findings" disabled={!counts || Object.values(counts).every((count) => count === 0)} />
      </header>
      <Filters use={use} counts={counts} input={input} />
      <div className="list-body dt-body" data-pane={look.finding !== null}>
        {fault && !rules ? (
          <ErrorState title="The rules could not be listed" message={fault.message} />
        ) : (
          <>
            <RuleList rules={rules?.rules ?? []} isKnown={counts !== null} chosen={look.rule} onRule={(rule) => change({ rule })} />
            <Findings use={use} rules={rules} input={input} onSuppress={suppress} />
          </>
        )}
      </div>
      {open?.dialog === 'suppress' && <SuppressDialog finding={open.finding} onClose={close} />}
      {open?.dialog === 'suppressions' && <Suppressions suppressions={suppressions} onClose={close} />}
    </div>
  )
}
