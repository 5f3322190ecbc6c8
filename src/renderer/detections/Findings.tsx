import { useCallback, useRef, useState, type RefObject } from 'react'
import type { DetectionRules, FindingRow, FoundFindings } from '../../contract'
import { useAddress } from '../address'
import type { Answered } from '../api'
import { ErrorState, Spinner, useListCursor, useListFocus, useListRows, useRunProgress } from '../shared'
import { FindingPane } from './FindingPane'
import { FindingTable } from './FindingTable'
import { Foot } from './Foot'
import { NoFindings } from './NoFindings'
import { RunNote } from './RunNote'
import { useDetectionKeys } from './use-detection-keys'
import { type LookUse, useLacking } from './use-look'

type FindingsProps = {
  use: LookUse
  rules: DetectionRules | null
  /** The field to filter by, which a key leads to. */
  input: RefObject<HTMLInputElement | null>
  onSuppress: (finding: FindingRow) => void
}

/** The findings that match, and the one that is open. */
export function Findings({ use, rules, input, onSuppress }: FindingsProps) {
  const { look, change, filter } = use
  const [first, setFirst] = useState(0)
  const { answered, rowAt } = useListRows('detection.findings', (place) => ({ ...filter, ...place }), first)
  const [cursor, setCursor] = useListCursor(filter)
  const grid = useRef<HTMLDivElement>(null)
  const total = answered.value?.total ?? 0
  const shown = look.finding
  const show = useCallback((finding: string | null, how: 'push' | 'replace' = 'push') => change({ finding }, how), [change])
  const onCursor = (at: number) => {
    setCursor(at)
    const row = rowAt(at)
    if (shown !== null && row) show(row.id, 'replace')
  }
  useDetectionKeys({ row: rowAt(cursor), total, cursor, onCursor, grid, input, shown, show, suppress: onSuppress })
  const lacking = useLacking(filter)
  const isListed = total > 0
  useListFocus(grid, isListed)
  const run = useRunProgress(rules?.run ?? null)
  return (
    <>
      <div className="list-main" data-stale={!answered.current || undefined}>
        {run && <RunNote run={run} />}
        {isListed && !answered.fault ? (
          <FindingTable {...{ total, rowAt, cursor, grid, onCursor, shown }} onOpen={(row) => show(row.id)} onFirst={setFirst} />
        ) : (
          <NoRows answered={answered} use={use} rules={rules} lacking={lacking} />
        )}
        {answered.value && <Foot found={answered.value} use={use} lacking={lacking} />}
      </div>
      {shown !== null && <FindingPane id={shown} onClose={() => show(null)} onSuppress={onSuppress} />}
    </>
  )
}

type NoRowsProps = { answered: Answered<FoundFindings>; use: LookUse; rules: DetectionRules | null; lacking: string | null }

function NoRows({ answered: { value, fault, current }, use, rules, lacking }: NoRowsProps) {
  const { go } = useAddress()
  if (fault) return <ErrorState title="The findings could not be listed" message={fault.message} />
  if (value && rules && current) {
    return <NoFindings use={use} lacking={lacking} found={value} rules={rules.rules} onClear={() => go({ detections: undefined, range: null })} />
  }
  return (
    <div className="list-wait">
      <Spinner label="Reading the findings" />
    </div>
  )
}
