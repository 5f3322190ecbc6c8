import { useCallback, useEffect, useRef, useState, useSyncExternalStore } from 'react'
import { useAddress } from '../address'
import type { Actions } from './ActionsContext'
import type { TableModel } from './table-model'
import { cursorRow } from './use-timeline-keys'

export type CursorUse = {
  /** Event in the detail pane; null while it is closed. */
  detailKey: string | null
  /** Moment of the row under the cursor. */
  time: number | null
  showDetail: (open: boolean) => void
  hideDetail: () => void
  select: (key: string) => void
  /** Lets go of the selection. */
  leave: () => void
}

/** Keeps the cursor of the table and the selection in the address together, in both directions. */
export function useCursor(model: TableModel, actions: Actions): CursorUse {
  const { address, go } = useAddress()
  const { selected } = address
  const key = useSyncExternalStore(model.subscribe, () => model.get().cursor?.key ?? null)
  const time = useSyncExternalStore(model.subscribe, () => cursorRow(model)?.time ?? null)
  const [isOpen, setOpen] = useState(selected !== null)
  const written = useRef(selected)

  useEffect(() => {
    if (key === null || key === written.current) return
    written.current = key
    go({ selected: key }, 'replace')
  }, [key, go])
  const select = useCallback(
    (wanted: string) => {
      model.select(wanted).then(
        (found) => {
          setOpen(true)
          if (found) return
          actions.say('The event is not in this view')
          written.current = wanted
          go({ selected: wanted }, 'replace')
        },
        () => actions.say('The event could not be looked up'),
      )
    },
    [model, actions, go],
  )
  useEffect(() => {
    if (selected === written.current) return
    written.current = selected
    if (selected === null) return model.clearCursor()
    select(selected)
  }, [selected, model, select])

  const leave = useCallback(() => {
    written.current = null
    model.clearCursor()
    go({ selected: null }, 'replace')
  }, [model, go])
  const hideDetail = useCallback(() => setOpen(false), [])
  return { detailKey: isOpen ? selected : null, time, showDetail: setOpen, hideDetail, select, leave }
}
