import { useCallback, useEffect, useLayoutEffect, useRef, useState, useSyncExternalStore } from 'react'
import type { View } from '../../contract'
import { useAddressBook } from '../address'
import { useBackend } from '../api'
import { type TableLook, TableModel } from './table-model'

/** `isOpening`: the view's rows are not here yet, and may still come. */
export type TableUse = { model: TableModel; isOpening: boolean; fault: string | null; retry: () => void }

/** The table's model for as long as the screen is open; it follows the view and what changes in the store. */
export function useTableModel(view: View, selected: string | null): TableUse {
  const backend = useBackend()
  const book = useAddressBook()
  const [model] = useState(() => new TableModel(backend))
  const latest = useRef(selected)
  useLayoutEffect(() => {
    latest.current = selected
  })
  const open = useCallback(() => {
    model.use(backend)
    model.open(view, latest.current)
  }, [backend, model, view])
  // Before anything else on the screen asks: rows are what people wait for, and one answer is made after the other.
  useLayoutEffect(open, [open])
  // Before the screen is drawn anew, too.
  useEffect(() => {
    return book.subscribe(() => {
      const { screen, query, range, order, selected: next } = book.get()
      if (screen === 'timeline') model.expect({ query, range, order }, next)
    })
  }, [book, model])
  useEffect(() => {
    return backend.on('store.changed', ({ tables }) => model.hear(tables))
  }, [backend, model])
  useEffect(() => () => model.close(), [model])
  const fault = useSyncExternalStore(model.subscribe, () => model.get().fault)
  const isOpening = useSyncExternalStore(model.subscribe, () => isWaitedFor(model.get()))
  return { model, isOpening, fault: faultWords(fault), retry: open }
}

function isWaitedFor({ view, opening, fault }: TableLook): boolean {
  return (view === null || opening) && fault === null
}

function faultWords(fault: unknown): string | null {
  if (fault === null) return null
  return fault instanceof Error ? fault.message : 'The backend did not answer.'
}
