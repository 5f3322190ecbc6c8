import type { RefObject } from 'react'
import type { FindingRow } from '../../contract'
import { useAddress } from '../address'
import { useBackend } from '../api'
import { useHotkeys, useListKeys } from '../shared'
import { timelineOf } from './to-timeline'

type Keys = {
  row: FindingRow | undefined
  total: number
  cursor: number
  onCursor: (cursor: number) => void
  grid: RefObject<HTMLDivElement | null>
  input: RefObject<HTMLInputElement | null>
  /** Id of the finding whose details are open. */
  shown: string | null
  show: (finding: string | null) => void
  suppress: (row: FindingRow) => void
}

export function useDetectionKeys({ row, total, cursor, onCursor, grid, input, shown, show, suppress }: Keys): void {
  const { go } = useAddress()
  const backend = useBackend()
  const toTimeline = () => {
    const id = shown ?? row?.id
    // Where it is gone meanwhile, the pane says so.
    if (id !== undefined) backend.call('finding.get', { id }).then(({ value }) => go(timelineOf(value)), () => show(id))
  }
  const onOpen = () => row && show(shown === row.id ? null : row.id)
  useListKeys({ total, cursor, onCursor, grid, input, onOpen, onClose: shown === null ? null : () => show(null) })
  useHotkeys({ t: toTimeline }, { when: shown !== null || total > 0 })
  useHotkeys({ x: () => row && suppress(row) }, { when: total > 0 })
}
