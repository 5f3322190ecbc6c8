import { useCallback, useEffect, useRef, useState, useSyncExternalStore } from 'react'
import type { View } from '../../contract'
import { useBackend } from '../api'
import { TableModel } from './table-model'

export type TableUse = { model: TableModel; fault: string | null; retry: () => void }

/** The table's model for as long as the screen is open; it follows the view and what changes in the store. */
export function useTableModel(view: View, selected: string | null): TableUse {
  const backend = useBackend()
  const [model] = useState(() => new TableModel(backend))
  const latest = useRef(selected)
  useEffect(() => {
    latest.current = selected
  })
  const open = useCallback(() => {
    model.use(backend)
    model.open(view, latest.current)
  }, [backend, model, view])
  useEffect(open, [open])
  useEffect(() => {
    return backend.on('store.changed', ({ tables }) => model.hear(tables))
  }, [backend, model])
  useEffect(() => () => model.close(), [model])
  const fault = useSyncExternalStore(model.subscribe, () => model.get().fault)
  return { model, fault: faultWords(fault), retry: open }
}

function faultWords(fault: unknown): string | null {
  if (fault === null) return null
  return fault instanceof Error ? fault.message : 'The backend did not answer.'
}
