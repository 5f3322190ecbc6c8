import type { RefObject } from 'react'
import type { AccessList } from '../../contract'
import { useAddress } from '../address'
import { Check, Choice, TextFilter } from '../shared'
import { Period } from './Period'
import type { LookUse } from './use-look'

type FiltersProps = { use: LookUse; list: AccessList | null; input: RefObject<HTMLInputElement | null> }

export function Filters({ use: { look, change }, list, input }: FiltersProps) {
  const { range } = useAddress().address
  return (
    <search className="filters">
      <TextFilter
        label="Filter accesses"
        placeholder="Person, machine or approver"
        text={look.text}
        onText={(text) => change({ text }, 'replace')}
        input={input}
      />
      <Choice label="Person" value={look.person} values={list?.people ?? []} onValue={(person) => change({ person })} />
      <Choice label="Machine" value={look.machine} values={list?.machines ?? []} onValue={(machine) => change({ machine })} />
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
