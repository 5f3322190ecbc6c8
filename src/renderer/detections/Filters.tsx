import type { RefObject } from 'react'
import { FINDING_LEVELS, type FindingLevel } from '../../contract'
import { useAddress } from '../address'
import { Check, formatShortCount, RangeChip, TextFilter } from '../shared'
import { LEVELS } from './finding-words'
import type { LookUse } from './use-look'

type FiltersProps = { use: LookUse; counts: Record<FindingLevel, number> | null; input: RefObject<HTMLInputElement | null> }

export function Filters({ use: { look, change }, counts, input }: FiltersProps) {
  const { address, go } = useAddress()
  const toggle = (level: FindingLevel) => {
    const isOn = look.levels.includes(level)
    change({ levels: FINDING_LEVELS.filter((one) => (one === level ? !isOn : look.levels.includes(one))) })
  }
  return (
    <search className="filters">
      <TextFilter
        label="Filter findings"
        placeholder="Address, account, rule or a word of the reason"
        text={look.text}
        onText={(text) => change({ text }, 'replace')}
        input={input}
      />
      <div className="dt-levels" role="group" aria-label="Levels">
        {LEVELS.map((level) => (
          <button key={level} type="button" aria-pressed={look.levels.includes(level)} onClick={() => toggle(level)}>
            <span className="dt-dot" data-level={level} aria-hidden="true" />
            {level} {counts && <span className="dt-count">{formatShortCount(counts[level])}</span>}
          </button>
        ))}
      </div>
      <Check label="Show suppressed" isOn={look.suppressed} onToggle={(suppressed) => change({ suppressed })} />
      <RangeChip range={address.range} onClear={() => go({ range: null })} />
    </search>
  )
}
