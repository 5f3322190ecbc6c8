import type { RefObject } from 'react'
import type { AccessRow } from '../../contract'
import { useAddress } from '../address'
import { useBackend } from '../api'
import { moveBy, useHotkeys } from '../shared'
import { pairPlace } from './to-timeline'
import type { LookUse } from './use-look'

type Keys = {
  row: AccessRow | undefined
  total: number
  cursor: number
  onCursor: (cursor: number) => void
  grid: RefObject<HTMLDivElement | null>
  input: RefObject<HTMLInputElement | null>
  use: LookUse
  show: (row: AccessRow | null) => void
}

export function useAccessKeys({ row, total, cursor, onCursor, grid, input, use: { look, filter }, show }: Keys): void {
  const { go } = useAddress()
  const backend = useBackend()
  const { open } = look
  const move = ({ key }: KeyboardEvent) => {
    grid.current?.focus()
    moveBy(key, { cursor, total, page: 20 }, onCursor)
  }
  const toTimeline = () => {
    const pair = open ?? row
    if (!pair) return
    const { person, machine } = pair
    // Where it is gone meanwhile, the pane says so.
    const asked = backend.call('access.detail', { person, machine, range: filter.range, at: 0, count: 1 })
    asked.then(({ value }) => go(pairPlace(value)), () => row && show(row))
  }
  useHotkeys({ Escape: () => show(null) }, { when: open !== null })
  useHotkeys({ '/': () => input.current?.focus() })
  useHotkeys({ t: toTimeline }, { when: open !== null || total > 0 })
  useHotkeys(
    {
      j: move,
      k: move,
      g: move,
      G: move,
      Enter: () => row && show(open?.person === row.person && open.machine === row.machine ? null : row),
    },
    { when: total > 0 },
  )
}
