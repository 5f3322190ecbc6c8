import { type RefObject, useId, useState } from 'react'
import type { Methods } from '../../contract'
import { useAddress } from '../address'
import { Button, Check, Choice, RangeChip, TextFilter } from '../shared'
import type { LookUse } from './use-look'

type FiltersProps = { use: LookUse; list: Methods['session.list'] | null; input: RefObject<HTMLInputElement | null> }

export function SessionFilters({ use, list, input }: FiltersProps) {
  const { look, change, mine } = use
  const { address, go } = useAddress()
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
        <Choice label="User" value={look.user} values={list?.users ?? []} onValue={(user) => change({ user })} />
      )}
      <Choice
        label="Machine"
        value={look.machine}
        values={list?.machines ?? []}
        onValue={(machine) => change({ machine })}
      />
      <Check label="Recorded only" isOn={look.recorded} onToggle={(recorded) => change({ recorded })} />
      <RangeChip range={address.range} onClear={() => go({ range: null })} />
      <FindBox words={look.find} onFind={(find) => change({ find })} />
    </search>
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
