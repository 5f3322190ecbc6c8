import type { RefObject } from 'react'
import type { AccessRow } from '../../contract'
import { useAddress } from '../address'
import { useBackend } from '../api'
import { useHotkeys, useListKeys } from '../shared'
import { pairPlace } from './to-timeline'
import type { LookUse } from './use-look'

type Pair = Pick<AccessRow, 'person' | 'machine'>

type Keys = {
  row: AccessRow | undefined
  total: number
  cursor: number
  onCursor: (cursor: number) => void
  grid: RefObject<HTMLDivElement | null>
  input: RefObject<HTMLInputElement | null>
  use: LookUse
  show: (pair: Pair | null) => void
}

export function useAccessKeys({ row, total, cursor, onCursor, grid, input, use: { look, filter }, show }: Keys): void {
  const { go } = useAddress()
  const backend = useBackend()
  const { open } = look
  const toTimeline = () => {
    const pair = open ?? row
    if (!pair) return
    const { person, machine } = pair
    // Where it is gone meanwhile, the pane says so.
    const asked = backend.call('access.detail', { person, machine, range: filter.range, at: 0, count: 1 })
    asked.then(({ value }) => go(pairPlace(value)), () => show(pair))
  }
  const onOpen = () => row && show(open?.person === row.person && open.machine === row.machine ? null : row)
  useListKeys({ total, cursor, onCursor, grid, input, onOpen, onClose: open === null ? null : () => show(null) })
  useHotkeys({ t: toTimeline }, { when: open !== null || total > 0 })
}
