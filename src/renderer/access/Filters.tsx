import type { RefObject } from 'react'
import type { AccessList } from '../../contract'
import { shownText } from '../../domain'
import { useAddress } from '../address'
import { TextFilter } from '../shared'
import { Period } from './Period'
import type { LookUse } from './use-look'

type FiltersProps = { use: LookUse; list: AccessList | null; input: RefObject<HTMLInputElement | null> }

export function Filters({ use: { look, change }, list, input }: FiltersProps) {
  const { range } = useAddress().address
  const pick = (value: string) => (value === '' ? null : value)
  return (
    <search className="filters">
      <TextFilter
        label="Filter accesses"
        placeholder="Person, machine or approver"
        text={look.text}
        onText={(text) => change({ text }, 'replace')}
        input={input}
      />
      <Choice label="Person" value={look.person} values={list?.people ?? []} onValue={(person) => change({ person: pick(person) })} />
      <Choice label="Machine" value={look.machine} values={list?.machines ?? []} onValue={(machine) => change({ machine: pick(machine) })} />
      <Period />
      <Check label="Production" isOn={look.production} onToggle={(production) => change({ production })} />
      <Check label="Privileged" isOn={look.privileged} onToggle={(privileged) => change({ privileged })} />
      <Check label="Without a grant" isOn={look.ungranted} onToggle={(ungranted) => change({ ungranted })} />
      <Check
        label="First time"
        isOn={look.first && range !== null}
        isOff={range === null}
        title={range === null ? 'Choose a time first: of all that is held, every row has its first access in it' : 'No earlier access is held'}
        onToggle={(first) => change({ first })}
      />
    </search>
  )
}

type ChoiceProps = { label: string; value: string | null; values: string[]; onValue: (value: string) => void }

function Choice({ label, value, values, onValue }: ChoiceProps) {
  // What the address names stays choosable where nothing has it.
  const offered = value !== null && !values.includes(value) ? [value, ...values] : values
  return (
    <select className="filter-input" aria-label={label} value={value ?? ''} onChange={({ target }) => onValue(target.value)}>
      <option value="">{`${label}: any`}</option>
      {offered.map((one) => (
        <option key={one} value={one}>
          {shownText(one)}
        </option>
      ))}
    </select>
  )
}

type CheckProps = { label: string; isOn: boolean; isOff?: boolean; title?: string; onToggle: (isOn: boolean) => void }

function Check({ label, isOn, isOff = false, title, onToggle }: CheckProps) {
  return (
    <label className="filter-check" title={title}>
      <input type="checkbox" checked={isOn} disabled={isOff} onChange={({ target }) => onToggle(target.checked)} />
      {label}
    </label>
  )
}
