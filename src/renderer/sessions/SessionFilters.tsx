import { type RefObject, useId, useState } from 'react'
import type { Methods } from '../../contract'
import { shownText } from '../../domain'
import { useAddress } from '../address'
import { Button, RangeChip, TextFilter } from '../shared'
import type { LookUse } from './use-look'

type FiltersProps = { use: LookUse; list: Methods['session.list'] | null; input: RefObject<HTMLInputElement | null> }

export function SessionFilters({ use, list, input }: FiltersProps) {
  const { look, change, mine } = use
  const { address, go } = useAddress()
  const pick = (value: string) => (value === '' ? null : value)
  return (
    <search className="filters">
      <TextFilter
        label="Filter sessions"
        placeholder="User, machine, session or a command"
        text={look.text}
        onText={(text) => change({ text }, 'replace')}
        input={input}
      />
      {!mine && (
        <Choice label="User" value={look.user} values={list?.users ?? []} onValue={(user) => change({ user: pick(user) })} />
      )}
      <Choice
        label="Machine"
        value={look.machine}
        values={list?.machines ?? []}
        onValue={(machine) => change({ machine: pick(machine) })}
      />
      <label className="filter-check">
        <input type="checkbox" checked={look.recorded} onChange={({ target }) => change({ recorded: target.checked })} />
        Recorded only
      </label>
      <RangeChip range={address.range} onClear={() => go({ range: null })} />
      <FindBox words={look.find} onFind={(find) => change({ find })} />
    </search>
  )
}

type ChoiceProps = { label: string; value: string | null; values: string[]; onValue: (value: string) => void }

function Choice({ label, value, values, onValue }: ChoiceProps) {
  // What the address names stays choosable where nothing has it.
  const offered = value !== null && !values.includes(value) ? [value, ...values] : values
  return (
    <select
      className={value === null ? 'filter-input' : 'filter-input ss-chosen'}
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
        className="filter-input"
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
