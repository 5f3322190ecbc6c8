import { type RefObject, useEffect, useState } from 'react'
import type { FindingLevel } from '../../contract'
import { useAddress } from '../address'
import { formatShortCount, useZone } from '../shared'
import { LEVELS } from './finding-words'
import type { LookUse } from './use-look'

/** Milliseconds after the last key before what was typed is asked for. */
const PAUSE = 200

type FiltersProps = { use: LookUse; counts: Record<FindingLevel, number> | null; input: RefObject<HTMLInputElement | null> }

export function Filters({ use: { look, change }, counts, input }: FiltersProps) {
  const toggle = (level: FindingLevel) => {
    const isOn = look.levels.includes(level)
    change({ levels: LEVELS.filter((one) => (one === level ? !isOn : look.levels.includes(one))).toReversed() })
  }
  return (
    <search className="dt-filters">
      <TextFilter text={look.text} onText={(text) => change({ text }, 'replace')} input={input} />
      <div className="dt-levels" role="group" aria-label="Levels">
        {LEVELS.map((level) => (
          <button key={level} type="button" aria-pressed={look.levels.includes(level)} onClick={() => toggle(level)}>
            <span className="dt-dot" data-level={level} aria-hidden="true" />
            {level} {counts && <span className="dt-count">{formatShortCount(counts[level])}</span>}
          </button>
        ))}
      </div>
      <label className="dt-check">
        <input type="checkbox" checked={look.suppressed} onChange={({ target }) => change({ suppressed: target.checked })} />
        Show suppressed
      </label>
      <Pin />
    </search>
  )
}

type TextProps = { text: string; onText: (text: string) => void; input: RefObject<HTMLInputElement | null> }

function TextFilter({ text, onText, input }: TextProps) {
  const [typed, setTyped] = useState(text)
  const [known, setKnown] = useState(text)
  if (known !== text) {
    setKnown(text)
    if (text !== typed.trim()) setTyped(text)
  }
  useEffect(() => {
    if (typed.trim() === text) return
    const timer = setTimeout(() => onText(typed.trim()), PAUSE)
    return () => clearTimeout(timer)
  })
  return (
    <input
      ref={input}
      type="search"
      className="dt-input"
      maxLength={200}
      aria-label="Filter findings"
      placeholder="Address, account, rule or a word of the reason"
      value={typed}
      onChange={({ target }) => setTyped(target.value)}
      onKeyDown={({ key, currentTarget }) => key === 'Escape' && currentTarget.blur()}
    />
  )
}

/** The time pin that the timeline set; it narrows findings too. */
function Pin() {
  const { address, go } = useAddress()
  const { format, label } = useZone()
  const { range } = address
  if (!range) return null
  const words = `${format(range.from, 'min')} → ${format(range.to, 'min')} ${label}`
  return (
    <button type="button" className="dt-pin" aria-label={`Take away the time ${words}`} onClick={() => go({ range: null })}>
      {words} <span aria-hidden="true">×</span>
    </button>
  )
}
