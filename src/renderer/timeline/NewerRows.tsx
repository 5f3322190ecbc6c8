import { useSyncExternalStore } from 'react'
import { formatPlural } from '../shared'
import type { TableModel } from './table-model'

/** Rows came in above the ones that are being read. */
export function NewerRows({ model }: { model: TableModel }) {
  const newer = useSyncExternalStore(model.subscribe, () => model.get().newer)
  if (newer === 0) return null
  return (
    <button type="button" className="tl-newer" onClick={() => model.scrollTo(0)}>
      <span aria-hidden="true">↑</span> {formatPlural(newer, 'newer row')}
    </button>
  )
}
