import { type RefObject, useEffect, useId, useState } from 'react'
import type { Methods } from '../../contract'
import { shownText } from '../../domain'
import { useAddress } from '../address'
import { Button, useZone } from '../shared'
import type { LookUse } from './use-look'

/** Milliseconds after the last key before what was typed is asked for. */
const PAUSE = 200

type FiltersProps = { use: LookUse; list: Methods['session.list'] | null; input: RefObject<HTMLInputElement | null> }

export function SessionFilters({ use, list, input }: FiltersProps) {
  const { look, change, mine } = use
  const pick = (value: string) => (value === '' ? null : value)
  return (
    <search className="ss-filters">
      <TextFilter text={look.text} onText={(text) => change({ text }, 'replace')} input={input} />
      {!mine && (
        <Choice label="User" value={look.user} values={list?.users ?? []} onValue={(user) => change({ user: pick(user) })} />
      )}
      <Choice
        label="Machine"
        value={look.machine}
        values={list?.machines ?? []}
        onValue={(machine) => change({ machine: pick(machine) })}
      />
      <label className="ss-check">
        <input type="checkbox" checked={look.recorded} onChange={({ target }) => change({ recorded: target.checked })} />
        Recorded only
      </label>
      <Pin />
      <FindBox words={look.find} onFind={(find) => change({ find })} />
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
      className="ss-input ss-text"
      maxLength={200}
      aria-label="Filter sessions"
      placeholder="User, machine, session or a command"
      value={typed}
      onChange={({ target }) => setTyped(target.value)}
      onKeyDown={({ key, currentTarget }) => key === 'Escape' && currentTarget.blur()}
    />
  )
}

type ChoiceProps = { label: string; value: string | null; values: string[]; onValue: (value: string) => void }

function Choice({ label, value, values, onValue }: ChoiceProps) {
  // What the address names stays choosable where nothing has it.
  const offered = value !== null && !values.includes(value) ? [value, ...values] : values
  return (
    <select
      className={value === null ? 'ss-input' : 'ss-input ss-chosen'}
      aria-label={label}
      value={value ?? ''}
      onChange={({ target }) => onValue(target.value)}
    >
      <option value="">{`${label}: any`}</option>
      {offered.map((one) => (
        <option key={one} value={one}>
          {shownText(one)}
        </option>
      ))}
    </select>
  )
}

/** The time pin that the timeline or a lane set; it narrows sessions too. */
function Pin() {
  const { address, go } = useAddress()
  const { format, label } = useZone()
  const { range } = address
  if (!range) return null
  const words = `${format(range.from, 'min')} → ${format(range.to, 'min')} ${label}`
  return (
    <button type="button" className="ss-pin" aria-label={`Take away the time ${words}`} onClick={() => go({ range: null })}>
      {words} <span aria-hidden="true">×</span>
    </button>
  )
}

function FindBox({ words, onFind }: { words: string; onFind: (words: string) => void }) {
  const id = useId()
  const [typed, setTyped] = useState(words)
  const [known, setKnown] = useState(words)
  if (known !== words) {
    setKnown(words)
    setTyped(words)
  }
  return (
    <form
      className="ss-find"
      onSubmit={(event) => {
        event.preventDefault()
        onFind(typed.trim())
      }}
    >
      <input
        id={id}
        type="search"
        className="ss-input"
        maxLength={1000}
        aria-label="Search in recordings"
        placeholder="Search in recordings"
        value={typed}
        onChange={({ target }) => setTyped(target.value)}
      />
      <Button type="submit" disabled={typed.trim() === ''}>
        Search
      </Button>
    </form>
  )
}
